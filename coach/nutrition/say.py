"""What the coach says of a written row: one short, true sentence that can be spoken."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coach.nutrition.actions.meals import LoggedMeal
from coach.nutrition.day import total
from coach.nutrition.models.diary import Meal
from coach.nutrition.words import day_name, for_slot, listed, spoken

MOST_NAMED = 4  # a spoken list of more foods than this is hard to follow


def foods_of(items: list[Any]) -> str:
    """"two eggs and a slice of toast"; long meals are cut: "rice, dal, two rotis and 3 more"."""
    names = [item.spoken_name for item in items]
    if len(names) > MOST_NAMED:
        more = _("%(count)d more") % {"count": len(names) - MOST_NAMED + 1}
        names = [*names[: MOST_NAMED - 1], more]
    return listed(names)


def nutrients_of(items: list[Any]) -> str:
    """"236 kilocalories and 16 grams of protein"."""
    sums = total(items)
    return listed([spoken(sums["kcal"], "kcal"), spoken(sums["protein_g"], "protein_g")])


def when_of(meal: Meal, today: date) -> str:
    """"for lunch", "for lunch yesterday"."""
    slot = for_slot(meal.slot)
    if meal.day == today:
        return slot
    return _("%(meal)s %(day)s") % {"meal": slot, "day": day_name(meal.day, today)}


def say_logged(logged: LoggedMeal, today: date) -> str:
    items = list(logged.meal.items.all())
    return _("I logged %(foods)s %(when)s: %(nutrients)s.") % {
        "foods": foods_of(items),
        "when": when_of(logged.meal, today),
        "nutrients": nutrients_of(items),
    }


def say_meal(meal: Meal, today: date) -> str:
    """What a meal holds now, as the end of a sentence about its change."""
    items = list(meal.items.all())
    return _("%(when)s is now %(foods)s: %(nutrients)s.") % {
        "when": _of(meal, today),
        "foods": foods_of(items),
        "nutrients": nutrients_of(items),
    }


def _of(meal: Meal, today: date) -> str:
    """"Your lunch", "Your snack yesterday"."""
    name = {
        "breakfast": _("Your breakfast"),
        "lunch": _("Your lunch"),
        "dinner": _("Your dinner"),
        "snack": _("Your snack"),
    }[str(meal.slot)]
    if meal.day == today:
        return name
    return _("%(meal)s %(day)s") % {"meal": name, "day": day_name(meal.day, today)}
