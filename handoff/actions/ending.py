"""An escalation ends: the member takes it back or leaves, or what was handed back is written up."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.talk.actions import move_floor
from coach.talk.models import Floor, Session
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.actions.transitions import State
from handoff.assignment import Ring
from handoff.models import CANCELLABLE_STATES, OWNED_STATES, Escalation, Offer, Tier

NOT_SAID = "not_said"  # the outcome where nobody has written one


@transaction.atomic
def cancel(escalation: Escalation, actor: Member | None = None) -> None:
    """The member no longer wants a person. Not for P0, and not once somebody has joined."""
    session, escalation = locks.lock_escalation(escalation)
    if escalation.tier == Tier.P0:
        raise Refused(_("A person will come. This call cannot be cancelled."), code="p0")
    if session.floor == Floor.EXPERT:  # a colleague stays until the next one comes
        raise Refused(_("An expert is already with you."), code="too_late")
    at = clock.now()
    owner = escalation.owner
    transitions.end_ownership(escalation, Offer.State.CANCELED, at)
    moved = transitions.move(
        escalation,
        "cancelled",
        from_states=CANCELLABLE_STATES,
        actor=actor,
        at=at,
        state=State.CANCELLED,
        resolved_at=at,
        next_action_at=None,
    )
    if not moved:
        raise Refused(_("An expert is already with you."), code="too_late")
    move_floor(session, Floor.COACH, from_floors=(Floor.COACH_WAITING,))
    if owner is not None:
        publish(owner.group, wire.OwnershipChanged(escalation.pk))
        queue.wake_queue()


@transaction.atomic
def member_left(session: Session) -> Escalation | None:
    """The talk ended while a person was wanted: somebody follows up. Nothing is ever dropped."""
    session = locks.lock_session(session.pk)
    wanted = (State.QUEUED, State.OFFERED, *OWNED_STATES)
    found = (
        Escalation.objects.select_for_update(no_key=True)
        .filter(session=session, state__in=wanted)
        .first()
    )
    if found is None:
        return None
    at = clock.now()
    transitions.end_offers(found, Offer.State.CANCELED, at)
    transitions.move(
        found,
        "member_left",
        at=at,
        state=State.FOLLOW_UP,
        mode=Escalation.Mode.NONE,
        joined_at=None,
        ring=Ring.SPECIALTY,
        ring_since=at,
        next_action_at=at,
    )
    queue.tell_owner(found)
    queue.nudge_dispatcher()
    return found


@transaction.atomic
def complete(
    escalation: Escalation, outcome: str, flag_right: str = "", actor: Member | None = None
) -> bool:
    """Close what is in wrap-up; False when it is not. The sweeper does it when nobody does."""
    _session, escalation = locks.lock_escalation(escalation)
    at = clock.now()
    moved = transitions.move(
        escalation,
        "completed",
        from_states=(State.WRAP_UP,),
        actor=actor,
        at=at,
        state=State.RESOLVED,
        outcome=outcome,
        flag_right=flag_right or escalation.flag_right,
        resolved_at=at,
        next_action_at=None,
    )
    if moved:
        queue.tell_owner(escalation)
    return moved
