"""Every change of a diary is one row that can be undone and put back, exactly.

A snapshot is a meal with its items as plain JSON; a removed meal's snapshot is None. A change holds
the snapshots of the meals it touched, before and after. Undoing writes `before` back, but only
while the meals still are what `after` says; otherwise somebody changed them since.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Conflict, NotFound
from coach.nutrition.models import Food
from coach.nutrition.models.diary import NUTRIENTS, DiaryChange, Meal, MealItem
from coach.nutrition.signals import diary_changed
from coach.talk.models import Session
from coach.talk.registries.undoing import UNDO_WITHIN
from coach.types import Member

Snapshot = dict[str, Any] | None
Snapshots = dict[str, Snapshot]

ITEM_FIELDS = ("id", "food_id", "name", "amount", "spoken", "grams", *NUTRIENTS, "position")


def hold(member: Member) -> None:
    """Let one change of a member's diary wait for another. Call first inside the transaction."""
    get_user_model().objects.select_for_update().get(pk=member.pk)


def snapshot(meal: Meal) -> Snapshot:
    """The meal with its items as the database has them now, whatever `meal` was read with."""
    return _state(meal, meal.items.values(*ITEM_FIELDS))


def _state(meal: Meal, items: Iterable[dict[str, Any]]) -> Snapshot:
    if meal.deleted_at is not None:
        return None
    return {
        "eaten_at": meal.eaten_at.isoformat(),
        "zone": meal.zone,
        "day": meal.day.isoformat(),
        "slot": str(meal.slot),
        "said": meal.said,
        "items": list(items),
    }


def snapshots(meals: Iterable[Meal]) -> Snapshots:
    return {str(meal.pk): snapshot(meal) for meal in meals}


def record(
    member: Member, verb: str, meal: Meal, before: Snapshots, *, said: str = "", key: str = ""
) -> DiaryChange:
    """Write down what was done to the meals of `before`, and tell the member's open pages."""
    now = Meal.objects.for_member(member).filter(pk__in=before)
    change = DiaryChange.objects.create(
        member=member,
        meal=meal,
        verb=verb,
        said=said,
        key=key,
        before=before,
        after=snapshots(now),
    )
    tell(member)
    return change


def done_before(member: Member, key: str) -> DiaryChange | None:
    """The change that was made with `key`, so that doing it again changes nothing."""
    if not key:
        return None
    changes = DiaryChange.objects.for_member(member).select_related("meal")
    # Said once more, since SQLite uses a partial index only where the query says its condition.
    return changes.filter(key=key).exclude(key="").first()


def tell(member: Member) -> None:
    """Announce that the diary has changed, and bid the member's open talk to draw the day again."""
    diary_changed.send(Meal, member=member)
    for session in Session.objects.for_member(member).live():
        publish(session.group, wire.DataChanged("day"))


def last_was_a_removal(member: Member) -> bool:
    """Whether something was taken out last: what is to come back then was removed, not undone."""
    changes = DiaryChange.objects.for_member(member).order_by("-created_at", "-pk")
    last = changes.filter(created_at__gt=clock.now() - UNDO_WITHIN).first()
    return last is not None and last.undone_at is None and last.verb == DiaryChange.Verb.REMOVE


@transaction.atomic
def undo(member: Member, change_id: int | None = None) -> DiaryChange:
    """Revert the change named, or else the last one that still stands. Raises NotFound, Conflict.

    Undoing what is already undone returns it and changes nothing.
    """
    hold(member)
    changes = DiaryChange.objects.for_member(member).select_related("meal")
    if change_id is None:
        change = changes.standing().filter(created_at__gt=clock.now() - UNDO_WITHIN).first()
    else:
        change = changes.filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("There is nothing to undo."))
    if change.undone_at is None:
        _write(member, change, expected=change.after, wanted=change.before)
        change.undone_at = clock.now()
        change.save(update_fields=["undone_at"])
        tell(member)
    return change


