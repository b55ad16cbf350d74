"""The table of everyday meals that may be proposed: names, foods with grams, what they contain."""

from functools import lru_cache
from typing import Final

import msgspec

from coach.errors import CoachError
from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.word_forms import words_of

COLUMNS: Final = 5


class TableBroken(CoachError):
    code = "suggested_meals_broken"


class EverydayMeal(msgspec.Struct, frozen=True):
    """`foods` are (name, grams); `contains` classes of foods; `words` what asks for such a meal."""

    name: str
    slots: frozenset[str]
    foods: tuple[tuple[str, float], ...]
    contains: frozenset[str]
    words: frozenset[str]


def parse_meal_row(line: str) -> EverydayMeal:
    """One line of the table. Raises TableBroken when it is not five columns of the right form."""
    columns = [column.strip() for column in line.split("|")]
    if len(columns) != COLUMNS:
        raise TableBroken(f"Five columns expected: {line[:60]}")
    name, slots, foods, contains, words = columns
    pairs = [part.strip().rpartition(" ") for part in foods.split(";")]
    return EverydayMeal(
        name=name,
        slots=words_of(slots),
        foods=tuple((food, float(grams)) for food, _space, grams in pairs),
        contains=words_of(contains),
        words=words_of(words),
    )


@lru_cache(maxsize=1)
def everyday_meals() -> tuple[EverydayMeal, ...]:
    """All rows of the table, in its order."""
    lines = (DATA / "suggested_meals.csv").read_text(encoding="utf-8").splitlines()
    return tuple(parse_meal_row(line) for line in lines if line and not line.startswith("#"))
