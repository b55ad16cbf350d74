"""Answer a question about a day in a sentence or two, from the rows of the diary."""

from collections.abc import Sequence
from datetime import date, time
from typing import Final

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from coach.nutrition.day import MACROS, Day, Progress, day_for, total
from coach.nutrition.models.diary import Slot
from coach.nutrition.speech.phrasing import day_name, for_slot, listed, spoken
from coach.nutrition.speech.questions import Question, understand
from coach.nutrition.speech.say import foods_of
from coach.types import Member

NEAR_MINUTES: Final = 30


def say_day(member: Member, said: str, of: date, *, numbers: bool = True) -> tuple[str, Day]:
    """A sentence or two that answer `said` of the diary day `of`, and that day.

    `numbers`: whether the member may hear amounts.
    """
    asked = understand(said)
    day = day_for(member, of)
    if not numbers and day.meals:
        return _list(day, asked, numbers=False), day
    if asked.own_limit and asked.remaining:
        return _left_of(day, asked.own_limit), day
    if asked.listing and not (asked.remaining and asked.target):
        return _list(day, asked), day
    if asked.target or asked.remaining:
        return _against(day, asked), day
    if asked.nutrients or asked.slot:
        return _amounts(day, asked), day
    return _overall(day), day


def _nothing(day: Day, slot: Slot | None) -> str:
    named = day_name(day.day, day.today)
    if slot:
        return _("There is nothing in your diary %(meal)s %(day)s.") % {
            "meal": for_slot(slot),
            "day": named,
        }
    if day.is_today:
        return _("There is nothing in your diary yet today.")
    return _("There is nothing in your diary %(day)s.") % {"day": named}


def _list(day: Day, asked: Question, *, numbers: bool = True) -> str:
    slots = [group for group in day.slots if asked.slot in (None, group.slot)]
    if asked.at is not None and asked.slot is None:
        return _list_at(day, asked.at, numbers=numbers)
    if not slots:
        return _nothing(day, asked.slot)
    parts = [
        _("%(foods)s %(meal)s") % {"foods": foods_of(group.items), "meal": for_slot(group.slot)}
        for group in slots
    ]
    meals = _("; and ").join(filter(None, ["; ".join(parts[:-1]), parts[-1]]))
    if not numbers:
        return _("%(day)s you had %(meals)s.") % {"day": _start(day), "meals": meals}
    return _("%(day)s you had %(meals)s: %(kcal)s.") % {
        "day": _start(day),
        "meals": meals,
        "kcal": spoken(sum(group.totals["kcal"] for group in slots), "kcal"),
    }


def _list_at(day: Day, at: time, *, numbers: bool) -> str:
    """What was eaten at a time of the clock, or within half an hour of it."""
    minutes = at.hour * 60 + at.minute
    meals = [
        meal
        for meal in day.meals
        if abs(meal.local_time.hour * 60 + meal.local_time.minute - minutes) <= NEAR_MINUTES
    ]
    named = {"day": _start(day), "time": time_format(at, "TIME_FORMAT")}
    if not meals:
        return _("%(day)s there is nothing in your diary at %(time)s.") % named
    items = [item for meal in meals for item in meal.items.all()]
    had = {**named, "foods": foods_of(items), "meal": for_slot(Slot(meals[0].slot))}
    if not numbers:
        return _("%(day)s at %(time)s you had %(foods)s %(meal)s.") % had
    return _("%(day)s at %(time)s you had %(foods)s %(meal)s: %(kcal)s.") % {
        **had,
        "kcal": spoken(total(items)["kcal"], "kcal"),
    }


def _left_of(day: Day, limit: float) -> str:
    """What is left of a limit that the question names."""
    eaten = day.totals["kcal"]
    had = {"eaten": spoken(eaten, "kcal"), "limit": spoken(limit, "kcal")}
    if eaten >= limit:
        return _("You have had %(eaten)s today, so %(limit)s are reached.") % had
    return _("You have had %(eaten)s today. Of %(limit)s that leaves %(left)s.") % {
        **had,
        "left": spoken(limit - eaten, "kcal"),
    }


def _amounts(day: Day, asked: Question) -> str:
    items = [
        item for group in day.slots if asked.slot in (None, group.slot) for item in group.items
    ]
    if not items:
        return _nothing(day, asked.slot)
    sums = total(items)
    nutrients = asked.nutrients or ("kcal", "protein_g")
    eaten = listed([spoken(sums[name], name) for name in nutrients])
    if asked.slot:
        return _("%(day)s you had %(eaten)s %(meal)s.") % {
            "day": _start(day),
            "eaten": eaten,
            "meal": for_slot(asked.slot),
        }
    sentence = (
        _("You have had %(eaten)s today.") if day.is_today else _("You had %(eaten)s %(day)s.")
    )
    named = day_name(day.day, day.today)
    goals = [spoken(target.goal, name) for name in nutrients if (target := day.targets.of(name))]
    said = sentence % {"eaten": eaten, "day": named}
    if not goals or len(nutrients) > 1:
        return said
    return _("%(sentence)s Your goal is %(goal)s.") % {"sentence": said, "goal": goals[0]}


def _against(day: Day, asked: Question) -> str:
    names = asked.nutrients or (("kcal",) if asked.remaining else ("kcal", *MACROS))
    known = [day.progress(name) for name in names if day.targets.of(name)]
    if not known:
        return _no_targets(day, asked)
    if asked.remaining:
        return " ".join(_left(progress) for progress in known)
    goals = listed(
        [spoken(progress.target.goal, progress.nutrient) for progress in known if progress.target]
    )
    by = (
        _("Your dietitian set your target: %(goals)s a day.")
        if day.targets.source == "dietitian"
        else _("Your target is about %(goals)s a day.")
    )
    return by % {"goals": goals}


def _left(progress: Progress) -> str:
    if progress.left <= 0:
        return _("You have reached your goal: %(eaten)s.") % {
            "eaten": spoken(progress.eaten, progress.nutrient)
        }
    return _("You have %(left)s left of %(goal)s.") % {
        "left": spoken(progress.left, progress.nutrient),
        "goal": spoken(progress.target.goal, "kcal").split(" ")[0] if progress.target else "",
    }


def _no_targets(day: Day, asked: Question) -> str:
    if day.targets.why:
        return day.targets.why
    eaten: Sequence[str] = asked.nutrients or ("kcal",)
    return _("I keep no target for that. You have had %(eaten)s.") % {
        "eaten": listed([spoken(day.totals[name], name) for name in eaten])
    }


def _overall(day: Day) -> str:
    if not day.meals:
        return _nothing(day, None)
    eaten = listed([spoken(day.totals[name], name) for name in ("kcal", "protein_g")])
    start = _("So far today: %(eaten)s.") if day.is_today else _("%(day)s you had %(eaten)s.")
    said = start % {"eaten": eaten, "day": _start(day)}
    energy = day.energy
    if energy.target is None:
        return said
    if energy.within:
        return _("%(sentence)s That is within your range.") % {"sentence": said}
    if energy.left > 0:
        return _("%(sentence)s That leaves %(left)s to your goal.") % {
            "sentence": said,
            "left": spoken(energy.left, "kcal"),
        }
    return _("%(sentence)s That is a little more than your range, and one day matters little.") % {
        "sentence": said
    }


def _start(day: Day) -> str:
    """The day at the start of a sentence: "Today", "Yesterday", "On Monday"."""
    name = day_name(day.day, day.today)
    return name[:1].upper() + name[1:]
