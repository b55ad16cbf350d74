"""What a member's day may hold: energy and macronutrients, each as a range.

Energy at rest is Mifflin-St Jeor, times activity, with a gentle adjustment for the goal that never
goes below rest or a floor. Protein, carbohydrate and fat stay within the acceptable ranges for
adults (AMDR). Where a number could harm, there is none unless a dietitian set it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coach.nutrition.today import today

ACTIVITY = {"sedentary": 1.2, "light": 1.375, "moderate": 1.55, "active": 1.725, "very_active": 1.9}
FLOOR_KCAL = {"female": 1200, "male": 1500}
SPREAD = 0.10
LOSE_SHARE, LOSE_MOST = 0.15, 500
GAIN_SHARE, GAIN_MOST = 0.10, 350
PROTEIN_G_PER_KG = {"maintain": 1.2, "lose": 1.6, "gain": 1.6}
PROTEIN_SHARE = (0.10, 0.35)
FAT_SHARE, FAT_LEAST = 0.30, 0.20
CARBOHYDRATE_LEAST = 0.45
KCAL_PER_G = {"protein_g": 4, "carbohydrate_g": 4, "fat_g": 9}
FIBRE_G_PER_1000_KCAL = 14
SODIUM_MOST_MG = 2300  # chronic disease risk reduction intake, NASEM 2019
SATURATED_SHARE = 0.10
UNDERWEIGHT_BMI, HIGH_BMI = 18.5, 30

# What a member writes of conditions and medicines → what we call it when we say why.
CAREFUL: tuple[tuple[str, str | Promise], ...] = (
    (r"kidney|\bckd\b|renal|dialysis", gettext_lazy("a kidney condition")),
    (
        r"diabet|insulin|gliclazide|glipizide|glimepiride|blood sugar",
        gettext_lazy("diabetes"),
    ),
    (r"liver|cirrhosis|hepatitis", gettext_lazy("a liver condition")),
    (r"heart failure", gettext_lazy("heart failure")),
    (r"cancer|chemo|tumou?r", gettext_lazy("cancer")),
    (r"bariatric|gastric (?:bypass|sleeve)", gettext_lazy("stomach surgery")),
    (r"transplant", gettext_lazy("a transplant")),
    (r"ozempic|wegovy|semaglutide|mounjaro|tirzepatide", gettext_lazy("your medicine")),
)
EATING_DISORDER = re.compile(r"anorexi|bulimi|eating disorder|binge.?eat|orthorexi", re.IGNORECASE)

# The wiring lets other rooms say that numbers could harm somebody now.
Concern = Callable[[Any], bool]
_concerns: list[Concern] = []


def watch_for(concern: Concern) -> Concern:
    """Register a sign of disordered eating that is kept elsewhere, e.g. an open safety flag."""
    _concerns.append(concern)
    return concern


@dataclass(frozen=True)
class Target:
    """A goal and the range around it that counts as met; grams or kilocalories."""

    goal: int
    low: int
    high: int

    @classmethod
    def around(cls, goal: float) -> "Target":
        return cls(round(goal), round(goal * (1 - SPREAD)), round(goal * (1 + SPREAD)))


@dataclass(frozen=True)
class Targets:
    """`why` is a sentence for the member where a number is missing or was held back."""

    kcal: Target | None = None
    protein_g: Target | None = None
    carbohydrate_g: Target | None = None
    fat_g: Target | None = None
    fibre_g: int | None = None  # at least
    saturated_fat_g: int | None = None  # at most
    sodium_mg: int | None = None  # at most
    source: str = ""  # "formula", "dietitian" or "" where there are no numbers
    why: str = ""
    missing: tuple[str, ...] = ()  # field names of the profile
    offer_person: bool = False
    steps: tuple[str, ...] = field(default=())  # how the energy was worked out

    @property
    def any(self) -> bool:
        return bool(self.kcal or self.protein_g or self.carbohydrate_g or self.fat_g)

    def of(self, nutrient: str) -> Target | None:
        """The target of a nutrient by its field name; None where it has none."""
        found = getattr(self, nutrient, None)
        return found if isinstance(found, Target) else None


def targets_for(member: Any, day: date | None = None) -> Targets:
    """Targets of `member` for `day` (default: their today), from `member.profile`."""
    profile = getattr(member, "profile", None)
    set_by_dietitian = _dietitian(profile) if profile else {}
    if set_by_dietitian and "kcal" in set_by_dietitian:
        return Targets(**set_by_dietitian, source="dietitian")
    held_back = _guard(member, profile, day or today(member))
    if held_back:
        source = "dietitian" if set_by_dietitian else ""
        return Targets(**set_by_dietitian, source=source, why=held_back, offer_person=True)
    missing = _missing(profile)
    if missing:
        source = "dietitian" if set_by_dietitian else ""
        return Targets(**set_by_dietitian, source=source, missing=missing, why=_ask_for(missing))
    worked_out = _formula(profile, day or today(member))
    if set_by_dietitian:
        return Targets(**{**vars(worked_out), **set_by_dietitian})
    return worked_out


def _dietitian(profile: Any) -> dict[str, Any]:
    names = ("kcal", "protein_g", "carbohydrate_g", "fat_g")
    values = {name: getattr(profile, f"target_{name}", None) for name in names}
    return {name: Target.around(value) for name, value in values.items() if value}


def _guard(member: Any, profile: Any, day: date) -> str:
    """Why a formula must not give this member numbers; empty when it may."""
    told = f"{getattr(profile, 'conditions', '')} {getattr(profile, 'medicines', '')}"
    concern = (
        getattr(profile, "eating_concern", False)
        or EATING_DISORDER.search(told)
        or any(concern(member) for concern in _concerns)
    )
    if concern:
        return _(
            "I leave calorie goals out for you. A dietitian can look at this with you, without"
            " any numbers if you like."
        )
    if profile is None:
        return ""
    age = profile.age_on(day)
    if age is not None and age < 18:
        return _("While you are growing, a dietitian should set targets, not a formula.")
    if profile.pregnant:
        return _(
            "During pregnancy and breastfeeding a dietitian should set your targets, not a formula."
        )
    for pattern, name in CAREFUL:
        if re.search(pattern, told, re.IGNORECASE):
            return _("Because of %(condition)s, only a dietitian should set your targets.") % {
                "condition": name
            }
    return ""


NEEDED = {
    "born_on": gettext_lazy("your date of birth"),
    "sex": gettext_lazy("your sex for the energy formula"),
    "height_cm": gettext_lazy("your height"),
    "weight_kg": gettext_lazy("your weight"),
    "activity": gettext_lazy("how active you are"),
}


def _missing(profile: Any) -> tuple[str, ...]:
    return tuple(name for name in NEEDED if not getattr(profile, name, None))


def _ask_for(missing: tuple[str, ...]) -> str:
    names = [str(NEEDED[name]) for name in missing]
    listed = (
        names[0]
        if len(names) == 1
        else _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
    )
    return _("To work out your targets I still need %(facts)s. You can add it in your profile.") % {
        "facts": listed
    }


def resting_kcal(sex: str, weight_kg: float, height_cm: float, age: int) -> float:
    """Resting energy a day (kcal) by Mifflin-St Jeor, for adults."""
    return 10 * weight_kg + 6.25 * height_cm - 5 * age + (5 if sex == "male" else -161)


def _formula(profile: Any, day: date) -> Targets:
    weight, height = profile.weight_kg, profile.height_cm
    rest = resting_kcal(profile.sex, weight, height, profile.age_on(day))
    factor = ACTIVITY[profile.activity]
    spent = rest * factor
    bmi = weight / (height / 100) ** 2
    thin = profile.goal == "lose" and bmi < UNDERWEIGHT_BMI
    goal = "maintain" if thin else profile.goal
    energy = max(_for_goal(spent, goal), rest, FLOOR_KCAL[profile.sex])
    energy = round(energy, -1)
    # Half a kilogram of fat needs no protein: above a BMI of 30, count a quarter of the excess.
    ideal = 25 * (height / 100) ** 2
    counted = ideal + 0.25 * (weight - ideal) if bmi > HIGH_BMI else weight
    grams = macronutrients(energy, PROTEIN_G_PER_KG[goal] * counted)
    around: dict[str, Any] = {name: Target.around(value) for name, value in grams.items()}
    return Targets(
        kcal=Target.around(energy),
        **around,
        fibre_g=round(FIBRE_G_PER_1000_KCAL * energy / 1000),
        saturated_fat_g=round(SATURATED_SHARE * energy / 9),
        sodium_mg=SODIUM_MOST_MG,
        source="formula",
        why=_(
            "Your weight is already low for your height, so I did not plan a loss. Please talk"
            " about it with a dietitian."
        )
        if thin
        else "",
        offer_person=thin,
        steps=_steps(rest, factor, spent, energy, goal),
    )


def _for_goal(spent: float, goal: str) -> float:
    if goal == "lose":
        return spent - min(LOSE_SHARE * spent, LOSE_MOST)
    if goal == "gain":
        return spent + min(GAIN_SHARE * spent, GAIN_MOST)
    return spent


def macronutrients(energy: float, protein_g: float) -> dict[str, float]:
    """Grams of protein, carbohydrate and fat that fill `energy` (kcal) within the AMDR."""
    low, high = PROTEIN_SHARE
    protein = min(max(4 * protein_g / energy, low), high)
    fat = max(min(FAT_SHARE, 1 - protein - CARBOHYDRATE_LEAST), FAT_LEAST)
    shares = {"protein_g": protein, "carbohydrate_g": 1 - protein - fat, "fat_g": fat}
    return {name: energy * share / KCAL_PER_G[name] for name, share in shares.items()}


def _steps(rest: float, factor: float, spent: float, energy: float, goal: str) -> tuple[str, ...]:
    steps = [
        _("At rest your body uses about %(kcal)s kcal a day (Mifflin-St Jeor).")
        % {"kcal": f"{rest:,.0f}"},
        _("With your activity (× %(factor)s) that is about %(kcal)s kcal.")
        % {"factor": f"{factor:g}", "kcal": f"{spent:,.0f}"},
    ]
    if goal == "lose":
        steps.append(
            _("To lose weight gently: %(kcal)s kcal, never below what you need at rest.")
            % {"kcal": f"{energy:,.0f}"}
        )
    elif goal == "gain":
        steps.append(_("To gain weight: %(kcal)s kcal.") % {"kcal": f"{energy:,.0f}"})
    return tuple(steps)
