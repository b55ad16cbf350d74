"""Foods in company: what a dish has in it, what goes on what, and which part was eaten.

Rules of `PART_RULES` see denied drafts as well; those of `DISH_RULES` only what was eaten.
"""

from collections.abc import Callable
from typing import Final

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.meals.composition.contents import (
    leave_out_seasoning,
    leave_out_what_is_inside,
)
from coach.nutrition.meals.composition.mixtures import (
    butter_the_bread,
    count_eggs_of_a_dish,
    fry_chips_beside_a_hot_dish,
    leave_bread_to_the_sandwich,
    name_the_sandwich,
    stir_milk_into_a_latte,
    unmix,
)
from coach.nutrition.meals.composition.parts import keep_the_part_eaten, leave_the_bun
from coach.nutrition.meals.composition.sides import weigh_draft
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.weigh import Weighed

Rule = Callable[[FoodIndex, list[Draft]], list[Draft]]

PART_RULES: Final[tuple[Rule, ...]] = (leave_the_bun, keep_the_part_eaten)
DISH_RULES: Final[tuple[Rule, ...]] = (
    name_the_sandwich,
    leave_bread_to_the_sandwich,
    unmix,
    count_eggs_of_a_dish,
    leave_out_what_is_inside,
    leave_out_seasoning,
    butter_the_bread,
)


def eaten_parts(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """The drafts that were eaten, each as the part of it that was."""
    for rule in PART_RULES:
        drafts = rule(index, drafts)
    return [draft for draft in drafts if not draft.denied]


def weigh_together(index: FoodIndex, drafts: list[Draft]) -> list[tuple[Draft, Weighed]]:
    """Each food with its grams, seen with the foods beside it; what is in another is left out."""
    for rule in DISH_RULES:
        drafts = rule(index, drafts)
    weighed = []
    for place, draft in enumerate(drafts):
        fry_chips_beside_a_hot_dish(index, drafts, place)
        if stir_milk_into_a_latte(index, drafts, place):
            weighed.append((draft, weigh_draft(drafts, place)))
    return weighed
