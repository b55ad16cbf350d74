"""Corrections that leave most unsaid: "decaf", "grams, not ounces", "I left half".

Each answers with edits or a question; None: not its sentence.
"""

import re

from django.utils.translation import gettext as _

from coach.nutrition.foods.word_forms import key, keys
from coach.nutrition.meals.corrections.current_meal import CurrentMeal, Outcome, ask_which
from coach.nutrition.meals.corrections.dishes import exchanged
from coach.nutrition.meals.corrections.phrases import (
    AND,
    CERTAINTY,
    DESCRIBED,
    LEFT,
    ONLY,
    ONLY_UNITS,
    PRONOUN,
    SHARES,
    WAS,
)
from coach.nutrition.meals.measures import WEIGHT
from coach.nutrition.meals.quantities import Amount, unit_at
from coach.nutrition.meals.results import Edit
from coach.nutrition.meals.spelling import spelling_of

MOST_WORDS = 3  # that describe a food: "semi skimmed", "sugar free"
ROUND_WITHIN = 0.02


def doubled(meal: CurrentMeal, text: str) -> Outcome:
    """you've written the sandwich twice: one of two goes, and the only one stays."""
    if not text.startswith("twice there "):
        return None
    named = set(keys(text.removeprefix("twice there ")))
    found = [place for place, item in enumerate(meal.items) if named <= set(keys(item.name))]
    if not found:
        return ask_which(meal.items, text.removeprefix("twice there "))
    if len(found) == 1:
        return _("I find it only once in your diary: %(food)s.") % {
            "food": meal.items[found[0]].name
        }
    return [Edit("remove", found[-1])]


def left_over(meal: CurrentMeal, text: str) -> Outcome:
    """I left half the rice: the other half was eaten."""
    found = LEFT.match(text)
    if not found:
        return None
    share, rest = 1 - SHARES[found[1]], re.sub(r"^(?:the|my|of) ", "", found[2] or "")
    if not 0 < share < 1:
        return None
    if not rest or re.fullmatch(PRONOUN, rest):
        return [Edit("scale", place, factor=share) for place in range(len(meal.items))]
    place = meal.place_named(rest)
    return [Edit("scale", place, factor=share)] if place is not None else ask_which(meal.items)


def only_these(meal: CurrentMeal, text: str) -> Outcome:
    """just the banana: of several foods the others go."""
    found = ONLY.match(text)
    if not found or len(meal.items) < 2:
        return None
    named = [meal.place_named(part) for part in AND.split(found[1])]
    if None in named:
        return None
    return [Edit("remove", place) for place in range(len(meal.items)) if place not in named]


def measured_otherwise(meal: CurrentMeal, text: str) -> Outcome:
    """grams, not ounces: the same number of another unit."""
    found = ONLY_UNITS.match(text)
    units = found and (unit_at([found[1]], 0), unit_at([found[2]], 0))
    if not found or not units or not units[0] or not units[1]:
        return None
    new, old = units[0][0], units[1][0]
    if new not in WEIGHT or old not in WEIGHT:
        return None
    counts = [item.grams / WEIGHT[old] for item in meal.items]
    fits = [place for place, count in enumerate(counts) if _is_round(count)]
    if len(fits) != 1:
        return ask_which(meal.items)
    amount = Amount(count=round(counts[fits[0]] * 4) / 4, unit=new, unit_said=found[1])
    edit = meal.set_amount(fits[0], amount)
    return edit if isinstance(edit, str) else [edit]


def _is_round(count: float) -> bool:
    """Whether somebody may have said it: 4, 2.5, a quarter."""
    return count > ROUND_WITHIN and abs(count * 4 - round(count * 4)) < ROUND_WITHIN


def of_another_variety(meal: CurrentMeal, text: str) -> Outcome:
    """decaf, the rice was brown: a word that makes another food of the one that is there."""
    told = DESCRIBED.match(text)
    only = meal.place_named(told["what"]) if told else None
    words = told["how"] if told and only is not None else WAS.sub("", text)
    words = CERTAINTY.sub("", words).strip()
    if not words or len(words.split()) > MOST_WORDS:
        return None
    if meal.read(words) != ([], []) and not meal.corrects:
        return None  # a food of its own; but «beef, sorry» may be said of the pork burrito
    known = spelling_of(meal.index).known
    if not all(word in known or key(word) in known for word in words.split()):
        return None
    found: list[Edit | str | list[Edit] | None] = []
    for place, item in enumerate(meal.items):
        if only not in (None, place):
            continue
        head = keys(item.name.split(" with ")[0])[-1]
        drafts, _loose = meal.read(f"{words} {head}")
        new = drafts[0] if len(drafts) == 1 else None
        other = new is not None and new.entry is not meal.entries[place]
        if new and other and set(keys(words)) <= set(keys(new.text)):
            whole = exchanged(meal, place, head, new) if " with " in item.name else None
            plain = whole is None or words == "black"  # black coffee has no milk to keep
            found.append(meal.replace(place, new) if plain else whole)
    if not found:
        return None
    if len(found) > 1:
        return _("Which one do you mean?")
    return [found[0]] if isinstance(found[0], Edit) else found[0]
