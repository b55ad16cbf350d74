"""Correct what was written by saying so: "make that three eggs", "actually at lunch".

The words are held against the meal that was written last, then against all of today.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.nutrition.actions.history import done_before, hold, record, snapshots
from coach.nutrition.actions.log import Question
from coach.nutrition.actions.rows import add_items, fill, place, remove, scale
from coach.nutrition.diary_clock import today, when
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.reading import Reading, Step, read_change, read_meal, same_food
from coach.types import Member

RECENT = timedelta(hours=36)
TAKE_AWAY = re.compile(
    r"\b(?:delete|remove|scrap|drop|cancel|erase|forget"
    r"|take (?:it|that|them) (?:off|out|away|back))\b",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"\b(?:meal|breakfast|lunch|dinner|supper|snack|everything|all|entry|it|that|this)\b",
    re.IGNORECASE,
)
MOVE = re.compile(
    r"\b(?:move|shift|change|actually|instead|rather|meant|was|were|had|ate|put|it'?s|that'?s|not|for|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ChangedMeal:
    """`meal` is the one to show; `change` is what can be undone."""

    meal: Meal
    change: DiaryChange

    @property
    def gone(self) -> bool:
        return self.meal.deleted_at is not None


@transaction.atomic
def change_meal(member: Member, said: str, *, key: str = "") -> ChangedMeal | Question:
    """Change the diary as `said` asks; the same `key` again returns what it did the first time.

    Writes everything that was asked for or, with a Question, nothing.
    """
    hold(member)
    if done := done_before(member, key):
        return ChangedMeal(done.meal, done)
    meals = recent_meals(member)
    if not meals:
        return Question(_("There is nothing recent in your diary to change."))
    heard = read_meal(said, today(member))
    if TAKE_AWAY.search(said) and not _names_food(meals, said) and WHOLE.search(said):
        return _delete(member, _meant(meals, heard), said, key)
    named = next((meal for meal in meals if _names_food([meal], said)), meals[0])
    for chosen in ([named], meals):
        items = [item for meal in chosen for item in meal.items.all()]
        plan = read_change(said, items)
        if plan.steps:
            return _apply(member, plan.steps, items, chosen[0], said, key)
    if heard.says_when and MOVE.search(said):
        return _move(member, meals, heard, said, key)
    return Question(plan.question or _("What should I change?"))


def recent_meals(member: Member) -> list[Meal]:
    """What `member` may mean: the meal changed last, then the others of today, newest first."""
    changes = DiaryChange.objects.for_member(member).standing()
    since = clock.now() - RECENT
    order = list(changes.filter(created_at__gt=since).values_list("meal_id", flat=True)[:20])
    kept = Meal.objects.for_member(member).kept().prefetch_related("items")
    touched = {meal.pk: meal for meal in kept.filter(pk__in=order)}
    first = next((touched[pk] for pk in order if pk in touched), None)
    of_today = list(kept.on(today(member)).order_by("-eaten_at", "-pk"))
    return ([first] if first else []) + [meal for meal in of_today if meal != first]


def _names_food(meals: list[Meal], said: str) -> bool:
    return any(same_food(item.name, said) for meal in meals for item in meal.items.all())


def _meant(meals: list[Meal], heard: Reading) -> Meal:
    """The meal that is named by its slot, or else the one changed last."""
    return next((meal for meal in meals if meal.slot == heard.slot), meals[0])


def _delete(member: Member, meal: Meal, said: str, key: str) -> ChangedMeal:
    before = snapshots([meal])
    meal.deleted_at = clock.now()
    meal.save(update_fields=["deleted_at"])
    change = record(member, DiaryChange.Verb.REMOVE, meal, before, said=said, key=key)
    return ChangedMeal(meal, change)


def _apply(
    member: Member, steps: list[Step], items: list[MealItem], newest: Meal, said: str, key: str
) -> ChangedMeal:
    touched = [items[step.target].meal for step in steps if step.target is not None] or [newest]
    before = snapshots({meal.pk: meal for meal in touched}.values())
    for step in steps:
        item = items[step.target] if step.target is not None else None
        _take(step, item, item.meal if item else touched[0])
    taken_away = all(step.kind == "remove" for step in steps)
    verb = DiaryChange.Verb.REMOVE if taken_away else DiaryChange.Verb.CHANGE
    change = record(member, verb, touched[0], before, said=said, key=key)
    change.meal.refresh_from_db()
    return ChangedMeal(change.meal, change)


def _take(step: Step, item: MealItem | None, meal: Meal) -> None:
    if step.kind == "add":
        if step.food:
            add_items(meal, [step.food])
        return
    if item is None:
        return
    if step.kind == "remove":
        remove(item)
        return
    if step.kind == "replace" and step.food:
        fill(item, step.food)
    elif step.grams and item.grams:
        scale(item, step.grams)
        item.amount, item.spoken = step.amount, step.spoken
    item.save()


def _move(
    member: Member, meals: list[Meal], heard: Reading, said: str, key: str
) -> ChangedMeal | Question:
    """Another time: of one food that is named ("the toast was at lunch"), or of the whole meal."""
    current = today(member)
    named = [item for meal in meals[:1] for item in meal.items.all() if same_food(item.name, said)]
    meal = meals[0]
    day = heard.day(current)
    if "today" in said.lower().split():
        day = current
    if 0 < len(named) < meal.items.count():
        return _move_items(member, meal, named, heard, day, said, key)
    before = snapshots([meal])
    place(member, meal, day=day, slot=heard.slot or "", time_of_day=heard.clock)
    change = record(member, DiaryChange.Verb.CHANGE, meal, before, said=said, key=key)
    return ChangedMeal(meal, change)


def _move_items(
    member: Member,
    meal: Meal,
    items: list[MealItem],
    heard: Reading,
    day: date | None,
    said: str,
    key: str,
) -> ChangedMeal:
    eaten_at, on, slot = when(
        member, day=day or meal.day, slot=heard.slot or meal.slot, time_of_day=heard.clock
    )
    target = Meal.objects.for_member(member).kept().on(on).filter(slot=slot).exclude(pk=meal.pk)
    other = target.first()
    before = snapshots([meal])
    if other is None:
        other = Meal.objects.create(
            member=member,
            eaten_at=eaten_at,
            zone=member.time_zone,
            day=on,
            slot=slot,
            said=said,
            session=meal.session,
        )
        before[str(other.pk)] = None
    else:
        before |= snapshots([other])
    start = other.items.count()
    for position, item in enumerate(items, start):
        item.meal, item.position = other, position
        item.save(update_fields=["meal", "position"])
    change = record(member, DiaryChange.Verb.CHANGE, other, before, said=said, key=key)
    return ChangedMeal(other, change)
