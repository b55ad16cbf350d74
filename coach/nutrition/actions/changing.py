"""Correct what was written by saying so: "make that three eggs", "actually at lunch".

Nothing is touched but what the words name: what they name and is not there is asked for. Where they
name no meal, they are held against the meal that was written last, then against all of today.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.nutrition.actions.history import Snapshots, done_before, hold, record, snapshots
from coach.nutrition.actions.log import Question
from coach.nutrition.actions.meant import (
    foods_named,
    found_earlier,
    meals_meant,
    no_such_food,
    no_such_meal,
    recent_meals,
    which_meal,
    with_foods,
    with_names,
)
from coach.nutrition.actions.moving import move_all, move_foods
from coach.nutrition.actions.rows import add_items, fill, remove, scale
from coach.nutrition.diary_clock import said_at
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.reading import Request, Step, read_change, read_correction
from coach.types import Member


@dataclass(frozen=True)
class ChangedMeal:
    """`meal` is the one to show; `change` is what can be undone."""

    meal: Meal
    change: DiaryChange

    @property
    def gone(self) -> bool:
        return self.meal.deleted_at is not None


@dataclass(frozen=True)
class _Asked:
    """Who asks for what, and the name of the request."""

    member: Member
    said: str
    key: str
    request: Request

    def done(self, verb: str, meal: Meal, before: Snapshots) -> ChangedMeal | Question:
        """What was done, as a row that can be undone; a word where the rows are as they were."""
        meals = Meal.objects.for_member(self.member).filter(pk__in=before)
        if snapshots(meals) == before:
            return Question(_("It is like that in your diary already."))
        change = record(self.member, verb, meal, before, said=self.said, key=self.key)
        change.meal.refresh_from_db()
        return ChangedMeal(change.meal, change)


@transaction.atomic
def change_meal(member: Member, said: str, *, key: str = "") -> ChangedMeal | Question:
    """Change the diary as `said` asks; the same `key` again returns what it did the first time.

    Writes everything that was asked for or, with a Question, nothing.
    """
    hold(member)
    if done := done_before(member, key):
        return ChangedMeal(done.meal, done)
    recent = recent_meals(member)
    said = with_names(said, recent)
    request = read_correction(said, said_at(member))
    meals = meals_meant(member, request.meals, recent)
    if not meals and not request.meals:
        return Question(_("There is nothing recent in your diary to change."))
    if not meals:
        return no_such_meal(member, request.meals, recent)
    if not request.meals:
        meals = found_earlier(member, request.what, meals) + meals
    asked = _Asked(member, said, key, request)
    verb = {"remove": _remove, "move": _move, "change": _change}[request.verb]
    return verb(asked, meals)


def _remove(asked: _Asked, meals: list[Meal]) -> ChangedMeal | Question:
    request = asked.request
    if request.what:
        return _change_items(asked, meals, f"remove {request.what}")
    of_day = [meal for meal in meals if meal.day == meals[0].day]
    several = len(of_day) > 1 and (request.everything or bool(request.meals))
    two = request.both and meals[0].items.count() != 2
    if several or two:
        return which_meal(asked.member, meals)
    meal, before = meals[0], snapshots(meals[:1])
    meal.deleted_at = clock.now()
    meal.save(update_fields=["deleted_at"])
    return asked.done(DiaryChange.Verb.REMOVE, meal, before)


def _move(asked: _Asked, meals: list[Meal]) -> ChangedMeal | Question:
    """Another time: of foods that are named ("the toast was at lunch"), or of the whole meal."""
    what, to = asked.request.what, asked.request.to
    holding = with_foods(meals, what) if what else meals[:1]
    if not holding:
        return no_such_food(asked.member, what, meals)
    meal = holding[0]
    items = foods_named(meal, what) if what else []
    if 0 < len(items) < meal.items.count():
        other, before = move_foods(asked.member, meal, items, to, asked.said)
        return asked.done(DiaryChange.Verb.CHANGE, other, before)
    before = move_all(asked.member, meal, to)
    return asked.done(DiaryChange.Verb.CHANGE, meal, before)


def _change(asked: _Asked, meals: list[Meal]) -> ChangedMeal | Question:
    return _change_items(asked, meals, asked.request.what)


def _change_items(asked: _Asked, meals: list[Meal], words: str) -> ChangedMeal | Question:
    """Change foods of the meal that holds what is named, or else of any that may be meant."""
    named = next(iter(with_foods(meals, words)), meals[0])
    question = ""
    for chosen in ([named], meals):
        items = [item for meal in chosen for item in meal.items.all()]
        plan = read_change(words, items, guesses=chosen[0] is named and len(chosen) == 1)
        if plan.steps:
            return _apply(asked, plan.steps, items, chosen[0])
        question = plan.question
    return Question(question or _("What should I change?"))


def _apply(
    asked: _Asked, steps: list[Step], items: list[MealItem], newest: Meal
) -> ChangedMeal | Question:
    touched = [items[step.target].meal for step in steps if step.target is not None] or [newest]
    before = snapshots({meal.pk: meal for meal in touched}.values())
    for step in steps:
        item = items[step.target] if step.target is not None else None
        _take(step, item, item.meal if item else touched[0])
    taken_away = all(step.kind == "remove" for step in steps)
    verb = DiaryChange.Verb.REMOVE if taken_away else DiaryChange.Verb.CHANGE
    return asked.done(verb, touched[0], before)


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
