"""The kind of a food of FNDDS, as the everyday layer calls it, by the digits of its number."""

import tomllib
from functools import lru_cache
from typing import Final

from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.records import FoodRecord

LONGEST: Final = 6


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The kind for each beginning of a number."""
    table = tomllib.loads((DATA / "survey_kinds.toml").read_text(encoding="utf-8"))
    return {digits: kind for kind, numbers in table.items() for digits in numbers.split()}


def kind_of(food: FoodRecord) -> str:
    """The kind of a food; "dish" where no beginning is known."""
    found = (kinds().get(food.source_id[:length]) for length in range(LONGEST, 0, -1))
    return next((kind for kind in found if kind), "dish")
