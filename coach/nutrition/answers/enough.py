"""Whether a member gets enough of something: what a day has on average, against what is aimed at.

The aim is the member's target, or what adults of their age and sex are recommended (a table of
facts). Where a number could harm, there is none, and the sentence says why.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.nutrition.answers.reader import Reader
from coach.nutrition.answers.rows import DayTotals, items_in
from coach.nutrition.answers.span_sentences import average, count_of_days, nothing_in
from coach.nutrition.foods.everyday import DATA
from coach.nutrition.models import Food
from coach.nutrition.speech.phrasing import NAMES, listed, rounded, spoken
from coach.nutrition.targets.safeguards import why_no_numbers
from coach.types import Profile

# What no item keeps, and only the food's row knows, per 100 g.
OTHERS: Final = {
    "iron_mg": (r"\biron\b", gettext_lazy("iron")),
    "calcium_mg": (r"\bcalcium\b", gettext_lazy("calcium")),
    "potassium_mg": (r"\bpotassium\b", gettext_lazy("potassium")),
    "magnesium_mg": (r"\bmagnesium\b", gettext_lazy("magnesium")),
    "zinc_mg": (r"\bzinc\b", gettext_lazy("zinc")),
    "phosphorus_mg": (r"\bphosphorus\b", gettext_lazy("phosphorus")),
    "vitamin_c_mg": (r"\bvit(?:amin)?s? c\b", gettext_lazy("vitamin C")),
    "vitamin_d_ug": (r"\bvit(?:amin)?s? d\b", gettext_lazy("vitamin D")),
    "vitamin_a_rae_ug": (r"\bvit(?:amin)?s? a\b", gettext_lazy("vitamin A")),
    "vitamin_e_mg": (r"\bvit(?:amin)?s? e\b", gettext_lazy("vitamin E")),
    "vitamin_k_ug": (r"\bvit(?:amin)?s? k\b", gettext_lazy("vitamin K")),
    "vitamin_b12_ug": (r"\bb ?12\b", gettext_lazy("vitamin B12")),
    "vitamin_b6_mg": (r"\bb ?6\b", gettext_lazy("vitamin B6")),
    "folate_dfe_ug": (r"\bfol(?:ate|ic)", gettext_lazy("folate")),
}
AT_MOST: Final = ("sodium_mg", "saturated_fat_g")
LOOKED_AT: Final = ("protein_g", "fibre_g", "sodium_mg", "saturated_fat_g")
KNOWN_SHARE: Final = 0.8  # of the energy, below which a sum of the tables says little


@dataclass(frozen=True)
class Aim:
    """What is aimed at: at least `value`, or at most; `of` says whose aim it is."""

    value: float
    at_most: bool = False
    recommended: bool = False


@lru_cache(maxsize=1)
def _recommended() -> dict[tuple[str, str], list[tuple[int, int, float]]]:
    found: dict[tuple[str, str], list[tuple[int, int, float]]] = {}
    lines = (DATA / "recommended.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        ages = int(row["from_age"]), int(row["to_age"]), float(row["value"])
        found.setdefault((row["nutrient"], row["sex"]), []).append(ages)
    return found


def recommended(nutrient: str, sex: str, age: int) -> float | None:
    """What an adult is recommended a day, in the unit of the nutrient's name."""
    for low, high, value in _recommended().get((nutrient, sex), ()):
        if low <= age <= high:
            return value
    return None


def say_enough(reader: Reader) -> str:
    """Whether the days of the span had enough, or too much, of what was named."""
    asked, days = reader.asked, reader.days(reader.asked.span)
    if not days:
        return nothing_in(asked.span)
    if not reader.numbers:
        return why_no_numbers(reader.member, _profile(reader), reader.current)
    over = reader.over(days)
    other = next((name for name, (words, _n) in OTHERS.items() if re.search(words, asked.said)), "")
    if other:
        return _other(reader, over, other)
    if asked.nutrients:
        return " ".join(_of_one(reader, over, name) for name in asked.nutrients)
    if re.search(r"\b(?:weakest|missing|lack)|\btoo (?:much|little) of\W*$", asked.said):
        return _weakest(reader, over)
    return _of_one(reader, over, "kcal")


def _profile(reader: Reader) -> Profile | None:
    found: Profile | None = getattr(reader.member, "profile", None)
    return found


