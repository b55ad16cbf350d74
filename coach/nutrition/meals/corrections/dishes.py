"""A dish and its parts: who corrects one part of it keeps the others.

Who says «the sandwich» of a chicken sandwich names all of it. Who says «the chicken», or «turkey»
in its place, speaks of a part.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from coach.nutrition.foods.search import STOP
from coach.nutrition.foods.word_forms import key, keys
from coach.nutrition.meals.corrections.current_meal import CurrentMeal, ask_which
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.items import item_of
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.results import Edit
from coach.nutrition.meals.weigh import Weighed, nice, weigh

BEHIND: Final = re.compile(r" (?:with|on|in|and) ")  # what a dish comes with stands behind these
POINTING: Final = frozenset({"the", "my", "that", "this", "a", "an"})
# What takes another's place inside a dish: ham that of turkey, noodles that of rice.
ALIKE: Final = (
    frozenset({"meat", "coldmeat", "fish", "seafood", "egg", "cheese", "veg"}),
    frozenset({"grain", "pasta", "bread", "potato", "starch"}),
    frozenset({"milk"}),
    frozenset({"fruit"}),
    frozenset({"spread", "fat", "sauce"}),
)
POURED_INTO: Final = frozenset({"coffee", "tea", "latte", "smoothie"})
# Who has a chicken breast calls it the chicken: these say how it was cut, and are no dish.
CUTS: Final = frozenset(
    {"breast", "thigh", "drumstick", "wing", "leg", "fillet", "filet", "loin", "chop", "strip",
     "tender", "nugget", "mince", "rib"}
)  # fmt: skip
BETWEEN_BREAD: Final = frozenset({"sandwich", "burger"})
INSIDE: Final = re.compile(
    r"^(?:(?:it|that|there) (?:was|were) |i (?:had|took|put) )?(?P<part>.+?) (?:in|on)(?:to)? "
    r"(?P<dish>(?:the|that|my|this) .+?)"
    r"(?: not (?:ordinary|normal|regular|plain|cows?)(?: milk)?)?$"
)


def head_of(name: str) -> str:
    """What a dish is at all: `sandwich` of a chicken sandwich, `salmon` of salmon with rice."""
    words = keys(BEHIND.split(name)[0]) or keys(name) or ("",)
    return next((word for word in reversed(words) if word not in CUTS), words[-1])


def names_all(name: str, said: str) -> bool:
    """Whether `said` is the dish, however shortly: `the sandwich`, `my coffee`."""
    words = set(keys(said)) - POINTING
    return head_of(name) in words and words <= set(keys(name))


def is_part(name: str, said: str) -> bool:
    """Whether `said` names something in the dish, and not the dish."""
    words = set(keys(said)) - STOP - POINTING
    return bool(words) and words < set(keys(name)) and head_of(name) not in words


def exchanged(meal: CurrentMeal, place: int, old: str, new: Draft) -> list[Edit] | str | None:
    """`new` in the place of a part, or of what a dish comes with. None: there is no other part."""
    name, gone = meal.items[place].name, set(keys(old)) - POINTING
    if set(keys(new.text)) <= set(keys(name)):
        return None  # it says nothing new
    first, *behind = BEHIND.split(name, maxsplit=1)
    side = bool(behind) and gone <= set(keys(behind[0]))
    if side and (less := without_parts(meal, place, [old])):
        return [*less, added_as(new)]
    if not behind and head_of(name) in gone:
        return None
    words = [new.text if key(word) in gone else word for word in first.split()]
    text = " ".join([*dict.fromkeys(words)]) + name[len(first) :]
    return None if text == name else called(meal, place, text, new)


def called(meal: CurrentMeal, place: int, text: str, new: Draft) -> list[Edit] | str | None:
    """The item under another name, as much as it was; of a dish that no table knows, the nearest.

    What it comes with becomes a food of its own where no table knows both together.
    """
    drafts, _loose = meal.read(text)
    read = {one for draft in drafts for one in keys(draft.text)}
    if not drafts or not set(keys(new.text)) <= read:
        return _("I don't know %(food)s. What is it like?") % {"food": f"“{text}”"}
    parts = BEHIND.split(text)
    if len(drafts) > 1 and len(parts) == 1:  # «ham wrap»: the nearest that is known is a wrap
        return [_as_much(meal, place, replace(drafts[-1], text=text, amount=None))]
    first = meal.replace(place, drafts[0]) if len(drafts) > 1 else _as_much(meal, place, drafts[0])
    return first if isinstance(first, str) else [first, *map(added_as, drafts[1:])]


def _as_much(meal: CurrentMeal, place: int, draft: Draft) -> Edit:
    item = meal.items[place]
    amount = item.amount or f"{nice(item.grams)} g"
    return Edit(
        "replace", place, item=item_of(draft, Weighed(item.grams, amount, draft.entry.food))
    )


def added_as(draft: Draft) -> Edit:
    """The food as one more of the meal."""
    weighed = weigh(draft.entry, draft.amount, plural=draft.plural)
    return Edit("add", item=item_of(draft, weighed))


def portioned(meal: CurrentMeal, place: int, part: str, amount: Amount) -> list[Edit] | str:
    """Another amount of a part: it becomes a food of its own beside the rest of the dish."""
    less, (drafts, _loose) = without_parts(meal, place, [part]), meal.read(part)
    if not less or len(drafts) != 1:
        return _("I want to get the %(food)s right: how much was it?") % {"food": part}
    return [*less, added_as(replace(drafts[0], amount=amount))]


def part_like(meal: CurrentMeal, draft: Draft) -> tuple[int, str] | None:
    """The only part of a dish whose place the food can take, and the place of the dish."""
    kinds: Collection[str] = next((alike for alike in ALIKE if draft.entry.kind in alike), ())
    found = [
        (place, word)
        for place, item in enumerate(meal.items)
        for word in keys(item.name)
        if word not in STOP
        and is_part(item.name, word)
        and (entry := meal.index.named(word))
        and entry.kind in kinds
    ]
    return found[0] if len(found) == 1 else None


def poured_in(meal: CurrentMeal, draft: Draft) -> list[Edit] | str | None:
    """`it was oat milk`, of a latte: the milk of the only drink that has some."""
    if draft.entry.kind != "milk":
        return None
    found = [p for p, entry in enumerate(meal.entries) if entry and entry.kind in POURED_INTO]
    if len(found) != 1:
        return None
    name = meal.items[found[0]].name
    if "milk" in keys(name):
        return exchanged(meal, found[0], "milk", draft)
    return called(meal, found[0], f"{name} with {draft.text}", draft)


def inside(meal: CurrentMeal, text: str) -> list[Edit] | str | None:
    """oat milk in the latte, one sugar in that coffee: another part of the dish, or one more."""
    found = INSIDE.match(text)
    place = meal.place_named(found["dish"]) if found else None
    if found is None:
        return None
    if place is None:
        return ask_which(meal.items, found["dish"]) if meal.read(found["dish"])[0] else None
    if not names_all(meal.items[place].name, found["dish"]):
        return None
    drafts, _loose = meal.read(found["part"])
    if len(drafts) != 1 or drafts[0].denied:
        return None
    return put_into(meal, place, drafts[0])


def put_into(meal: CurrentMeal, place: int, draft: Draft) -> list[Edit] | str:
    """A food in a dish: in the place of a part that is like it, or beside the dish."""
    return part_of_dish(meal, place, draft) or [added_as(draft)]


def part_of_dish(meal: CurrentMeal, place: int, draft: Draft) -> list[Edit] | str | None:
    """The dish with the food for a part of it; None: it is no part of such a dish."""
    entry, name = meal.entries[place], meal.items[place].name
    if entry is None or entry.kind == draft.entry.kind:
        return None
    part = part_like(CurrentMeal(meal.index, [meal.items[place]]), draft)
    if part and (edits := exchanged(meal, place, part[1], draft)):
        return edits
    if draft.entry.kind == "milk" and entry.kind in POURED_INTO:
        return called(meal, place, f"{name} with {draft.text}", draft)
    if draft.entry.kind == "bread" and entry.kind in BETWEEN_BREAD:
        return [_as_much(meal, place, Draft(entry, None, f"{name} on {draft.text}", 0, 0))]
    return None


def without_parts(meal: CurrentMeal, place: int, parts: Sequence[str]) -> list[Edit] | None:
    """no milk in it: "coffee with milk and sugar" is coffee with sugar. None: they are no parts."""
    name, gone = meal.items[place].name, {key for part in parts for key in keys(part)}
    head, _with, rest = name.partition(" with ")
    words = head.split()
    if set(keys(words[-1])) <= gone or not gone & set(keys(f"{' '.join(words[:-1])} {rest}")):
        return None
    kept = [word for word in name.split() if not set(keys(word)) <= gone]
    text = re.sub(r"\b(?:with|and)(?: (?:with|and))*$|^and ", "", " ".join(kept)).strip()
    text = re.sub(r"\bwith and\b", "with", text)
    drafts, _loose = meal.read(text)
    if not drafts or text == name:
        return None
    first = meal.replace(place, drafts[0])
    if isinstance(first, str):
        return None
    return [first, *map(added_as, drafts[1:])]
