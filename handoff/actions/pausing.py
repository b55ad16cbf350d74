"""Pause the intake of new calls. P0 and P1 are never paused."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Conflict, Refused
from handoff.actions import queue
from handoff.actions.supervising import check_supervisor, reason_of
from handoff.models import Expert, IntakePause
from handoff.timeouts import PAUSE_MAX


def pause_intake(expert: Expert, span: timedelta, reason: str) -> IntakePause:
    """From now on and for `span`, calls of P2 to P4 that come do not ring; then they do.

    Whoever waits already is served as before. Raises Refused, or Conflict where it is paused.
    """
    check_supervisor(expert)
    reason = reason_of(reason)
    if not timedelta(0) < span <= PAUSE_MAX:
        hours = PAUSE_MAX // timedelta(hours=1)
        raise Refused(_("Choose a span of at most %(hours)d hours.") % {"hours": hours})
    try:
        with transaction.atomic():
            at = clock.now()
            _close_past()
            pause = IntakePause.objects.create(
                by=expert, reason=reason, starts_at=at, until=at + span
            )
            _tell()
    except IntegrityError as error:  # the index that allows one at a time
        raise Conflict(_("A colleague has paused the intake already.")) from error
    return pause


@transaction.atomic
def resume_intake(expert: Expert) -> None:
    """End the pause before its time. Raises Conflict when there is none any more."""
    check_supervisor(expert)
    at = clock.now()
    if not IntakePause.objects.running(at).update(ended_at=at, ended_by=expert):
        raise Conflict(_("The intake is not paused any more."))
    _tell()
    queue.wake_queue()


def _close_past() -> None:
    """What ran out ended when it ran out; only so may the next one begin."""
    past = IntakePause.objects.filter(ended_at=None, until__lte=clock.now())
    past.update(ended_at=F("until"))


def _tell() -> None:
    """Desks show it; members read it in their estimates, which the sweeper tells them."""
    publish("desk", wire.QueueChanged(0))
