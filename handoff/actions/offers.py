"""One offer to one expert: accept it, decline it, let it expire, or offer it to a colleague."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from coach.talk.models import Floor
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.actions.capacity import check_capacity
from handoff.actions.floor import return_floor
from handoff.actions.mailing import mail_absent
from handoff.actions.ownership import assign
from handoff.actions.transitions import State
from handoff.assignment import beyond_capacity
from handoff.limits import PASS_ON_MAX_CHARS, REASON_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Tier
from handoff.opening import called_at_any_hour
from handoff.timeouts import MISSES_UNTIL_UNRESPONSIVE, OFFER_LIFE

PASSED_ON_FROM = (State.ASSIGNED, State.ACTIVE)


def accept(offer: Offer, expert: Expert) -> Escalation:
    """Take what was offered; everybody else's offer of it ends.

    Raises `AlreadyTaken` when somebody was faster or the offer ran out, `Refused` when the expert
    has no room or it is not their offer.
    """
    if offer.expert_id != expert.pk:
        raise Refused(_("This offer is for somebody else."))
    try:
        with transaction.atomic():
            return _accept(offer, expert)
    except IntegrityError as error:  # the index that allows one accepted offer
        raise transitions.taken() from error


def _accept(offer: Offer, expert: Expert) -> Escalation:
    _session, escalation = locks.lock_escalation(offer.escalation)
    expert = locks.lock_expert(expert.pk, escalation.owner_id)
    at = clock.now()
    if offer.kind == Offer.Kind.TRANSFER:
        # One accepted offer at a time: the old owner's ends first, or nothing happens at all.
        transitions.end_ownership(escalation, Offer.State.RELEASED, at)
    won = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING, expires_at__gt=at).update(
        state=Offer.State.ACCEPTED, answered_at=at
    )
    if not won:
        raise transitions.taken()
    if offer.kind == Offer.Kind.TRANSFER:
        change_owner(escalation, expert, at, warm=offer.warm)
    else:
        extra = beyond_capacity(escalation.tier, offer.ring) and called_at_any_hour(expert, at)
        check_capacity(expert, extra=extra)
        assign(escalation, expert, at, (State.OFFERED, State.FOLLOW_UP))
    transitions.end_offers(escalation, Offer.State.RESCINDED, at, but=offer.pk)
    return escalation


@transaction.atomic
def decline(offer: Offer, expert: Expert, reason: str = "") -> None:
    """Say no; the others are asked. Saying no is an answer, so it does not count as missed."""
    if offer.expert_id != expert.pk:
        raise Refused(_("This offer is for somebody else."))
    reason = whole_text(reason, REASON_MAX_CHARS)
    _session, escalation = locks.lock_escalation(offer.escalation)
    locks.lock_expert(expert.pk)
    at = clock.now()
    said = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING).update(
        state=Offer.State.DECLINED, answered_at=at, ended_at=at, reason=reason
    )
    if not said:
        raise transitions.taken()
    Expert.objects.filter(pk=expert.pk).update(missed_offers=0)
    publish(expert.group, wire.OfferEnded(offer.pk))
    _after_no(escalation, offer, "declined", at, actor=expert.user)


@transaction.atomic
def expire(offer: Offer) -> bool:
    """End an offer whose time is over; False when it was answered meanwhile or has time left."""
    _session, escalation = locks.lock_escalation(offer.escalation)
    expert = locks.lock_expert(offer.expert_id)
    at = clock.now()
    ended = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING, expires_at__lte=at).update(
        state=Offer.State.TIMED_OUT, answered_at=at, ended_at=at
    )
    if not ended:
        return False
    expert.missed_offers += 1
    if (
        expert.missed_offers >= MISSES_UNTIL_UNRESPONSIVE
        and expert.status == Expert.Status.AVAILABLE
    ):
        expert.status, expert.status_since = Expert.Status.UNRESPONSIVE, at
    expert.save(update_fields=["missed_offers", "status", "status_since"])
    publish(expert.group, wire.OfferEnded(offer.pk))
    _after_no(escalation, offer, "timed_out", at)
    mail_absent(escalation, at)  # the page is open, and perhaps nobody sits before it
    return True


@transaction.atomic
def withdraw(offer: Offer) -> bool:
    """Take back an offer that rings, for a graver call; False when it was answered meanwhile.

    The expert has not missed it, and its call rings elsewhere.
    """
    _session, escalation = locks.lock_escalation(offer.escalation)
    locks.lock_expert(offer.expert_id)
    at = clock.now()
    ended = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING).update(
        state=Offer.State.WITHDRAWN, answered_at=at, ended_at=at
    )
    if ended:
        publish(offer.expert.group, wire.OfferEnded(offer.pk))
        _after_no(escalation, offer, "withdrawn", at)
    return bool(ended)


@transaction.atomic
def transfer(
    escalation: Escalation, expert: Expert, to: Expert, note: str = "", *, warm: bool = False
) -> Offer:
    """Ask a colleague to take over. The one who asks owns it until the colleague accepts.

    `note` is for the colleague. `warm`: who asks keeps the floor after that, until the colleague
    takes it, so that the member is never alone; else the coach has it meanwhile.
    """
    note = whole_text(note, PASS_ON_MAX_CHARS)
    _session, escalation = locks.lock_escalation(escalation)
    to = locks.lock_expert(to.pk)
    at = clock.now()
    here = to.active and to.live(at) and to.status == Expert.Status.AVAILABLE
    if to.pk == expert.pk or not here:
        raise Refused(_("%(name)s is not at the desk.") % {"name": to.user})
    if escalation.state not in PASSED_ON_FROM or escalation.owner_id != expert.pk:
        raise transitions.taken()  # or an offer to the same colleague would be there twice
    life = OFFER_LIFE[escalation.tier]
    offer = Offer.objects.create(
        escalation=escalation,
        expert=to,
        kind=Offer.Kind.TRANSFER,
        passed_by=expert,
        note=note,
        warm=warm,
        created_at=at,
        expires_at=at + life,
    )
    moved = transitions.move(
        escalation,
        "transferring",
        from_states=PASSED_ON_FROM,
        owner=expert,
        actor=expert.user,
        at=at,
        state=State.TRANSFERRING,
        next_action_at=at + life,
    )
    if not moved:
        raise transitions.taken()
    publish(to.group, wire.OfferMade(offer.pk))
    return offer


def change_owner(escalation: Escalation, expert: Expert, at: datetime, *, warm: bool) -> None:
    """A colleague has the locked case from now on: the old owner's place is free.

    The floor waits for the new one with the coach, or with the old owner if that is `warm` and
    they write. A voice needs a line, which only the owner has: the coach is heard then.
    """
    old, session = escalation.owner, escalation.session
    check_capacity(expert, extra=expert.supervisor and escalation.tier <= Tier.P1)
    assign(escalation, expert, at, OWNED_STATES)
    if old is not None:
        publish(old.group, wire.OwnershipChanged(escalation.pk))
    holds = old is not None and session.floor_holder_id == old.user_id
    writes = session.floor == Floor.EXPERT and not session.expert_speaks
    if not (warm and holds and writes):
        return_floor(escalation)


def _after_no(
    escalation: Escalation, offer: Offer, kind: str, at: datetime, *, actor: Member | None = None
) -> None:
    """Where an escalation stands after one offer ended without a yes."""
    if offer.kind == Offer.Kind.TRANSFER:
        back = State.ACTIVE if escalation.joined_at else State.ASSIGNED
        transitions.move(
            escalation,
            f"transfer_{kind}",
            from_states=(State.TRANSFERRING,),
            actor=actor,
            at=at,
            state=back,
            next_action_at=None,
        )
        queue.tell_owner(escalation)
        return
    if escalation.state == State.FOLLOW_UP:
        transitions.move(escalation, kind, actor=actor, at=at)
    else:
        still = escalation.offers.filter(state=Offer.State.PENDING).exists()
        transitions.move(
            escalation,
            kind,
            from_states=(State.OFFERED,),
            actor=actor,
            at=at,
            state=State.OFFERED if still else State.QUEUED,
            next_action_at=at,
        )
    queue.nudge_dispatcher()
