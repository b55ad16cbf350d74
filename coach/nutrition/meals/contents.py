"""What a dish has in it already, and which part of a food was eaten."""

from functools import lru_cache
from typing import Final

import msgspec

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.search import CATEGORIES
from coach.nutrition.foods.words import keys, words_of
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import FILLINGS, MEATS
from coach.nutrition.meals.lexicon import DESCRIBING
from coach.nutrition.meals.quantities import is_bare

COMPOSED: Final = words_of("dish sandwich burger pizza soup salad curry dumpling hotcereal")
BREADS: Final = frozenset({"bread", "flatbread"})
# How a table sums up what is in a dish: "chili with meat and beans".
SUMMED_UP: Final = {
    "meat": "meat", "coldmeat": "meat", "fish": "seafood", "veg": "vegetable", "cheese": "cheese",
}  # fmt: skip
# The parts of an egg, and which part is left when the other was not eaten.
OTHER_PART: Final = {"egg white": "egg yolk", "egg yolk": "egg white"}


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


def settle_sandwich(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "A ham and pickle sandwich" is one sandwich, not a ham and a sandwich."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        amount = before.amount if before else None
        bare = draft.link == "and" and draft.amount is None and draft.entry.kind == "sandwich"
        # Nobody eats "a ham": the article is the sandwich's.
        if before and amount and is_bare(amount) and bare and before.entry.kind in FILLINGS:
            draft.amount, draft.link, draft.start = amount, before.link, before.start
            named = index.named(f"{before.text} sandwich")
            if named and draft.entry.name == "sandwich":
                draft.entry = named
            draft.text = f"{before.text} and {draft.text}"
            kept.pop()
        kept.append(draft)
    return kept


def made_with(index: FoodIndex, dish: Draft, part: Draft) -> Entry | None:
    """The dish under the name of its main: a burrito with chicken is our chicken burrito."""
    if dish.entry.kind not in {"dish", "curry", "soup"} or part.entry.kind not in MEATS:
        return None
    return index.named(f"{part.text} {dish.entry.name}")


def has(index: FoodIndex, dish: Draft, part: Draft) -> bool:
    """Whether `part` is in the dish as our tables make it."""
    inside = contents(index, dish.entry.food)
    named = set(keys(part.text)) - DESCRIBING
    return bool(named) and (named <= inside or SUMMED_UP.get(part.entry.kind) in inside)


def settle_fillings(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """Tacos "with beef and cheese" have them already; a measure of its own makes it extra."""
    kept: list[Draft] = []
    dish: Draft | None = None
    for draft in drafts:
        joined = draft.link == "with" or (dish is not None and draft.link in {"and", "comma", ""})
        if draft.link == "with" and kept and kept[-1].entry.kind in COMPOSED:
            dish = kept[-1]
        elif not joined:
            dish = None
        said = draft.amount is not None and draft.amount.unit != ""
        if dish is None or not joined or said:
            kept.append(draft)
        elif made := made_with(index, dish, draft):
            dish.entry = made
        elif not has(index, dish, draft):
            kept.append(draft)
    return kept


def settle_bread(drafts: list[Draft]) -> list[Draft]:
    """A sandwich "on brown bread" is one sandwich: the bread is its own."""
    kept: list[Draft] = []
    held = False
    for draft in drafts:
        if draft.entry.kind in {"sandwich", "burger"}:
            held = True
        elif held and draft.link == "on" and draft.entry.kind in BREADS:
            continue
        elif draft.link not in {"with", "and"}:
            held = False
        kept.append(draft)
    return kept


def settle_parts(index: FoodIndex, drafts: list[Draft]) -> list[Draft]:
    """ "Two eggs, only the whites": as many whites as there were eggs, and no whole ones."""
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
