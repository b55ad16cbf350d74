"""What a timer does when nobody else did. Each verb looks again under the lock first."""

from datetime import datetime

from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from handoff import outbox
from handoff.actions import locks, transitions
from handoff.actions.contacted import owes_answer
from handoff.actions.mailing import mail_absent
from handoff.actions.ownership import give_back, release
from handoff.actions.transitions import State
from handoff.assignment import Ring, last_ring
from handoff.models import WAITING_STATES, Escalation, Offer, Tier
from handoff.timeouts import FIRST_WORD, REMIND

SILENT = "silent"  # the kind of its event


@transaction.atomic
def mark_overdue(row: Escalation) -> bool:
    """Nobody accepted in time: say so to everyone. P3 becomes P2, once; the state stays.

    Not what waits for the member: an expert has it after the talk, or parked it.
    """
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if row.overdue or row.due_at > at or row.state not in WAITING_STATES:
        return False
    unanswered = row.owner_id is None and row.state != State.PARKED
    moved = transitions.move(
        row,
        "overdue",
        from_states=WAITING_STATES,
        at=at,
        overdue=True,
        tier=Tier.P2 if row.tier == Tier.P3 and unanswered else row.tier,
    )
    outbox.post_late(row, at)
    mail_absent(row, at)  # who had the desk open may have left it
    return moved


@transaction.atomic
def first_word_late(row: Escalation) -> None:
    """Accepted but silent: a warning first, then it goes to somebody else."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if row.state != State.ASSIGNED or row.owner is None or not _due(row, at):
        return
    if not row.warned:
        again = at + FIRST_WORD[row.tier]
        transitions.move(row, "warned", at=at, warned=True, next_action_at=again)
        publish(row.owner.group, wire.OwnershipChanged(row.pk, warn=True))
        return
    release(row, row.owner, "no first word")


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
            next_action_at=at + REMIND,
        )


@transaction.atomic
def remind(row: Escalation) -> None:
    """A follow-up that is still waiting: tell the supervisors again.

    Where its expert owes the member an answer, somebody else is asked.
    """
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if row.state != State.FOLLOW_UP or not _due(row, at):
        return
    if row.owner is not None and owes_answer(row):
        release(row, row.owner, "no answer to the member")
        return
    gone = row.owner is not None and not row.owner.live(at)
    if row.owner is not None and (row.warned or (gone and row.tier <= Tier.P1)):
        # Its owner has let it lie, or is gone while danger is near: it rings for everybody.
        give_back(row, row.owner, "not_followed_up", Offer.State.RELEASED, notice="")
    transitions.move(row, "reminded", at=at, overdue=True, warned=True, next_action_at=at + REMIND)
    outbox.post_late(row, at)
    mail_absent(row, at)  # who had the desk open may have left it


@transaction.atomic
def write_up_late(row: Escalation) -> None:
    """An emergency that was handed back and is not written up: tell the supervisors."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if row.state == State.WRAP_UP and _due(row, at):
        transitions.move(row, "reminded", at=at, next_action_at=at + REMIND)
        outbox.post_late(row, at)


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
    outbox.post_late(row, at)


@transaction.atomic
def transfer_stuck(row: Escalation) -> None:
    """A transfer whose offer is gone without an answer belongs to its owner again."""
    _session, row = locks.lock_escalation(row)
    at = clock.now()
    if not _due(row, at) or row.offers.filter(state=Offer.State.PENDING).exists():
        return
    joined = row.joined_at is not None
    transitions.move(
        row,
        "transfer_ended",
        from_states=(State.TRANSFERRING,),
        at=at,
        state=State.ACTIVE if joined else State.ASSIGNED,
        next_action_at=None if joined else at + FIRST_WORD[row.tier],
    )


def _due(row: Escalation, at: datetime) -> bool:
    return row.next_action_at is not None and row.next_action_at <= at