@transaction.atomic
def restore(member: Member, change_id: int | None = None) -> DiaryChange:
    """Put back what `undo` reverted: the change named, or else the one undone last."""
    hold(member)
    changes = DiaryChange.objects.for_member(member).select_related("meal")
    if change_id is None:
        undone = changes.exclude(undone_at=None)
        lately = undone.filter(undone_at__gt=clock.now() - UNDO_WITHIN)
        change = lately.order_by("-undone_at", "pk").first()
    else:
        change = changes.filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("There is nothing to put back."))
    if change.undone_at is not None:
        _write(member, change, expected=change.before, wanted=change.after)
        change.undone_at = None
        change.save(update_fields=["undone_at"])
        tell(member)
    return change


def touched_by(changes: Iterable[DiaryChange]) -> set[int]:
    """Keys of the meals that `changes` touched."""
    return {int(key) for change in changes for key in change.meals}


def undoable(changes: Iterable[DiaryChange], meals: Mapping[int, Meal]) -> set[int]:
    """Keys of the changes whose undoing (or putting back) would meet the meals as they left them.

    `meals`: those that the changes touched, by their keys, read with their items.
    """
    states = {(meal.member_id, str(key)): _read_state(meal) for key, meal in meals.items()}
    return {change.pk for change in changes if _stands(change, states)}


def _read_state(meal: Meal) -> Snapshot:
    """A snapshot of the items that `meal` was read with."""
    items = meal.items.all()
    return _state(meal, ({name: getattr(item, name) for name in ITEM_FIELDS} for item in items))


def _stands(change: DiaryChange, states: Mapping[tuple[int, str], Snapshot]) -> bool:
    expected = change.after if change.undone_at is None else change.before
    current = {key: states.get((change.member_id, key)) for key in change.meals}
    return _same(change, current, expected)


def _write(member: Member, change: DiaryChange, *, expected: Snapshots, wanted: Snapshots) -> None:
    if not _is(change, expected):
        raise Conflict(_("That meal was changed again since, so I left it as it is."))
    meals = list(Meal.objects.for_member(member).filter(pk__in=wanted))
    # All items go before any comes back: one may have moved from one meal to the other.
    states = {meal.pk: state for meal in meals if (state := wanted[str(meal.pk)])}
    coming = [row["id"] for state in states.values() for row in state["items"]]
    MealItem.objects.filter(Q(meal__in=states) | Q(pk__in=coming)).delete()
    for meal in meals:
        _write_meal(meal, wanted[str(meal.pk)])
    change.meal.refresh_from_db()


def _write_meal(meal: Meal, wanted: Snapshot) -> None:
    """Make `meal`, whose items are gone, what the snapshot says."""
    if wanted is None:
        meal.deleted_at = clock.now()
        meal.save(update_fields=["deleted_at"])
        return
    meal.deleted_at = None
    meal.eaten_at = datetime.fromisoformat(wanted["eaten_at"])
    meal.day = date.fromisoformat(wanted["day"])
    meal.zone, meal.slot, meal.said = wanted["zone"], wanted["slot"], wanted["said"]
    meal.save()
    foods = set(
        Food.objects.filter(pk__in=[row["food_id"] for row in wanted["items"]]).values_list(
            "pk", flat=True
        )
    )
    MealItem.objects.bulk_create(
        MealItem(
            meal=meal, **{**row, "food_id": row["food_id"] if row["food_id"] in foods else None}
        )
        for row in wanted["items"]
    )


def _is(change: DiaryChange, expected: Snapshots) -> bool:
    meals = Meal.objects.filter(member_id=change.member_id, pk__in=change.meals)
    return _same(change, snapshots(meals), expected)


def _same(change: DiaryChange, current: Snapshots, expected: Snapshots) -> bool:
    return all(_bare(current.get(key)) == _bare(expected.get(key)) for key in change.meals)


def _bare(state: Snapshot) -> Snapshot:
    """Without the links to foods: a food that was deleted since changes no meal."""
    if state is None:
        return None
    items = [{k: v for k, v in row.items() if k != "food_id"} for row in state["items"]]
    return {**state, "items": items}
