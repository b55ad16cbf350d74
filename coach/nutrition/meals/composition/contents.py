"""What a dish has in it already, so that naming it again adds nothing."""

from functools import lru_cache
from typing import Final

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.idle_words import DESCRIBING
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.search import CATEGORIES
from coach.nutrition.foods.word_forms import keys, words_of
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import MEATS
from coach.nutrition.meals.quantities import is_bare

# What goes between two halves of bread without being a food of its own.
FILLED: Final = words_of(
    "sandwich burger hamburger cheeseburger sub wrap taco burrito gyro kebab pita fajita panini "
    "hoagie bagel toastie baguette shawarma doner"
)
TOPPINGS: Final = words_of(
    "lettuce tomato onion pickle cucumber pepper spinach sprout arugula rocket jalapeno cabbage "
    "mustard ketchup relish gherkin vegetable veg veggie greens topping trimmings cilantro "
    "coriander red raw fresh sliced the all grilled"
)
SEASONINGS: Final = words_of(
    "lemon lime salt pepper herb parsley cilantro coriander garlic basil dill oregano spice "
    "cinnamon nutmeg cardamom saffron paprika cumin turmeric thyme rosemary seasoning mint chive"
)
POTS: Final = frozenset({"soup", "curry"})
COOKED_TOGETHER: Final = words_of("meat fish veg spread fat nut")
COMPOSED: Final = words_of("dish sandwich burger pizza soup salad curry dumpling hotcereal")
# How a table sums up what is in a dish: "chili with meat and beans".
SUMMED_UP: Final = {
    "meat": "meat", "coldmeat": "meat", "fish": "seafood", "veg": "vegetable", "cheese": "cheese",
}  # fmt: skip


@lru_cache(maxsize=2_000)
def contents(index: FoodIndex, food: FoodRecord) -> frozenset[str]:
    """Words for what is in a food: of its recipe, else what its table name lists."""
    parts = index.made_of.get(food.id)
    if parts is None:
        return frozenset(keys(food.name.lower().split("without")[0]))
    found: set[str] = set()
    for part in parts:
        # The head only: egg noodles are no egg.
        head, _, rest = part.partition(",")
        found.update(keys(head))
        if set(keys(head)) <= CATEGORIES:
            found.update(keys(rest.split(",")[0]))
    return frozenset(found)


def made_with(index: FoodIndex, dish: Draft, part: Draft) -> Entry | None:
    """ "a burrito with chicken and beans": the dish under the name of its main."""
    if dish.entry.kind not in {"dish", "curry", "soup"} or part.entry.kind not in MEATS:
        return None
    return index.named(f"{part.text} {dish.entry.name}")


def has(index: FoodIndex, dish: Draft, part: Draft) -> bool:
    """Whether `part` is in the dish as our tables make it."""
    inside = contents(index, dish.entry.food)
    named = set(keys(part.text)) - DESCRIBING
    if is_filled(dish) and part.amount is None and set(keys(part.text)) <= TOPPINGS:
        return True
    return bool(named) and (named <= inside or SUMMED_UP.get(part.entry.kind) in inside)


def is_cooked_in(dish: Draft, part: Draft) -> bool:
    """ "A groundnut stew with drumsticks, tomatoes and peanut butter": a pot holds it all.

    Rice or bread is eaten beside it.
    """
    return dish.entry.kind in POTS and part.entry.kind in COOKED_TOGETHER and is_bare(part.amount)


def is_filled(dish: Draft) -> bool:
    """Whether it is bread with something in it; what is on a hot dog is told as a food."""
    named = set(keys(dish.text))
    return "dog" not in named and (
        dish.entry.kind in {"sandwich", "burger"} or bool(FILLED & named)
    )


def leave_out_seasoning(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "grilled salmon with lemon and herbs": without an amount, what seasons weighs nothing."""
    return [
        draft
        for place, draft in enumerate(drafts)
        if not place or draft.amount is not None or not draft.link or not seasons(draft)
    ]


def seasons(draft: Draft) -> bool:
    """Whether it is lemon, or lemon juice; juice alone is drunk."""
    named = set(keys(draft.text)) - {"juice"}
    if "peppers" in draft.text.split():
        return False  # they are a vegetable
    return bool(named) and named <= SEASONINGS


def leave_out_what_is_inside(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "two tacos with ground beef, cheese and salsa" have the beef and the cheese already.

    A measure of its own makes it extra: "two tacos with 100 g of ground beef".
    """
    kept: list[Draft] = []
    dish: Draft | None = None
    for draft in drafts:
        joined = draft.link == "with" or (dish is not None and draft.link in {"and", "comma", ""})
        holds = kept and (kept[-1].entry.kind in COMPOSED or is_filled(kept[-1]))
        if draft.link == "with" and holds:
            dish = kept[-1]
        elif not joined:
            dish = None
        said = draft.amount is not None and draft.amount.unit != ""
        if dish is None or not joined or said:
            kept.append(draft)
        elif made := made_with(index, dish, draft):
            dish.entry = made
        elif not (is_cooked_in(dish, draft) or has(index, dish, draft)):
            kept.append(draft)
    return kept
