"""Deliver what is due: a row for the member's pages, a line in a live talk, a mail if wished."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from coach import clock
from coach.after_commit import enqueue
from coach.reminders.actions.mailing import SEND_ONE
from coach.reminders.limits import (
    DELIVERED_AT_ONCE,
    DUE_KEPT,
    PRUNED_AT_ONCE,
    PUT_OFF,
    REMINDER_KEPT,
)
from coach.reminders.models import DueReminder, Reminder, Unit
from coach.reminders.phrases import what
from coach.reminders.schedule import next_after
from coach.talk.actions import record_turn
from coach.talk.language import language_of
from coach.talk.models import Floor, Session, Turn
from coach.types import Member

log = structlog.get_logger(__name__)


def deliver_due(at: datetime) -> int:
    """Deliver what is due at the database's time `at`; returns how many. The sweeper calls it."""
    done = 0
    for reminder in Reminder.objects.due(at).select_related("member")[:DELIVERED_AT_ONCE]:
        try:
            if _deliver(reminder, at):
                done += 1
                _tell(reminder)
        except Exception as error:  # noqa: BLE001  one broken row must not stop the timers of all
            log.warning("reminder_not_delivered", reminder=reminder.pk, error=type(error).__name__)
            _put_off(reminder, at)
    return done


def _put_off(reminder: Reminder, at: datetime) -> None:
    """Rows that fail must not come first again in each walk, or they starve the others."""
    mine = Reminder.objects.open().filter(pk=reminder.pk, next_at=reminder.next_at)
    try:
        mine.update(next_at=at + PUT_OFF)
    except DatabaseError as error:
        log.error("reminder_not_put_off", reminder=reminder.pk, error=type(error).__name__)


@transaction.atomic
def _deliver(reminder: Reminder, at: datetime) -> bool:
    """One of several sweepers delivers: the one whose update finds the time as it was read.

    What was due several times while nobody swept comes once.
    """
    due_at, zone = reminder.next_at, ZoneInfo(reminder.member.time_zone)
    assert due_at is not None
    later = next_after(reminder.rule, zone, at) if reminder.unit else None
    mine = (
        Reminder.objects.open()
        .filter(pk=reminder.pk, next_at=due_at)
        .update(next_at=later, zone=zone.key)
    )
    if not mine:
        return False
    row = DueReminder.objects.create(
        reminder=reminder, due_at=due_at, mail_at=at if reminder.by_mail else None
    )
    if reminder.by_mail:
        enqueue(SEND_ONE, row.pk)
    return True


def _tell(reminder: Reminder) -> None:
    """A line in the thread of the member's live talk, if there is one and nobody is in danger.

    It has a transaction of its own: who holds a talk may wait for the reminder.
    """
    session = Session.objects.for_member(reminder.member).live().defer("brief").first()
    if session is None or session.floor == Floor.SAFETY_HOLD:
        return
    with translation.override(language_of(reminder.member)):
        text = _("Reminder: %(what)s.") % {"what": what(reminder)}
    record_turn(session, Turn.Speaker.SYSTEM, text, source=Turn.Source.TEXT)


@transaction.atomic
def follow_zone(member: Member) -> int:
    """The member's time zone has changed: what comes again follows their wall clock.

    What comes once is an instant and stays. Returns how many were moved.
    """
    zone, now, moved = ZoneInfo(member.time_zone), clock.now(), 0
    rows = Reminder.objects.for_member(member).open().exclude(unit=Unit.ONCE)
    for row in rows.filter(next_at__gt=now).exclude(zone=zone.key):  # what is due is delivered
        later = next_after(row.rule, zone, now)
        same = Reminder.objects.open().filter(pk=row.pk, next_at=row.next_at)  # not yet delivered
        moved += same.update(zone=zone.key, next_at=later)
    return moved


def prune(at: datetime) -> int:
    """Delete times that are shown no more, and reminders that come no more; returns how many."""
    return _prune_times(at) + _prune_reminders(at)


def _prune_times(at: datetime) -> int:
    old = DueReminder.objects.filter(due_at__lt=at - DUE_KEPT).values_list("pk", flat=True)
    gone, _of = DueReminder.objects.filter(pk__in=list(old[:PRUNED_AT_ONCE])).delete()
    return gone


def _prune_reminders(at: datetime) -> int:
    """What was cancelled, or was due for the last time, long ago. Its times go before it."""
    since = at - REMINDER_KEPT
    # What comes once was due on `first` of its zone, which may begin a day after that of UTC ends.
    last_day = (since - timedelta(days=1)).date()
    over = Q(cancelled_at__lt=since) | Q(next_at=None, cancelled_at=None, first__lt=last_day)
    old = Reminder.objects.filter(over, times=None).values_list("pk", flat=True)
    gone, _of = Reminder.objects.filter(pk__in=list(old[:PRUNED_AT_ONCE])).delete()
    return gone
