"""Energy and macronutrients of a day from a body, by published equations.

Energy at rest is Mifflin-St Jeor, times activity, with a gentle adjustment for the goal that never
goes below rest or a floor. Protein, carbohydrate and fat stay within the acceptable ranges for
adults (AMDR).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coach.nutrition.targets.values import Target, Targets

ACTIVITY = {"sedentary": 1.2, "light": 1.375, "moderate": 1.55, "active": 1.725, "very_active": 1.9}
FLOOR_KCAL = {"female": 1200, "male": 1500}
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


def resting_kcal(sex: str, weight_kg: float, height_cm: float, age: int) -> float:
    """Resting energy a day (kcal) by Mifflin-St Jeor, for adults."""
    return 10 * weight_kg + 6.25 * height_cm - 5 * age + (5 if sex == "male" else -161)


@dataclass(frozen=True)
class Body:
    """What the formula needs to know; `activity` and `goal` as a profile names them."""

    sex: str
    age: int
    height_cm: float
    weight_kg: float
    activity: str
    goal: str

    @property
    def bmi(self) -> float:
        return self.weight_kg / (self.height_cm / 100) ** 2

    @property
    def too_light_to_lose(self) -> bool:
        return self.goal == "lose" and self.bmi < UNDERWEIGHT_BMI

    @property
    def counted_kg(self) -> float:
        """The weight that needs protein: above a BMI of 30, fat needs none, so a quarter of the
        excess over a BMI of 25 counts."""
        ideal = 25 * (self.height_cm / 100) ** 2
        return ideal + 0.25 * (self.weight_kg - ideal) if self.bmi > HIGH_BMI else self.weight_kg


def from_formula(body: Body) -> Targets:
    """Targets of a day for an adult."""
    rest = resting_kcal(body.sex, body.weight_kg, body.height_cm, body.age)
    spent = rest * ACTIVITY[body.activity]
    goal = "maintain" if body.too_light_to_lose else body.goal
    energy = round(max(_for_goal(spent, goal), rest, FLOOR_KCAL[body.sex]), -1)
    grams = macronutrients(energy, PROTEIN_G_PER_KG[goal] * body.counted_kg)
    around: dict[str, Any] = {name: Target.around(value) for name, value in grams.items()}
    too_light = _(
        "Your weight is already low for your height, so I did not plan a loss. Please talk"
        " about it with a dietitian."
    )
    return Targets(
        kcal=Target.around(energy),
        **around,
        fibre_g=round(FIBRE_G_PER_1000_KCAL * energy / 1000),
        saturated_fat_g=round(SATURATED_SHARE * energy / 9),
        sodium_mg=SODIUM_MOST_MG,
        source="formula",
        why=too_light if body.too_light_to_lose else "",
        offer_person=body.too_light_to_lose,
        steps=_steps(rest, ACTIVITY[body.activity], spent, energy, goal),
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
