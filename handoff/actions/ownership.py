"""Who owns an escalation: take it from the queue, give it back, lose it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.actions.capacity import check_capacity
from handoff.actions.floor import return_floor
from handoff.actions.mailing import mail_absent
from handoff.actions.transitions import State
from handoff.assignment import Ring
from handoff.limits import REASON_MAX_CHARS
from handoff.models import (
    OWNED_STATES,
    WAITING_STATES,
    Escalation,
    Expert,
    Offer,
    Script,
    Tier,
)
from handoff.opening import called_at_any_hour


@transaction.atomic
def claim(escalation: Escalation, expert: Expert) -> Escalation:
    """Take a waiting escalation without having been asked.

    Raises `AlreadyTaken`, or `Refused` when the expert has no room or no place at the desk.
    """
    _session, escalation = locks.lock_escalation(escalation)
    expert = locks.lock_expert(expert.pk, escalation.owner_id)
    if not expert.active:
        raise Refused(_("Your place at the desk is closed."))
    at = clock.now()
    if escalation.state not in WAITING_STATES:
        raise transitions.taken()
    check_capacity(expert, extra=escalation.tier == Tier.P0 and called_at_any_hour(expert, at))
    if escalation.owner is not None:
        # To follow up, and still owned by the expert who had it when the member left.
        transitions.end_ownership(escalation, Offer.State.RELEASED, at)
        queue.tell_owner(escalation)
    own = escalation.offers.filter(expert=expert, state=Offer.State.PENDING).first()
    if own is not None:
        Offer.objects.filter(pk=own.pk).update(state=Offer.State.ACCEPTED, answered_at=at)
    else:
        own = accepted_offer(escalation, expert, at)
    assign(escalation, expert, at, WAITING_STATES)
    transitions.end_offers(escalation, Offer.State.RESCINDED, at, but=own.pk)
    return escalation


@transaction.atomic
def release(escalation: Escalation, expert: Expert, reason: str = "") -> None:
    """Give back what one owns; it goes to the head of its tier and others are asked first."""
    reason = whole_text(reason, REASON_MAX_CHARS)
    _session, escalation = locks.lock_escalation(escalation)
    locks.lock_expert(expert.pk)
    escalation.offers.filter(
        expert=expert, state=Offer.State.ACCEPTED, ended_at__isnull=True
    ).update(reason=reason)
    notice = _("%(expert)s, had to leave. We are asking somebody else.") % {"expert": expert}
    give_back(
        escalation,
        expert,
        "released",
        Offer.State.RELEASED,
        notice=notice,
        actor=expert.user,
    )
    queue.wake_queue()


def give_back(
    escalation: Escalation,
    expert: Expert,
    kind: str,
    offer_state: str,
    *,
    notice: str,
    actor: Member | None = None,
) -> None:
    """Take a locked escalation from its owner: head of the queue, floor away from them.

    `kind` names the event, `offer_state` is how the owner's offer ended, and `notice` is what the
    member reads when the expert had already joined. An escalation whose talk has ended is to be
    followed up, by whoever takes it.
    """
    at = clock.now()
    had_floor = escalation.joined_at is not None
    ended = escalation.session.ended_at is not None
    transitions.end_ownership(escalation, offer_state, at)
    transitions.end_offers(escalation, Offer.State.CANCELED, at)
    moved = transitions.move(
        escalation,
        kind,
        from_states=(*OWNED_STATES, State.FOLLOW_UP),
        owner=expert,
        actor=actor,
        at=at,
        state=State.FOLLOW_UP if ended else State.QUEUED,
        owner_id=None,
        mode=Escalation.Mode.NONE,
        joined_at=None,
        at_head=True,
        ring=Ring.SPECIALTY,
        ring_since=at,
        next_action_at=at,
    )
    if not moved:
        raise transitions.taken()
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    mail_absent(escalation, at)
    if ended:
        return
    # The member reads of a lost connection only when one was lost.
    moment = Script.Moment.LOST if offer_state == Offer.State.LOST else Script.Moment.STAY
    return_floor(escalation, notice=notice if had_floor else "", moment=moment)
    queue.nudge_dispatcher()


def assign(
    escalation: Escalation, expert: Expert, at: datetime, from_states: tuple[str, ...]
) -> None:
    """Make `expert` the owner; raises `AlreadyTaken` unless it stands in `from_states`."""
    moved = transitions.move(
        escalation,
        "accepted",
        from_states=from_states,
        actor=expert.user,
        at=at,
        state=State.ASSIGNED,
        owner_id=expert.pk,
        mode=Escalation.Mode.NONE,  # how the one before them spoke is not how they do
        next_action_at=None,
        offered_at=escalation.offered_at or at,
        accepted_at=escalation.accepted_at or at,
        joined_at=None,
        at_head=False,
    )
    if not moved:
        raise transitions.taken()
    Expert.objects.filter(pk=expert.pk).update(missed_offers=0)
    # Who answers after all is there: no emergency has to be their last resort any more.
    unresponsive = Expert.objects.filter(pk=expert.pk, status=Expert.Status.UNRESPONSIVE)
    if unresponsive.update(status=Expert.Status.AVAILABLE, status_since=at):
        publish(expert.group, wire.PresenceChanged(Expert.Status.AVAILABLE))
    publish(expert.group, wire.OwnershipChanged(escalation.pk))


def accepted_offer(
    escalation: Escalation,
    expert: Expert,
    at: datetime,
    *,
    passed_by: Expert | None = None,
    warm: bool = False,
) -> Offer:
    """The offer of somebody who took the escalation without being asked.

    `passed_by` had it until now; `warm`: they stay with the member until the floor is taken.
    """
    return Offer.objects.create(
        escalation=escalation,
        expert=expert,
        kind=Offer.Kind.CLAIMED,
        state=Offer.State.ACCEPTED,
        passed_by=passed_by,
        warm=warm,
        created_at=at,
        answered_at=at,
        expires_at=at,
    )
