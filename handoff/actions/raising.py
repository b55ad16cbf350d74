"""Call for a person: the row, the safety card, the hold and the first words, all or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.talk.actions import add_card, move_floor
from coach.talk.models import FLOORS_OF_COACH, Floor, Session
from coach.types import Member
from handoff import assignment
from handoff.actions import clocks, locks, queue, transitions
from handoff.actions.mailing import mail_absent
from handoff.actions.referring import Shown, refer
from handoff.actions.scripts import say_script
from handoff.actions.supervising import check_regraded, check_supervisor, reason_of
from handoff.actions.transitions import EscalationChanges, State
from handoff.limits import QUOTE_MAX_CHARS, WHY_MAX_CHARS
from handoff.models import Escalation, Expert, Offer, Script, Tier, domain_of
from handoff.timeouts import REOPEN_WITHIN

# Somebody is, or has been, at it; a new flag brings them back to the queue.
RESTING = (State.PARKED, State.FOLLOW_UP, State.WRAP_UP)


@dataclass(frozen=True)
class Trigger:
    """Why a person is called: `tier` 0 (an emergency) to 4, and the words of the turn `item_id`."""

    code: str
    tier: int
    quote: str
    reason: str
    item_id: str


@transaction.atomic
def raise_escalation(
    session: Session,
    code: str,
    tier: int,
    quote: str,
    reason: str = "",
    item_id: str = "",
) -> Escalation:
    """Call for a person, or raise the call that is open. `tier` 0 (emergency) to 4.

    One talk has at most one open escalation: a second trigger adds its code and can only make it
    more urgent. P0 shows the crisis card and puts the talk on safety hold in this transaction; P1
    shows a safety card; the rest tell the member that a person is being asked.
    """
    session = locks.lock_session(session.pk)
    at = clock.now()
    trigger = Trigger(code, tier, quote[:QUOTE_MAX_CHARS], reason[:WHY_MAX_CHARS], item_id)
    found = Escalation.objects.select_for_update(no_key=True).filter(session=session).open().first()
    if found is None:
        escalation = _create(session, trigger, at)
        answer = tier <= Tier.P1
    else:
        found.session = session
        escalation = found
        answer = _add_trigger(escalation, trigger, at)
    _hold(session, escalation, trigger, answer)
    mail_absent(escalation, at)
    queue.nudge_dispatcher()
    return escalation


@transaction.atomic
def raise_tier(
    escalation: Escalation, expert: Expert, tier: int, reason: str, *, seen: int | None = None
) -> Escalation:
    """Make an open call as urgent as `tier`, because a supervisor says so: `reason` is required.

    What follows is what follows from a flag of that tier: cards, the hold, reviewed words, who is
    rung. Raises Refused, or Conflict when it is no longer of the tier that the person has `seen`.
    """
    check_supervisor(expert)
    session, escalation = locks.lock_escalation(escalation)
    reason = reason_of(reason)
    check_regraded(escalation, seen)
    if not Tier.P0 <= tier < escalation.tier:
        raise Refused(_("That is not higher than it is now."))
    at = clock.now()
    trigger = Trigger(escalation.code, tier, escalation.quote, reason, escalation.item_id)
    answer = _add_trigger(escalation, trigger, at, actor=expert.user)
    _hold(session, escalation, trigger, answer)
    mail_absent(escalation, at)
    queue.nudge_dispatcher()
    return escalation


def _create(session: Session, trigger: Trigger, at: datetime) -> Escalation:
    before = (
        Escalation.objects.filter(session=session, resolved_at__gte=at - REOPEN_WITHIN)
        .order_by("-resolved_at")
        .first()
    )
    known = preferred_expert(session.member_id)
    code, tier = trigger.code, trigger.tier
    fields: EscalationChanges = {
        **_state_of_call(session, at),
        "tier": tier,
        "code": code,
        "codes": [code],
        "reason": trigger.reason,
        "quote": trigger.quote,
        "item_id": trigger.item_id,
        "language": session.member.language or "en",
        "domain": domain_of(session.persona.kind),
        "ring": assignment.first_ring(tier, known.pk if known else None),
        "ring_since": at,
        "created_at": at,
        "preferred_id": known.pk if known else None,
        "reopened_from_id": before.pk if before else None,
    }
    # A card points at its escalation by id, and P0 may not exist without its card: so the row is
    # born one tier below, invisible outside this transaction, and raised with the card.
    born = Escalation.objects.create(
        session=session, member=session.member, **{**fields, "tier": max(tier, Tier.P1)}
    )
    if tier == Tier.P0:
        fields["crisis_card_id"] = _show_safety(born, trigger)
    transitions.move(born, "created", at=at, **fields)
    if tier == Tier.P1:
        _show_safety(born, trigger)
    elif tier > Tier.P1:
        add_card(session, "person", str(born.pk))
    return born


def _add_trigger(
    escalation: Escalation, trigger: Trigger, at: datetime, *, actor: Member | None = None
) -> bool:
    """Add the trigger's code to an open escalation, which may become more urgent by it.

    `actor`: the person who raises it. True when the member must be answered with reviewed words.
    """
    is_new = trigger.code not in escalation.codes
    more_urgent = trigger.tier < escalation.tier
    changes: EscalationChanges = {}
    if is_new:
        changes["codes"] = [*escalation.codes, trigger.code]
    if more_urgent:
        changes |= _more_urgent(escalation, trigger)
    followed = is_followed(escalation, at)
    if not followed and escalation.state in RESTING:
        changes |= queued_again(escalation, at)
        transitions.end_offers(escalation, Offer.State.CANCELED, at)
        transitions.end_ownership(escalation, Offer.State.COMPLETED, at)
    if more_urgent and escalation.state in (State.QUEUED, State.OFFERED):
        changes["next_action_at"] = at
    if "state" in changes or "next_action_at" in changes:
        changes |= {"ring": assignment.Ring.SPECIALTY, "ring_since": at}
    if changes:
        kind = "raised" if more_urgent else "flagged_again"
        transitions.move(escalation, kind, actor=actor, at=at, **changes)
    if followed:
        clocks.hurry(escalation, at)
    answer = trigger.tier <= Tier.P1 and (more_urgent or is_new)
    if trigger.tier == Tier.P1 and answer:
        _show_safety(escalation, trigger)
    queue.tell_owner(escalation, warn=followed)
    return answer


def _more_urgent(escalation: Escalation, trigger: Trigger) -> EscalationChanges:
    """The trigger's tier, code and words, and for P0 the crisis card."""
    changes: EscalationChanges = {
        "tier": trigger.tier,
        "code": trigger.code,
        "quote": trigger.quote,
        "reason": trigger.reason,
        "item_id": trigger.item_id,
    }
    if trigger.tier == Tier.P0:
        changes["crisis_card_id"] = _show_safety(escalation, trigger)
    return changes


