"""State steps that time alone brings about. Each verb looks again under the lock first.

What was promised, and is late, is a matter of clocks: see `striking`.
"""

from datetime import datetime

from django.db import transaction

from coach import clock
from handoff.actions import locks, transitions
from handoff.actions.telling import tell_supervisors
from handoff.actions.transitions import State
from handoff.assignment import Ring, last_ring
from handoff.models import Escalation, Offer, Tier

SILENT = "silent"  # the kind of its event


@transaction.atomic
def parked_too_long(row: Escalation) -> None:
    """The member did not come back: somebody follows up."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if _due(row, at):
        transitions.move(
            row,
            "parked_too_long",
            from_states=(State.PARKED,),
            at=at,
            state=State.FOLLOW_UP,
            ring=Ring.SPECIALTY,
            ring_since=at,
            next_action_at=at,
        )


@transaction.atomic
def member_silent(row: Escalation) -> None:
    """Somebody in danger says nothing more: first of all, in every ring, and told of."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if row.state not in (State.QUEUED, State.OFFERED) or row.tier != Tier.P0:
        return
    if row.events.filter(kind=SILENT).exists():
        return
    ring = last_ring(row.tier)
    transitions.move(row, SILENT, at=at, at_head=True, ring=ring, ring_since=at)
    tell_supervisors(row, at)


@transaction.atomic
def transfer_stuck(row: Escalation) -> None:
    """A transfer whose offer is gone without an answer belongs to its owner again."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if not _due(row, at) or row.offers.filter(state=Offer.State.PENDING).exists():
        return
    transitions.move(
        row,
        "transfer_ended",
        from_states=(State.TRANSFERRING,),
        at=at,
        state=State.ASSIGNED if row.joined_at is None else State.ACTIVE,
        next_action_at=None,
    )


def _due(row: Escalation, at: datetime) -> bool:
    return row.next_action_at is not None and row.next_action_at <= at
