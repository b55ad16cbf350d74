"""What reminders register: taking one back by a word, and following the member's time zone."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from coach import clock
from coach.reminders import actions
from coach.reminders.models import Reminder
from coach.reminders.phrases import put_back, sentence, what, when
from coach.talk.models import Session
from coach.talk.registries.memory import MOST, Remembered, remembers
from coach.talk.registries.undoing import UNDO_WITHIN, LastChange, can_undo
from coach.types import Member


@can_undo
def newest_reminder(session: Session) -> LastChange | None:
    """The reminder that was made last, in a talk."""
    member = session.member
    since = clock.now() - UNDO_WITHIN
    rows = Reminder.objects.for_member(member).open().filter(created_at__gt=since)
    row = rows.exclude(session=None).order_by("-created_at", "-pk").first()
    if row is None:
        return None
    pk = row.pk

    def undo() -> str:
        taken = actions.cancel(member, pk)
        return _("Done. I have deleted the reminder: %(what)s.") % {"what": what(taken)}

    return LastChange(row.created_at, undo)


@can_undo
def newest_cancelled(session: Session) -> LastChange | None:
    """What was cancelled last, in a talk: one reminder, or all of them."""
    member, since = session.member, clock.now() - UNDO_WITHIN
    rows = Reminder.objects.for_member(member).cancelled_in_talks().filter(cancelled_at__gt=since)
    row = rows.order_by("-cancelled_at").first()
    if row is None or row.cancelled_at is None:
        return None
    at = row.cancelled_at

    def undo() -> str:
        back, over = actions.put_back_cancelled(member, at)
        return put_back(back, over, member.local(clock.now()).date())

    return LastChange(at, undo)


@receiver(post_save, sender=get_user_model(), dispatch_uid="reminders.zone")
def zone_changed(instance: Member, created: bool, update_fields: Any, **_signal: object) -> None:
    """Reminders follow the wall clock of where their member is."""
    if not created and (update_fields is None or "time_zone" in update_fields):
        actions.follow_zone(instance)


@remembers
def open_reminders(member: Member) -> list[Remembered]:
    """What will come, the next first; what comes today is said at the beginning of a talk."""
    now = clock.now()
    today = member.local(now).date()
    kept = []
    for row in Reminder.objects.for_member(member).open().select_related("member")[:MOST]:
        words = {"what": what(row), "when": when(row, today)}
        text = sentence(_("They are reminded: %(what)s, %(when)s") % words)
        said = row.next_at is not None and member.local(row.next_at).date() == today
        say = sentence(_("I will remind you %(when)s: %(what)s") % words) if said else ""
        kept.append(Remembered(now if said else row.created_at, text, say))
    return kept
