"""Put a meal, or foods of it, at another time."""

from collections.abc import Sequence
from datetime import date, timedelta

from coach.nutrition.actions.history import Snapshots, snapshots
from coach.nutrition.actions.rows import place
from coach.nutrition.diary_clock import today, when
from coach.nutrition.meals import Target
from coach.nutrition.models.diary import Meal, MealItem
from coach.types import Member


def day_of_target(member: Member, meal: Meal, to: Target) -> date | None:
    """The day that `to` names; None: it names none."""
    if to.day_before:
        return meal.day - timedelta(days=1)
    return None if to.days_back is None else today(member) - timedelta(days=to.days_back)


def move_all(member: Member, meal: Meal, to: Target) -> Snapshots:
    """Put the whole meal where `to` says; returns what it was before."""
    before = snapshots([meal])
    place(
        member, meal, day=day_of_target(member, meal, to), slot=to.slot or "", time_of_day=to.time
    )
    return before


def move_foods(
    member: Member, meal: Meal, items: Sequence[MealItem], to: Target, said: str
) -> tuple[Meal, Snapshots]:
    """Put `items` of `meal` into the meal that is where `to` says, or into a new one there."""
    day = day_of_target(member, meal, to) or meal.day
    eaten_at, on, slot = when(member, day=day, slot=to.slot or meal.slot, time_of_day=to.time)
    others = Meal.objects.for_member(member).kept().on(on).filter(slot=slot).exclude(pk=meal.pk)
    other = others.first()
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
    for position, item in enumerate(items, other.items.count()):
        item.meal, item.position = other, position
        item.save(update_fields=["meal", "position"])
    return other, before
