"""What a clock of a case does when part of its time is over. The sweeper calls it."""

from datetime import datetime, timedelta

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from handoff import assignment, outbox
from handoff.actions import locks, transitions
from handoff.actions.ownership import release
from handoff.models import Escalation, ServiceClock, Tier
from handoff.service import stage_at, strikes_at
from handoff.timeouts import REMIND, REPEAT_AT_LEAST

Kind, Stage = ServiceClock.Kind, ServiceClock.Stage
WORDS = (Kind.FIRST_WORD, Kind.NEXT_WORD)  # what the owner owes; others can give it as well


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
    stage = stage_at(found.started_at, found.due_at, at)
    if stage == Stage.AGAIN:
        next_at = at + _until_again(found, at)
    else:
        next_at = strikes_at(found.started_at, found.due_at, stage + 1)
    ServiceClock.objects.filter(pk=found.pk).update(stage=stage, next_at=next_at)
    transitions.move(case, f"{found.kind}_{Stage(stage).name.lower()}", at=at)
    _tell(case, found.kind, stage, at, repeated=repeated)
    return True


def _until_again(found: ServiceClock, at: datetime) -> timedelta:
    """How long a clock that is very late lets pass: it tells of it less and less often."""
    length: timedelta = found.due_at - found.started_at
    if found.kind in WORDS:
        return length
    late = at - found.due_at
    return max(length, REPEAT_AT_LEAST, min(late, REMIND))


def _relieves(kind: str, tier: int, *, repeated: bool) -> bool:
    """Whether who owes words loses the case: twice over, and where danger is near at once.

    The first word has its second time there too: it is read and written in one.
    """
    return kind in WORDS and (repeated or (kind == Kind.NEXT_WORD and tier <= Tier.P1))


def _tell(case: Escalation, kind: str, stage: int, at: datetime, *, repeated: bool) -> None:
    """Warn the owner; from 120 % on, the supervisors. What nobody takes rings wherever it can."""
    if stage >= Stage.MOST and case.owner is not None:
        publish(case.owner.group, wire.OwnershipChanged(case.pk, warn=True))
    if stage < Stage.AGAIN:
        return
    outbox.post_late(case, at)
    if kind == Kind.ACCEPT:
        transitions.move(
            case, "rung_again", at=at, ring=assignment.last_ring(case.tier), ring_since=at
        )
    elif case.owner is not None and _relieves(kind, case.tier, repeated=repeated):
        release(case, case.owner, f"no {Kind(kind).value.replace('_', ' ')}")
