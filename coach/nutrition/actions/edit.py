"""Change one item or one meal of the diary by hand."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError
from coach.nutrition.actions.history import hold, record, snapshots
from coach.nutrition.actions.rows import MAX_GRAMS, item_of, meal_of, place, remove, scale
from coach.nutrition.models.diary import DiaryChange
from coach.types import Member


@transaction.atomic
def edit_item(member: Member, item_id: int, grams: float) -> DiaryChange:
    """Set the weight of one item; its nutrients follow in proportion to what they were."""
    hold(member)
    item = item_of(member, item_id)
    if not 0 < grams <= MAX_GRAMS:
        raise CoachError(_("Type a weight between 1 and 10,000 grams."), code="invalid")
    before = snapshots([item.meal])
    scale(item, grams)
    item.amount = item.spoken = ""
    item.save()
    return record(member, DiaryChange.Verb.CHANGE, item.meal, before)


@transaction.atomic
def delete_item(member: Member, item_id: int) -> DiaryChange:
    """Take one item out; a meal without items goes with its last one."""
    hold(member)
    item = item_of(member, item_id)
    before = snapshots([item.meal])
    remove(item)
    return record(member, DiaryChange.Verb.REMOVE, item.meal, before)


@transaction.atomic
def delete_meal(member: Member, meal_id: int) -> DiaryChange:
    """Take a meal out of the diary; undoing brings it back."""
    hold(member)
    meal = meal_of(member, meal_id)
    before = snapshots([meal])
    meal.deleted_at = clock.now()
    meal.save(update_fields=["deleted_at"])
    return record(member, DiaryChange.Verb.REMOVE, meal, before)


@transaction.atomic
def move_meal(
    member: Member,
    meal_id: int,
    *,
    day: date | None = None,
    slot: str = "",
    time_of_day: time | None = None,
) -> DiaryChange:
    """Change when a meal was: its diary day, its slot, its time on the clock."""
    hold(member)
    meal = meal_of(member, meal_id)
    before = snapshots([meal])
    place(member, meal, day=day, slot=slot, time_of_day=time_of_day)
    return record(member, DiaryChange.Verb.CHANGE, meal, before)
