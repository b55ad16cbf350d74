"""The full names of FNDDS, said as they stand in its tables."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.word_forms import tokens

END: Final = ""  # stands for no word


class Verbatim:
    """The full names of the tables, word by word with their commas."""

    def __init__(self, foods: Iterable[FoodRecord]) -> None:
        self.root: dict[str, Any] = {}
        for food in foods:
            node = self.root
            for word in tokens(food.name):
                node = node.setdefault(word, {})
            node.setdefault(END, food)

    def match(self, words: Sequence[str], start: int) -> tuple[FoodRecord, int] | None:
        """The longest full name of several words at `start`."""
        node, found = self.root, None
        for place in range(start, len(words)):
            node = node.get(words[place], {})
            if not node:
                break
            if END in node and place > start:
                found = (node[END], place + 1)
        return found
