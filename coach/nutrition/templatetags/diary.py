"""Numbers of the diary in templates."""

import re

from django import template
from django.utils.translation import gettext

from coach.nutrition.day import Day
from coach.nutrition.models.diary import Slot
from coach.nutrition.speech.phrasing import NAMES, rounded
from coach.nutrition.speech.phrasing import day_title as title_of

register = template.Library()

ICONS = {
    Slot.BREAKFAST: "sunrise",
    Slot.LUNCH: "sun",
    Slot.SNACK: "apple",
    Slot.DINNER: "moon",
}
# Which series of the palette a nutrient is drawn in, the same everywhere.
SERIES = {"kcal": 1, "protein_g": 2, "carbohydrate_g": 3, "fat_g": 4}


@register.filter
def kcal(value: float | None) -> str:
    return rounded(value or 0, "kcal")


@register.filter
def grams(value: float | None) -> str:
    """Grams to 1, below 10 to 0.1."""
    return rounded(value or 0, "protein_g")


@register.filter
def whole(value: float | None) -> str:
    """Grams of a food for an input: a plain number without separators."""
    return f"{value or 0:.0f}" if (value or 0) >= 10 else f"{value or 0:.1f}".removesuffix(".0")


@register.filter
def amount_of(totals: dict[str, float], nutrient: str) -> float:
    return totals.get(nutrient, 0)


@register.filter
def nutrient_name(nutrient: str) -> str:
    return str(NAMES[nutrient])


@register.filter
def nutrient_short(nutrient: str) -> str:
    """The name for narrow places: "carbs" for carbohydrate."""
    return gettext("carbs") if nutrient == "carbohydrate_g" else str(NAMES[nutrient])


@register.filter
def amount_shown(amount: str) -> str:
    """An amount beside its food and weight: nothing where it says no more than they do, "× 2" for
    a bare number."""
    if re.fullmatch(r"1|an?|one|(?:about )?[\d.,]+ ?g", amount):
        return ""
    return f"× {amount}" if re.fullmatch(r"[\d.,/½¼¾]+", amount) else amount


@register.filter
def nutrient_series(nutrient: str) -> int:
    return SERIES[nutrient]


@register.filter
def slot_icon(slot: str) -> str:
    return ICONS[Slot(slot)]


@register.filter
def day_title(page: Day) -> str:
    return title_of(page.day, page.today)