def queued_again(escalation: Escalation, at: datetime) -> EscalationChanges:
    """Back to the queue, and first to the expert who had it."""
    return {
        **_state_of_call(escalation.session, at),
        "preferred_id": escalation.owner_id or escalation.preferred_id,
        "owner_id": None,
        "mode": Escalation.Mode.NONE,
        "wrap_at": None,
    }


def is_followed(escalation: Escalation, at: datetime) -> bool:
    """Whether an expert has it after the talk, so that they keep it, whatever the member says.

    Who only accepted it keeps it until their page is gone, which the sweeper sees.
    """
    owner = escalation.owner
    if owner is None or escalation.session.ended_at is None:
        return False
    accepted = escalation.state == State.ASSIGNED
    return accepted or (escalation.state == State.FOLLOW_UP and owner.live(at))


def _state_of_call(session: Session, at: datetime) -> EscalationChanges:
    """It calls from a live talk; what was found after the end of one is to be followed up."""
    live = session.ended_at is None
    return {"state": State.QUEUED if live else State.FOLLOW_UP, "next_action_at": at}


def _show_safety(escalation: Escalation, trigger: Trigger) -> int:
    """Put the card with reviewed help into the thread; returns its pk."""
    kind = Shown.CRISIS if trigger.tier == Tier.P0 else Shown.SAFETY
    return refer(escalation.session, kind, f"{escalation.pk}:{trigger.code}", trigger.code).pk


def _hold(session: Session, escalation: Escalation, trigger: Trigger, answer: bool) -> None:
    """Hold the coach back as far as the tier asks. An expert who has the floor keeps it."""
    if session.ended_at is not None:
        return
    if escalation.tier == Tier.P0:
        held = move_floor(session, Floor.SAFETY_HOLD, from_floors=FLOORS_OF_COACH) is not None
        answer = answer or held
    elif escalation.state in (State.QUEUED, State.OFFERED, State.ASSIGNED):
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.COACH,))
    if answer and session.floor != Floor.EXPERT:
        moment = Script.Moment.FIRST
        say_script(session, escalation, moment, trigger.item_id, code=trigger.code)


def preferred_expert(member_pk: int) -> Expert | None:
    """The expert who last had this member, if they still work here."""
    last = (
        Escalation.objects.filter(member_id=member_pk, owner__isnull=False, owner__active=True)
        .order_by("-accepted_at")
        .first()
    )
    return last.owner if last else None
