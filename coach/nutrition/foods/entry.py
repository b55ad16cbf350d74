"""A food under the name that people say, with what amounts of it weigh."""

import re
from typing import Final

import msgspec

from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.word_forms import key

UNSPECIFIED: Final = "quantity not specified"
MEASURE_WORDS: Final = {
    "cup": "cup", "tablespoon": "tbsp", "tbsp": "tbsp", "teaspoon": "tsp", "tsp": "tsp",
    "slice": "slice", "piece": "piece", "can": "can", "bottle": "bottle", "bar": "bar",
    "packet": "packet", "package": "packet", "scoop": "scoop", "stick": "stick", "patty": "patty",
    "link": "link", "strip": "strip", "fillet": "fillet", "small": "small", "medium": "medium",
    "large": "large", "regular": "medium", "container": "container", "bowl": "bowl",
    "serving": "serving", "order": "serving", "sandwich": "serving", "oz": "oz_portion",
}  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """A food under the name people say, with what amounts of it weigh (all grams).

    `usual` is an amount that was not said, `each` one of many. `measures` are all its measures,
    `own` the names of those that this food has and its kind has not. `sides` is what goes with one
    piece of another kind of food ("bread"). `dry` is the same food uncooked, `by_volume` the one
    that its cups hold. `from_search`: no everyday name leads to it.
    """

    food: FoodRecord
    name: str
    kind: str
    usual: float
    each: float
    measures: dict[str, float]
    own: frozenset[str] = frozenset()
    sides: dict[str, float] = {}
    dry: FoodRecord | None = None
    by_volume: FoodRecord | None = None
    from_search: bool = False
    names: tuple[str, ...] = ()
    kcal: float | None = None

    @property
    def counted(self) -> bool:
        """Whether one of it is its usual portion (an egg), unlike one of many (a grape)."""
        return self.usual == self.each


def entry_from_portions(food: FoodRecord) -> Entry:
    """A food of a table as an entry, its measures read from its portions."""
    measures: dict[str, float] = {}
    usual = 0.0
    for text, grams in food.portions:
        if text.lower() == UNSPECIFIED:
            usual = grams
            continue
        count, name = portion_measure(text)
        if name and grams > 0:
            measures.setdefault(name, grams / count)
    first = next((grams for text, grams in food.portions if grams > 0), 0.0)
    usual = usual or measures.get("serving") or measures.get("medium") or first or 100.0
    each = next((measures[n] for n in ("medium", "piece", "serving") if n in measures), usual)
    return Entry(food, food.name, "", usual, each, measures, from_search=True)


def portion_measure(text: str) -> tuple[float, str]:
    """How many of which measure a portion's text means: "1 cup, sliced" → (1, "cup")."""
    found = re.match(r"\s*(\d+(?:\.\d+)?)?\s*(.*)", text.lower())
    count, rest = (float(found[1]) if found and found[1] else 1.0), found[2] if found else ""
    for word in re.findall(r"[a-z]+", rest):
        if key(word) in MEASURE_WORDS:
            return count or 1.0, MEASURE_WORDS[key(word)]
    return count or 1.0, "piece" if rest and len(rest) < 24 else ""
