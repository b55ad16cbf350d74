"""Nutrients, lists, days and meals as people say and read them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coach.nutrition.models.diary import Slot

NAMES = {
    "kcal": gettext_lazy("energy"),
    "protein_g": gettext_lazy("protein"),
    "carbohydrate_g": gettext_lazy("carbohydrate"),
    "fat_g": gettext_lazy("fat"),
    "fibre_g": gettext_lazy("fibre"),
    "sugar_g": gettext_lazy("sugars"),
    "saturated_fat_g": gettext_lazy("saturated fat"),
    "sodium_mg": gettext_lazy("sodium"),
}


def rounded(value: float, nutrient: str = "kcal") -> str:
    """`value` as shown: kilocalories and milligrams to 1, grams to 1 and below 10 to 0.1."""
    if nutrient.endswith("_g") and round(value, 1) < 10:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:,.0f}" if round(value) else "0"


def spoken(value: float, nutrient: str) -> str:
    """`value` with its unit and name in words: "16 grams of protein"."""
    number = rounded(value, nutrient)
    if nutrient == "kcal":
        return _kilocalories(number)
    name = NAMES[nutrient]
    if nutrient.endswith("_mg"):
        return _("%(number)s milligrams of %(nutrient)s") % {"number": number, "nutrient": name}
    if number == "1":
        return _("1 gram of %(nutrient)s") % {"nutrient": name}
    return _("%(number)s grams of %(nutrient)s") % {"number": number, "nutrient": name}


def _kilocalories(number: str) -> str:
    count = int(number.replace(",", ""))
    return ngettext("%(number)s kilocalorie", "%(number)s kilocalories", count) % {"number": number}


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return _("%(first)s and %(last)s") % {"first": ", ".join(things[:-1]), "last": things[-1]}


def day_name(day: date, today: date) -> str:
    """How a day is called within a sentence: "today", "yesterday", "on Monday", "on March 4"."""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if timedelta(0) < today - day < timedelta(days=7):
        return _("on %(weekday)s") % {"weekday": date_format(day, "l")}
    return _("on %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}


def day_title(day: date, today: date) -> str:
    """How a day is called as a heading: "Today", "Yesterday", "Monday", "March 4"."""
    if abs(day - today) <= timedelta(days=1):
        return day_name(day, today).capitalize()
    if timedelta(0) < today - day < timedelta(days=7):
        return date_format(day, "l")
    return date_format(day, "MONTH_DAY_FORMAT")


def for_slot(slot: str) -> str:
    return {
        Slot.BREAKFAST: _("for breakfast"),
        Slot.LUNCH: _("for lunch"),
        Slot.DINNER: _("for dinner"),
        Slot.SNACK: _("as a snack"),
    }[Slot(slot)]
