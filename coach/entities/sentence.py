"""A sentence while it is read: its tokens, its language, and what was read at each place."""

from coach.entities.numerals.words import Read
from coach.entities.text import END, Token
from coach.entities.vocabulary.vocabulary import Vocabulary


class Sentence:
    """`words` are the folded texts of `tokens`. Numbers that were read once are kept.

    `shouted`: it has no small letters.
    """

    def __init__(self, text: str, tokens: list[Token], vocabulary: Vocabulary) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [token.text for token in tokens]
        self.vocabulary = vocabulary
        self.shouted = not any(token.raw != token.raw.upper() for token in tokens) and any(
            token.kind == "word" and len(token.raw) > 1 for token in tokens
        )
        self.numbers: dict[int, Read | None] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def token(self, i: int) -> Token:
        """The token at `i`; an empty one before the first and after the last."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def written(self, i: int) -> str:
        """The token at `i` as written; in a text of capitals alone they say nothing."""
        return self.token(i).text if self.shouted else self.token(i).raw

    def said(self, i: int, end: int) -> str:
        """The text from token `i` to before token `end`."""
        return self.text[self.tokens[i].start : self.tokens[end - 1].end]
