"""What a clock of a case does when part of its time is over. The sweeper calls it."""

from datetime import datetime

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from handoff import assignment, outbox
from handoff.actions import locks, transitions
from handoff.actions.ownership import release
from handoff.models import Escalation, Outbox, ServiceClock
from handoff.service import REPEAT_AT_LEAST, stage_at, strikes_at

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage


@transaction.atomic
def strike(row: ServiceClock) -> bool:
    """Part of the time is over: write it into the case and tell whom it concerns.

    False when the clock has stopped meanwhile, or is not due.
    """
    _session, case = locks.lock_escalation(row.escalation)
    at = clock.now()
    found = ServiceClock.objects.filter(pk=row.pk, stopped_at=None, next_at__lte=at).first()
    if found is None:
        return False
    repeated = found.stage == Stage.AGAIN
    length = found.due_at - found.started_at
    stage = stage_at(found.started_at, found.due_at, at)
    next_at = at + max(length, REPEAT_AT_LEAST)
    if stage != Stage.AGAIN:
        next_at = strikes_at(found.started_at, found.due_at, stage + 1)
    ServiceClock.objects.filter(pk=found.pk).update(stage=stage, next_at=next_at)
    transitions.move(case, f"{found.kind}_{Stage(stage).name.lower()}", at=at)
    _tell(case, found.kind, stage, at, repeated=repeated)
    return True


def _tell(case: Escalation, kind: str, stage: int, at: datetime, *, repeated: bool) -> None:
    """Warn the owner; from 120 % on, the supervisors. What nobody takes rings wherever it can."""
    if stage >= Stage.MOST and case.owner is not None:
        publish(case.owner.group, wire.OwnershipChanged(case.pk, warn=True))
    if stage < Stage.AGAIN:
        return
    outbox.post(Outbox.Kind.OVERDUE, case, at)
    if kind == Kind.ACCEPT:
        transitions.move(
            case, "rung_again", at=at, ring=assignment.last_ring(case.tier), ring_since=at
        )
    elif kind == Kind.NEXT_WORD and repeated and case.owner is not None:
        release(case, case.owner, "no next word")
