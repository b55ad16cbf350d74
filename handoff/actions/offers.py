"""Answer an offer, take from the queue, give back, pass on."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from handoff.actions import rows
from handoff.actions.floor import return_floor
from handoff.actions.rows import State
from handoff.assignment import Ring
from handoff.models import Escalation, Expert, Offer, Script
from handoff.timing import FIRST_WORD, MISSES_UNTIL_UNRESPONSIVE, OFFER_LIFE, TARGET


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
        raise rows.taken() from error


def _accept(offer: Offer, expert: Expert) -> Escalation:
    _session, escalation = rows.lock(offer.escalation)
    expert = rows.lock_expert(expert.pk)
    at = clock.now()
    if offer.kind == Offer.Kind.TRANSFER:
        # One accepted offer at a time: the old owner's ends first, or nothing happens at all.
        rows.end_ownership(escalation, Offer.State.RELEASED, at)
    won = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING, expires_at__gt=at).update(
        state=Offer.State.ACCEPTED, answered_at=at
    )
    if not won:
        raise rows.taken()
    if offer.kind == Offer.Kind.TRANSFER:
        _change_owner(escalation, expert, at)
    else:
        extra = offer.ring >= Ring.SUPERVISORS and expert.supervisor
        _check_room(expert, extra=extra)
        _own(escalation, expert, at, (State.OFFERED,))
    rows.end_offers(escalation, Offer.State.RESCINDED, at, but=offer.pk)
    return escalation


@transaction.atomic
def claim(escalation: Escalation, expert: Expert) -> Escalation:
    """Take a waiting escalation without having been asked."""
    _session, escalation = rows.lock(escalation)
    expert = rows.lock_expert(expert.pk)
    if not expert.active:
        raise Refused(_("Your place at the desk is closed."))
    at = clock.now()
    if escalation.state not in (State.QUEUED, State.OFFERED, State.PARKED, State.FOLLOW_UP):
        raise rows.taken()
    _check_room(expert, extra=escalation.tier == 0 and expert.supervisor)
    if escalation.owner is not None:
        # To follow up, and still in the hands of whoever had it when the member left.
        rows.end_ownership(escalation, Offer.State.RELEASED, at)
        publish(escalation.owner.group, wire.OwnershipChanged(escalation.pk))
    own = escalation.offers.filter(expert=expert, state=Offer.State.PENDING).first()
    if own is not None:
        Offer.objects.filter(pk=own.pk).update(state=Offer.State.ACCEPTED, answered_at=at)
    else:
        own = _accepted(escalation, expert, Offer.Kind.CLAIMED, at)
    _own(
        escalation,
        expert,
        at,
        (State.QUEUED, State.OFFERED, State.PARKED, State.FOLLOW_UP),
    )
    rows.end_offers(escalation, Offer.State.RESCINDED, at, but=own.pk)
    return escalation


@transaction.atomic
def decline(offer: Offer, expert: Expert, reason: str = "") -> None:
    """Say no; the others are asked. Saying no is an answer, so it does not count as missed."""
    if offer.expert_id != expert.pk:
        raise Refused(_("This offer is for somebody else."))
    _session, escalation = rows.lock(offer.escalation)
    at = clock.now()
    said = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING).update(
        state=Offer.State.DECLINED, answered_at=at, ended_at=at, reason=reason[:200]
    )
    if not said:
        raise rows.taken()
    Expert.objects.filter(pk=expert.pk).update(missed_offers=0)
    publish(expert.group, wire.OfferEnded(offer.pk))
    _after_no(escalation, offer, "declined", at, actor=expert.user)


@transaction.atomic
def expire(offer: Offer) -> bool:
    """End an offer whose time is over; False when it was answered meanwhile or has time left."""
    _session, escalation = rows.lock(offer.escalation)
    at = clock.now()
    ended = Offer.objects.filter(pk=offer.pk, state=Offer.State.PENDING, expires_at__lte=at).update(
        state=Offer.State.TIMED_OUT, answered_at=at, ended_at=at
    )
    if not ended:
        return False
    expert = rows.lock_expert(offer.expert_id)
    expert.missed_offers += 1
    if (
        expert.missed_offers >= MISSES_UNTIL_UNRESPONSIVE
        and expert.status == Expert.Status.AVAILABLE
    ):
        expert.status = Expert.Status.UNRESPONSIVE
    expert.save(update_fields=["missed_offers", "status"])
    publish(expert.group, wire.OfferEnded(offer.pk))
    _after_no(escalation, offer, "timed_out", at)
    return True


@transaction.atomic
def release(escalation: Escalation, expert: Expert, reason: str = "") -> None:
    """Give back what one owns; it goes to the head of its tier and others are asked first."""
    _session, escalation = rows.lock(escalation)
    escalation.offers.filter(
        expert=expert, state=Offer.State.ACCEPTED, ended_at__isnull=True
    ).update(reason=reason[:200])
    notice = _("%(expert)s, had to leave. We are asking somebody else.") % {"expert": expert}
    give_back(
        escalation,
        expert,
        "released",
        Offer.State.RELEASED,
        notice=notice,
        actor=expert.user,
    )
    rows.wake_queue(clock.now())


def give_back(
    escalation: Escalation,
    expert: Expert,
    kind: str,
    offer_state: str,
    *,
    notice: str,
    actor: Any = None,
) -> None:
    """Take a locked escalation from its owner: head of the queue, floor away from them.

    `notice` is what the member reads when the expert had already joined. Of a talk that has ended
    it is to be followed up, by whoever takes it.
    """
    at = clock.now()
    had_floor = escalation.joined_at is not None
    ended = escalation.session.ended_at is not None
    rows.end_offers(escalation, Offer.State.CANCELED, at)
    rows.end_ownership(escalation, offer_state, at)
    moved = rows.move(
        escalation,
        kind,
        from_states=(State.ASSIGNED, State.ACTIVE, State.TRANSFERRING, State.FOLLOW_UP),
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
        next_action_at=max(escalation.due_at, at + TARGET[escalation.tier]) if ended else at,
        warned=False,
    )
    if not moved:
        raise rows.taken()
    publish(expert.group, wire.OwnershipChanged(escalation.pk))
    if ended:
        return
    # Only who lost the line is said to have lost it.
    moment = Script.Moment.LOST if offer_state == Offer.State.LOST else Script.Moment.STAY
    return_floor(escalation, notice=notice if had_floor else "", moment=moment)
    rows.ring_dispatcher(escalation)


@transaction.atomic
def transfer(escalation: Escalation, expert: Expert, to: Expert) -> Offer:
    """Ask a colleague to take over. The one who asks owns it until the colleague accepts."""
    _session, escalation = rows.lock(escalation)
    to = rows.lock_expert(to.pk)
    at = clock.now()
    if to.pk == expert.pk or not to.active or not to.live(at):
        raise Refused(_("%(name)s is not at the desk.") % {"name": to.user})
    life = OFFER_LIFE[escalation.tier]
    moved = rows.move(
        escalation,
        "transferring",
        from_states=(State.ASSIGNED, State.ACTIVE),
        owner=expert,
        actor=expert.user,
        at=at,
        state=State.TRANSFERRING,
        next_action_at=at + life,
    )
    if not moved:
        raise rows.taken()
    offer = Offer.objects.create(
        escalation=escalation,
        expert=to,
        kind=Offer.Kind.TRANSFER,
        created_at=at,
        expires_at=at + life,
    )
    publish(to.group, wire.OfferMade(offer.pk))
    return offer


def _own(
    escalation: Escalation, expert: Expert, at: datetime, from_states: tuple[str, ...]
) -> None:
    # In a talk that has ended nobody can speak: only the note is still owed.
    silent = escalation.session.ended_at is not None
    moved = rows.move(
        escalation,
        "accepted",
        from_states=from_states,
        actor=expert.user,
        at=at,
        state=State.ASSIGNED,
        owner_id=expert.pk,
        next_action_at=None if silent else at + FIRST_WORD[escalation.tier],
        offered_at=escalation.offered_at or at,
        accepted_at=escalation.accepted_at or at,
        joined_at=None,
        at_head=False,
        warned=False,
    )
    if not moved:
        raise rows.taken()
    Expert.objects.filter(pk=expert.pk).update(missed_offers=0)
    publish(expert.group, wire.OwnershipChanged(escalation.pk))


def _change_owner(escalation: Escalation, expert: Expert, at: datetime) -> None:
    """The colleague said yes: the old owner's place is free, the floor waits for the new one."""
    old = escalation.owner
    _check_room(expert, extra=False)
    _own(escalation, expert, at, (State.TRANSFERRING,))
    if old is not None:
        publish(old.group, wire.OwnershipChanged(escalation.pk))
    return_floor(escalation)


