"""The kind of a food of FNDDS, as the everyday layer calls it, by the digits of its number."""

import tomllib
from functools import lru_cache
from typing import Final

from coach.nutrition.foods.everyday import DATA
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.word_forms import words_of

LONGEST: Final = 8  # the number itself
# Kinds that the two tables part in other places: what is a cake in one is a bread in the other.
AKIN: Final = (
    words_of("latte coffee tea milk smoothie soda juice water beer wine spirit powder"),
    words_of("bread flatbread cake cookie snack sweet dessert dumpling dish"),
    words_of("sweet dessert icecream cookie cake snack fruit nut spread"),
    words_of("dish curry pasta grain soup dumpling salad egg snack veg fries hotcereal pizza"),
    words_of("dish sandwich burger pizza"),
    words_of("meat coldmeat fish egg"),
    words_of("meat fish curry dish cheese salad"),
    words_of("veg salad fries fruit grain nut snack spread sauce meat"),
    words_of("dairy milk icecream fat spread"),
    words_of("cheese dairy spread"),
    words_of("sauce spread fat sweetener veg fruit"),
    words_of("juice veg"),
    words_of("spread meat"),
    words_of("snack coldmeat"),
    words_of("snack pizza sandwich"),
    words_of("powder milk sweetener"),
    words_of("cereal hotcereal"),
)


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The kind for each beginning of a number."""
    table = tomllib.loads((DATA / "survey_kinds.toml").read_text(encoding="utf-8"))
    return {digits: kind for kind, numbers in table.items() for digits in numbers.split()}


def kind_of(food: FoodRecord) -> str:
    """The kind of a food; "dish" where no beginning is known."""
    found = (kinds().get(food.source_id[:length]) for length in range(LONGEST, 0, -1))
    return next((kind for kind in found if kind), "dish")


@lru_cache(maxsize=1_000)
def is_akin(kind: str, other: str) -> bool:
    """Whether a food of one kind may be one of the other kind in another table."""
    return kind == other or any(kind in family and other in family for family in AKIN)
