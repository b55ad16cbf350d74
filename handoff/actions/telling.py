"""Supervisors are told that a case is late: by mail, at a time at which they can do something."""

from datetime import datetime

from django.db.models import Q

from handoff.models import Escalation, Outbox
from handoff.opening import rings_at
from handoff.outside import outbox
from handoff.timeouts import REPEAT_AT_LEAST


def tell_supervisors(case: Escalation, at: datetime) -> None:
    """Write them one mail, however many clocks find the case together.

    Of P0 and P1 it goes at any hour; of the others, while the desk is closed, in the morning, and
    one for the whole night. What waits for the morning goes now once the case has become graver.
    """
    due = rings_at(case.tier, at)
    told = Outbox.objects.filter(kind=Outbox.Kind.OVERDUE, escalation=case)
    waits = told.filter(_waits(at))
    if due <= at and waits.update(next_try_at=at):
        return
    if waits.exists() or told.filter(created_at__gt=at - REPEAT_AT_LEAST).exists():
        return
    outbox.post(Outbox.Kind.OVERDUE, case, at, due=due)


def _waits(at: datetime) -> Q:
    """A mail for the morning, which nobody has tried to send."""
    return Q(sent_at=None, attempts=0, next_try_at__gt=at)