def _after_no(
    escalation: Escalation, offer: Offer, kind: str, at: datetime, *, actor: Any = None
) -> None:
    """Where an escalation stands after one offer ended without a yes."""
    if offer.kind == Offer.Kind.TRANSFER:
        back = State.ACTIVE if escalation.joined_at else State.ASSIGNED
        rows.move(
            escalation,
            f"transfer_{kind}",
            from_states=(State.TRANSFERRING,),
            actor=actor,
            at=at,
            state=back,
            next_action_at=None if escalation.joined_at else at + FIRST_WORD[escalation.tier],
        )
        if escalation.owner is not None:
            publish(escalation.owner.group, wire.OwnershipChanged(escalation.pk))
        return
    still = escalation.offers.filter(state=Offer.State.PENDING).exists()
    rows.move(
        escalation,
        kind,
        from_states=(State.OFFERED,),
        actor=actor,
        at=at,
        state=State.OFFERED if still else State.QUEUED,
        next_action_at=at,
    )
    rows.ring_dispatcher(escalation)


def _accepted(escalation: Escalation, expert: Expert, kind: str, at: datetime) -> Offer:
    return Offer.objects.create(
        escalation=escalation,
        expert=expert,
        kind=kind,
        state=Offer.State.ACCEPTED,
        created_at=at,
        answered_at=at,
        expires_at=at,
    )


def _check_room(expert: Expert, *, extra: bool) -> None:
    """Refuse beyond the capacity. The expert's row must be locked."""
    if not extra and rows.load_of(expert) >= expert.capacity:
        raise Refused(
            _("You have as many conversations as you can take. Finish or give one back first."),
            code="full",
        )