def _aim(reader: Reader, nutrient: str) -> Aim | None:
    targets = reader.targets
    if target := targets.of(nutrient):
        return Aim(target.low if nutrient == "kcal" else target.goal)
    value = getattr(targets, nutrient, None)
    if isinstance(value, int):
        return Aim(value, at_most=nutrient in AT_MOST)
    profile = _profile(reader)
    if profile is None or why_no_numbers(reader.member, profile, reader.current):
        return None
    age = profile.age_on(reader.current)
    if age is None or not profile.sex:
        return None
    found = recommended(nutrient, profile.sex, age)
    return Aim(found, recommended=True) if found else None


def _of_one(reader: Reader, days: list[DayTotals], nutrient: str) -> str:
    had = average(days, nutrient)
    sentence = (
        _("%(span)s you had %(amount)s.")
        if reader.asked.span.is_day
        else _("%(span)s you had %(amount)s a day on average, over %(days)s.")
    )
    start = sentence % {
        "span": reader.asked.span.start,
        "amount": spoken(had, nutrient),
        "days": count_of_days(len(days)),
    }
    aim = _aim(reader, nutrient)
    return f"{start} {_judge(had, aim, nutrient) if aim else _no_aim(reader)}"


def _judge(had: float, aim: Aim, nutrient: str) -> str:
    goal = rounded(aim.value, nutrient)
    if aim.at_most:
        good = had <= aim.value
        sentence = (
            _("That is within what you aim at: at most %(goal)s.")
            if good
            else _("You aim at no more than %(goal)s, so that is above it.")
        )
    elif aim.recommended:
        sentence = (
            _("That is enough: %(goal)s are recommended.")
            if had >= aim.value
            else _("That is less than the %(goal)s that are recommended.")
        )
    else:
        sentence = (
            _("That is enough: you aim at %(goal)s.")
            if had >= aim.value
            else _("That is less than the %(goal)s that you aim at.")
        )
    return sentence % {"goal": goal}


def _no_aim(reader: Reader) -> str:
    return reader.targets.why or _("I keep no target for that.")


def _weakest(reader: Reader, days: list[DayTotals]) -> str:
    """Which of what is looked at misses its aim."""
    low, high = [], []
    for nutrient in LOOKED_AT:
        aim, had = _aim(reader, nutrient), average(days, nutrient)
        if aim and not aim.at_most and had < aim.value:
            low.append(spoken(had, nutrient))
        elif aim and aim.at_most and had > aim.value:
            high.append(spoken(had, nutrient))
    if not any(_aim(reader, nutrient) for nutrient in LOOKED_AT):
        return _no_aim(reader)
    parts = []
    if low:
        parts.append(_("Less than you aim at: %(amounts)s a day.") % {"amounts": listed(low)})
    if high:
        parts.append(_("More than you aim at: %(amounts)s a day.") % {"amounts": listed(high)})
    return " ".join(parts) or _("Nothing that I look at is missing: %(names)s.") % {
        "names": listed([str(NAMES[name]) for name in LOOKED_AT])
    }


# --- what only the tables know --------------------------------------------------------------------


def _other(reader: Reader, days: list[DayTotals], nutrient: str) -> str:
    had, share = _from_tables(reader, {one.day for one in days}, nutrient)
    name = OTHERS[nutrient][1]
    unit = _("micrograms") if nutrient.endswith("_ug") else _("milligrams")
    amount = _("%(number)s %(unit)s of %(nutrient)s") % {
        "number": _few_digits(had / len(days)),
        "unit": unit,
        "nutrient": name,
    }
    start = _("%(span)s you had at least %(amount)s a day on average, over %(days)s.") % {
        "span": reader.asked.span.start,
        "amount": amount,
        "days": count_of_days(len(days)),
    }
    aim = _aim(reader, nutrient)
    if aim is None:
        return f"{start} {_no_aim(reader)}"
    if had / len(days) < aim.value and share < KNOWN_SHARE:
        unknown = _("My tables know the %(nutrient)s of only a part of it, so I cannot say more.")
        return f"{start} {unknown % {'nutrient': name}}"
    return f"{start} {_judge(had / len(days), aim, nutrient)}"


def _from_tables(reader: Reader, days: Iterable[object], nutrient: str) -> tuple[float, float]:
    """The sum of a nutrient, and the share of the energy of which the tables know it."""
    items = [one for one in items_in(reader.member, reader.asked.span) if one.day in set(days)]
    foods = dict(
        Food.objects.filter(pk__in={one.food_id for one in items if one.food_id}).values_list(
            "pk", "others"
        )
    )
    total = known = energy = 0.0
    for one in items:
        energy += one.kcal
        others = foods.get(one.food_id or 0, {})
        if nutrient in others:
            total += others[nutrient] * one.grams / 100
            known += one.kcal
    return total, known / energy if energy else 0.0


def _few_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")
