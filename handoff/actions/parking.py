"""Park an escalation until the member is back."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.talk.actions import move_floor
from coach.talk.models import Floor
from handoff.actions import locks, queue, transitions
from handoff.actions.floor import speak_again
from handoff.actions.transitions import State
from handoff.assignment import Ring
from handoff.models import Escalation, Expert, Offer, Tier
from handoff.timeouts import PARKED


@transaction.atomic
def park(escalation: Escalation, expert: Expert) -> None:
    """Wait for the member; the expert's place is free. Not for P0."""
    session, escalation = locks.lock_escalation(escalation)
    if escalation.tier == Tier.P0:
        raise Refused(_("An emergency cannot wait. Hand it back or pass it on."), code="p0")
    at = clock.now()
    spoke = session.expert_speaks
    transitions.end_ownership(escalation, Offer.State.RELEASED, at)
    moved = transitions.move(
        escalation,
        "parked",
        from_states=(State.ASSIGNED, State.ACTIVE),
        owner=expert,
        actor=expert.user,
        at=at,
        state=State.PARKED,
        preferred_id=expert.pk,
        owner_id=None,
        mode=Escalation.Mode.NONE,
        joined_at=None,
        next_action_at=at + PARKED,
    )
    if not moved:
        raise transitions.taken()
    if session.ended_at is None:
        move_floor(session, Floor.COACH)
        if spoke:
            speak_again(session)
    queue.wake_queue()


@transaction.atomic
def unpark(escalation: Escalation) -> bool:
    """The member is back: queue again, first for the expert who parked it."""
    session, escalation = locks.lock_escalation(escalation)
    at = clock.now()
    moved = transitions.move(
        escalation,
        "member_back",
        from_states=(State.PARKED,),
        at=at,
        state=State.QUEUED,
        ring=Ring.KNOWN if escalation.tier > Tier.P1 else Ring.SPECIALTY,
        ring_since=at,
        next_action_at=at,
    )
    if moved:
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.COACH,))
        queue.nudge_dispatcher()
    return moved
