"""A sentence while it is cut: its words, the foods it may name, and the pieces found so far."""

from collections.abc import Callable

from coach.entities import cardinal_at
from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import is_plural, tokens
from coach.nutrition.meals.plain_text import plain_text
from coach.nutrition.meals.quantities import Amount, Words
from coach.nutrition.meals.said_at import SaidAt
from coach.nutrition.meals.spelling import slips_put_right, spelling_of
from coach.nutrition.meals.time_phrases import When
from coach.nutrition.meals.tokens.piece import Kind, Piece


class SentenceReader:
    """Knows the words of one sentence; `found` are the pieces before the word to be read."""

    def __init__(self, index: FoodIndex, text: str, said_at: SaidAt) -> None:
        self.index = index
        self.said_at = said_at
        self.plain = plain_text(text, said_at)
        words = spelling_of(index).corrected(slips_put_right(tokens(self.plain.text)))
        compounds = frozenset(i for i in range(len(words)) if begins_a_long_name(index, words, i))
        self.words = Words(words, compounds)
        self.found: list[Piece] = []

    def piece(
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        entry: Entry | None = None,
        amount: Amount | None = None,
        when: When | None = None,
        ahead: bool = False,
    ) -> Piece:
        signs = self.plain.signs
        text = " ".join(
            signs[word][1].lower() if word in signs else word for word in self.words[start:end]
        )
        return Piece(kind, start, end, text, entry, amount, when, ahead)

    def last(self, *passing: Kind) -> Piece | None:
        """The last piece that is of none of the kinds `passing`."""
        return next((piece for piece in reversed(self.found) if piece.kind not in passing), None)

    def word(self, i: int) -> str:
        """The word at `i`; "" before the first and after the last."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def names_food(self, i: int) -> bool:
        return self.index.match(self.words, i) is not None


def begins_a_long_name(index: FoodIndex, words: list[str], i: int) -> bool:
    """Whether a name of several words begins at `i`; "two pizzas" is a number of them."""
    found = index.match(words, i)
    if found is None or found[1] - i < 2:
        return False
    if not is_plural(words[found[1] - 1]) or cardinal_at(words, i) is None:
        return True
    after = index.match(words, i + 1)
    return after is None or after[1] != found[1]


# A step reads the piece that begins at a word, or leaves the word to the next step.
Step = Callable[[SentenceReader, int], Piece | None]
