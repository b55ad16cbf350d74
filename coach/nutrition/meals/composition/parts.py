"""Which part of a food was eaten: "two eggs, only the whites", "a burger without the bun"."""

from itertools import pairwise
from typing import Final

import msgspec

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals.draft_builder import Draft

# The parts of an egg, and which part is left when the other was not eaten.
OTHER_PART: Final = {"egg white": "egg yolk", "egg yolk": "egg white"}


def leave_the_bun(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "a burger with no bun and fries": the burger is its patty."""
    for burger, bun in pairwise(drafts):
        if burger.entry.kind != "burger" or not bun.denied or bun.entry.kind != "bread":
            continue
        made_of = burger.text.split()[0]
        patty = index.named(f"{made_of} patty") or index.named("beef patty")
        if patty is not None:
            burger.entry = patty
    return drafts


def keep_the_part_eaten(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "two boiled eggs, but I only ate the whites": as many whites as eggs, and no whole ones."""
    kept = list(drafts)
    for part in drafts:
        whole = next((d for d in kept if d is not part and is_whole_egg(d)), None)
        if part.entry.name not in OTHER_PART or "egg" in keys(part.text) or whole is None:
            continue
        name = OTHER_PART[part.entry.name] if part.denied else part.entry.name
        entry = index.named(name)
        if entry is None:
            continue
        kept.remove(part)
        # A plural without a number is two, of the parts as of the eggs.
        usual = msgspec.structs.replace(entry, usual=entry.each)
        whole.entry, whole.text, whole.denied = usual, name, False
        whole.plural = whole.plural or part.plural
    return kept


def is_whole_egg(draft: Draft) -> bool:
    entry = draft.entry
    return entry.kind == "egg" and entry.counted and keys(entry.name)[-1] == "egg"
