"""What somebody wants changed in a meal that is written down → a plan of edits, or a question.

The plan is made of all the edits or none: a sentence that leaves something open is a question.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import tokens
from coach.nutrition.meals.corrections.current_meal import CurrentItem, CurrentMeal, Outcome
from coach.nutrition.meals.corrections.dishes import inside, names_all
from coach.nutrition.meals.corrections.elliptic import (
    doubled,
    left_over,
    measured_otherwise,
    of_another_variety,
    only_these,
)
from coach.nutrition.meals.corrections.phrases import (
    ADDS,
    ARTICLE,
    BEFORE_NO,
    BESIDES,
    CORRECTS,
    LEAD,
    NO_BUT,
    NOT_THIS,
    SAID_AGAIN,
    SAID_LAST,
    SCALE_IT,
    STATES,
    SUBJECT_LAST,
)
from coach.nutrition.meals.corrections.rules import added, removed, scaled, stated, swapped
from coach.nutrition.meals.quantities import number_at
from coach.nutrition.meals.results import EditPlan
from coach.nutrition.meals.spelling import slips_put_right

STOPS: Final = frozenset({".", ";", "!", "?", "\n"})
# In this order: the first rule that answers decides.
RULES: Final[tuple[Callable[[CurrentMeal, str], Outcome], ...]] = (
    doubled, left_over, only_these, scaled, measured_otherwise, inside, swapped, removed, added,
    of_another_variety, stated,
)  # fmt: skip


def parse_change(
    index: FoodIndex, said: str, items: Sequence[CurrentItem], *, guesses: bool = True
) -> EditPlan:
    """Read a change of `items`. Never raises on text; what is not clear is a question."""
    if not items:
        return EditPlan(said, question=_("There is nothing to change yet. What did you have?"))
    corrects = CORRECTS.search(said) is not None and not ADDS.search(said)
    meal = CurrentMeal(index, items, corrects=corrects, guesses=guesses)
    text = core_of(meal, said)
    for rule in RULES:
        outcome = rule(meal, text)
        if isinstance(outcome, str):
            return EditPlan(said, question=outcome)
        if outcome:
            return EditPlan(said, edits=tuple(outcome))
    return EditPlan(said, question=_("What should I change?"))


def _without_besides(meal: CurrentMeal, text: str) -> str:
    """Without what is said behind the correction, where it names no food."""
    found = BESIDES.search(text)
    return text if not found or meal.read(found[0])[0] else text[: found.start()]


def _is_told_of(meal: CurrentMeal, what: str, how: str) -> bool:
    """Whether `what` is a dish that is there, and `how` another thing, and no amount."""
    place = meal.place_named(what)
    if place is None or not names_all(meal.items[place].name, what):
        return False
    return meal.place_named(how) is None and number_at(how.split(), 0) is None


def _other_than(meal: CurrentMeal, text: str, gone: str, stays: str) -> str:
    """`no jam, just the butter`, where both were there; `no syrup, jam`; `no cheese but butter`."""
    place, other = meal.place_named(gone), meal.place_named(stays)
    if place is not None:
        return f"{stays} not {gone}" if other in (None, place) else f"no {gone}"
    return f"add {stays}" if meal.lacks(gone) and " but " in text else text


def core_of(meal: CurrentMeal, said: str) -> str:
    """The words that matter, without pauses, thanks and what leads up to them ("no, I meant").

    "no toast" keeps its "no": it takes the toast away. "no, three eggs" and "no, jam" do not.
    """
    words = [word for word in slips_put_right(tokens(said)) if word not in STOPS]
    text = " ".join(words).replace(" ,", ",").strip(", ")
    text = SAID_AGAIN.sub(r"\g<amount> \g<what>", _without_besides(meal, text))
    if (last := SUBJECT_LAST.match(text)) and _is_told_of(meal, last["what"], last["how"]):
        text = f"{last['what']} was {last['how']}"
    text = BEFORE_NO.sub("", NOT_THIS.sub(r"\2 not \1", text))
    if instead := NO_BUT.match(text):
        text = _other_than(meal, text, instead[1], instead[2])
    text = re.sub(r"(?<=\w),(?= (?:please|thanks|thank you))", "", text)
    text = SAID_LAST.sub("", SCALE_IT.sub("", text))
    bare = text.replace(",", "").strip()
    counted = number_at(bare.split()[1:], 0) is not None
    denies = text.startswith("no ") and not counted and not STATES.search(bare)
    if denies and (meal.place_named(bare[3:]) is not None or not ARTICLE.match(bare[3:])):
        return bare
    return LEAD.sub("", bare + " ").strip() or bare
