"""A lean towards a list of phrases, token by token, while a transcript is being searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SPACE = "\u2581".encode()
"""What a token that begins a word begins with."""


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases; ``whole`` where a phrase may end."""

    after: dict[int, "Node"] = field(default_factory=dict)
    whole: bool = False


class Bias:
    """Gives the tokens of a listed phrase a bonus, and takes it back when the phrase breaks off."""

    def __init__(self, tokens: Sequence[bytes], phrases: Iterable[str], bonus: float) -> None:
        """``tokens`` is the recogniser's list, ``bonus`` a logarithm of probability."""
        self._bonus = bonus
        self._ids: dict[bytes, int] = {}
        for number, token in enumerate(tokens):
            self._ids.setdefault(token, number)
        # Marks belong to no word: what follows them is a new one, what they end is whole.
        self._starts = frozenset(
            number
            for number, token in enumerate(tokens)
            if token.startswith(SPACE) or not token[:1].isalpha()
        )
        self.root = Node()
        for phrase in phrases:
            for form in {phrase, phrase[:1].upper() + phrase[1:]}:
                self._plant(self.encode(form))

    def encode(self, text: str) -> list[int]:
        """The tokens of some words, each pair merged in the order of the list, as in training."""
        parts = [letter.encode() for letter in f" {text}".replace(" ", "\u2581")]
        while True:
            merges = [
                (number, place)
                for place in range(len(parts) - 1)
                if (number := self._ids.get(parts[place] + parts[place + 1])) is not None
            ]
            if not merges:
                return [self._ids[part] for part in parts]
            place = min(merges)[1]
            parts[place : place + 2] = [parts[place] + parts[place + 1]]

    def follow(self, node: Node, owed: float, token: int) -> tuple[Node, float, float]:
        """After one more token: the new place, the bonus now earned for good, and the one owed."""
        onward = node.after.get(token)
        if token not in self._starts:
            return (onward, 0.0, owed + self._bonus) if onward else (_NOWHERE, 0.0, 0.0)
        if onward is not None and node is not self.root:  # the next word of a phrase
            return onward, 0.0, owed + self._bonus
        earned = owed if node.whole else 0.0
        first = self.root.after.get(token)
        return (first, earned, self._bonus) if first else (_NOWHERE, earned, 0.0)

    def _plant(self, tokens: list[int]) -> None:
        node = self.root
        for token in tokens:
            node = node.after.setdefault(token, Node())
        node.whole = True


_NOWHERE = Node()
