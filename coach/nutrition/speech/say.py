"""What the coach says of a written row: one short, true sentence that can be spoken."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from coach.nutrition.actions import ChangedMeal, LoggedMeal
from coach.nutrition.day import total
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.speech.phrasing import day_name, for_slot, listed, spoken

MOST_NAMED = 4  # a spoken list of more foods than this is hard to follow


def foods_of(items: Sequence[MealItem]) -> str:
    """ "two eggs and a slice of toast"; long meals are cut: "rice, dal, two rotis and 3 more"."""
    names = [item.spoken_name for item in items]
    if len(names) > MOST_NAMED:
        more = _("%(count)d more") % {"count": len(names) - MOST_NAMED + 1}
        names = [*names[: MOST_NAMED - 1], more]
    return listed(names)


def nutrients_of(items: Sequence[MealItem]) -> str:
    """ "236 kilocalories and 16 grams of protein"."""
    sums = total(items)
    return listed([spoken(sums["kcal"], "kcal"), spoken(sums["protein_g"], "protein_g")])


def when_of(meal: Meal, today: date) -> str:
    """ "for lunch", "for lunch yesterday"."""
    slot = for_slot(meal.slot)
    if meal.day == today:
        return slot
    return _("%(meal)s %(day)s") % {"meal": slot, "day": day_name(meal.day, today)}


def say_logged(logged: LoggedMeal, today: date) -> str:
    """ "I logged two eggs for breakfast and a salad for lunch: 390 kilocalories and …"."""
    items = {meal.pk: list(meal.items.all()) for meal in logged.meals}
    parts = [
        _("%(foods)s %(when)s") % {"foods": foods_of(items[meal.pk]), "when": when_of(meal, today)}
        for meal in logged.meals
    ]
    return _("I logged %(meals)s: %(nutrients)s.") % {
        "meals": listed(parts),
        "nutrients": nutrients_of([item for of_meal in items.values() for item in of_meal]),
    }


def say_meal(meal: Meal, today: date) -> str:
    """ "Your breakfast is now three eggs: 216 kilocalories and 19 grams of protein."."""
    items = list(meal.items.all())
    return _("%(meal)s is now %(foods)s: %(nutrients)s.") % {
        "meal": _of(meal, today),
        "foods": foods_of(items),
        "nutrients": nutrients_of(items),
    }


def say_changed(changed: ChangedMeal, today: date) -> str:
    if changed.gone:
        return _("Done. %(what)s from your diary.") % {"what": _removed(changed.meal, today)}
    return _("Done. %(meal)s") % {"meal": say_meal(changed.meal, today)}


def say_undone(change: DiaryChange, today: date) -> str:
    return _said_after(change, today, _("Undone."))


def say_restored(change: DiaryChange, today: date) -> str:
    return _said_after(change, today, _("It is back."))


def say_proposed(draft: MealDraft) -> str:
    return _(
        "This is an estimate from a photo and not in your diary yet: %(foods)s, %(nutrients)s."
        " Shall I add it?"
    ) % {"foods": foods_of(draft.items), "nutrients": nutrients_of(draft.items)}


def say_draft(draft: MealDraft) -> str:
    """How a draft stands after a change."""
    if draft.discarded_at is not None:
        return _("All right, nothing was added to your diary.")
    return _("The draft is now %(foods)s: %(nutrients)s. Shall I add it?") % {
        "foods": foods_of(draft.items),
        "nutrients": nutrients_of(draft.items),
    }


def _said_after(change: DiaryChange, today: date, start: str) -> str:
    if change.meal.deleted_at is not None:
        return _("%(start)s %(what)s from your diary.") % {
            "start": start,
            "what": _removed(change.meal, today),
        }
    return f"{start} {say_meal(change.meal, today)}"


def _removed(meal: Meal, today: date) -> str:
    """ "I removed two eggs for breakfast": what a removed meal still knows that it held."""
    items = list(meal.items.all())
    if items:
        return _("I removed %(foods)s %(when)s") % {
            "foods": foods_of(items),
            "when": when_of(meal, today),
        }
    name = _of(meal, today)
    return _("I removed %(meal)s") % {"meal": name[:1].lower() + name[1:]}


def _of(meal: Meal, today: date) -> str:
    """ "Your lunch", "Your snack yesterday"."""
    name = {
        "breakfast": _("Your breakfast"),
        "lunch": _("Your lunch"),
        "dinner": _("Your dinner"),
        "snack": _("Your snack"),
    }[str(meal.slot)]
    if meal.day == today:
        return name
    return _("%(meal)s %(day)s") % {"meal": name, "day": day_name(meal.day, today)}
