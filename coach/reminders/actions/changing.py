"""Make, change, cancel and put back a reminder of one's own."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.bounds import whole_text
from coach.errors import NotFound, Refused
from coach.reminders.limits import FARTHEST, MOST, TEXT_MAX_CHARS
from coach.reminders.models import DueReminder, Reminder, Unit
from coach.reminders.schedule import Rule, next_after
from coach.talk.models import Session
from coach.types import Member


def _hold(member: Member) -> None:
    """Let one change wait for another: the number of reminders has a limit."""
    get_user_model().objects.select_for_update().get(pk=member.pk)


@transaction.atomic
def make(
    member: Member,
    text: str,
    rule: Rule,
    *,
    by_mail: bool = False,
    session: Session | None = None,
) -> Reminder:
    """A new reminder. Raises Refused where its time is over or far away, or there are too many."""
    _hold(member)
    _need_room(member, 1)
    reminder = Reminder(member=member, session=session)
    return _write(reminder, text, rule, by_mail=by_mail)


def _need_room(member: Member, more: int) -> None:
    """Raises Refused where `more` open reminders would be too many."""
    if Reminder.objects.for_member(member).open().count() + more > MOST:
        words = _("You have %(most)d reminders. Please delete one first.")
        raise Refused(words % {"most": MOST}, code="too_many")


@transaction.atomic
def change(member: Member, pk: int, text: str, rule: Rule, *, by_mail: bool = False) -> Reminder:
    """Give a reminder other words and another time. Raises NotFound, Refused."""
    _hold(member)
    return _write(_mine(member, pk), text, rule, by_mail=by_mail)


def _write(reminder: Reminder, text: str, rule: Rule, *, by_mail: bool) -> Reminder:
    now, zone = clock.now(), reminder.member.time_zone
    due = next_after(rule, ZoneInfo(zone), now)
    if due is None:
        raise Refused(_("That time is over. Please choose a later one."), code="past")
    if due - now > FARTHEST:
        raise Refused(_("That is too far away. Two years are the most."), code="too_far")
    reminder.text = whole_text(text, TEXT_MAX_CHARS)
    reminder.first, reminder.at = rule.first, rule.at
    reminder.unit, reminder.every = rule.unit, rule.every
    reminder.weekdays = list(rule.weekdays)
    reminder.by_mail = by_mail
    reminder.zone, reminder.next_at = zone, due
    reminder.cancelled_at = reminder.cancelled_in = None
    reminder.save()
    return reminder


@transaction.atomic
def cancel(member: Member, pk: int, *, session: Session | None = None) -> Reminder:
    """It comes no more; `put_back` undoes that. `session`: where it was said. Raises NotFound."""
    reminder = _mine(member, pk)
    if reminder.cancelled_at is None:
        reminder.cancelled_at, reminder.cancelled_in = clock.now(), session
        reminder.save(update_fields=["cancelled_at", "cancelled_in"])
    return reminder


@transaction.atomic
def cancel_named(session: Session, keys: Collection[int]) -> list[Reminder]:
    """Cancel those of `keys` that would still come, as one change of a talk; returns them."""
    _hold(session.member)
    rows = Reminder.objects.for_member(session.member).open().filter(pk__in=keys)
    named = list(rows.select_related("member"))
    rows.update(cancelled_at=clock.now(), cancelled_in=session)
    return named


@transaction.atomic
def put_back_cancelled(member: Member, at: datetime) -> tuple[list[Reminder], list[Reminder]]:
    """Undo all that one call of a talk cancelled at `at`.

    Returns what comes again, and what does not as its time is over meanwhile. Raises Refused where
    that is all, or there would be too many.
    """
    _hold(member)
    now = clock.now()
    cancelled = Reminder.objects.for_member(member).cancelled_in_talks().filter(cancelled_at=at)
    rows = list(cancelled.select_related("member"))
    over = [row for row in rows if row.unit == Unit.ONCE and (row.next_at or now) <= now]
    back = [row for row in rows if row not in over]
    if not back:
        raise Refused(_("That time is over. Please choose a later one."), code="past")
    _need_room(member, len(back))
    for row in back:
        _write(row, row.text, row.rule, by_mail=row.by_mail)
    return back, over


@transaction.atomic
def put_back(member: Member, pk: int) -> Reminder:
    """Undo a cancellation: it comes again from now on. Raises NotFound, Refused."""
    _hold(member)
    reminder = _mine(member, pk)
    if reminder.next_at is None:
        raise Refused(_("That time is over. Please choose a later one."), code="past")
    if reminder.cancelled_at is not None:
        _need_room(member, 1)
        by_mail = reminder.by_mail
        _write(reminder, reminder.text, reminder.rule, by_mail=by_mail)
    return reminder


@transaction.atomic
def seen(member: Member, pk: int) -> DueReminder:
    """The member has seen that it was due, then and before. Raises NotFound."""
    row = DueReminder.objects.for_member(member).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("That reminder is no longer there."))
    until_then = row.reminder.times.filter(due_at__lte=row.due_at)
    until_then.filter(seen_at=None).update(seen_at=clock.now())
    return row


def _mine(member: Member, pk: int) -> Reminder:
    reminder = Reminder.objects.for_member(member).filter(pk=pk).first()
    if reminder is None:
        raise NotFound(_("That reminder is no longer there."))
    return reminder
