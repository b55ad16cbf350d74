"""Call for a person: the row, the safety card, the hold and the first words, all or nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.actions import add_card, add_directive, move_floor
from coach.talk.models import FLOORS_OF_COACH, Directive, Floor, Session
from handoff import assignment
from handoff.actions import rows
from handoff.actions.rows import State
from handoff.models import DOMAIN_OF_PERSONA, Escalation, Expert, Script, Tier
from handoff.safety.crisis import MAX_SPOKEN, scripts_for, spoken_numbers
from handoff.timing import REOPEN_WITHIN, TARGET

MAX_QUOTE = 500
# Somebody is, or has been, at it; a new flag brings them back to the queue.
RESTING = (State.PARKED, State.FOLLOW_UP, State.WRAP_UP)


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
    session = rows.lock_session(session.pk)
    at = clock.now()
    quote = quote[:MAX_QUOTE]
    found = Escalation.objects.select_for_update(no_key=True).filter(session=session).open().first()
    if found is None:
        escalation = _create(session, code, tier, quote, reason, item_id, at)
        answer = tier <= Tier.P1
    else:
        found.session = session
        escalation = found
        answer = _raise(escalation, code, tier, quote, item_id, at)
    _hold(session, escalation, answer, code, item_id)
    rows.ring_dispatcher(escalation)
    return escalation


def _create(
    session: Session,
    code: str,
    tier: int,
    quote: str,
    reason: str,
    item_id: str,
    at: datetime,
) -> Escalation:
    before = (
        Escalation.objects.filter(session=session, resolved_at__gte=at - REOPEN_WITHIN)
        .order_by("-resolved_at")
        .first()
    )
    known = preferred_expert(session.member_id)
    fields: dict[str, Any] = {
        "state": State.QUEUED,
        "tier": tier,
        "code": code,
        "codes": [code],
        "reason": reason[:300],
        "quote": quote,
        "item_id": item_id,
        "language": session.member.language or "en",
        "domain": DOMAIN_OF_PERSONA.get(session.persona.kind, "nutrition"),
        "ring": assignment.first_ring(tier, known.pk if known else None),
        "ring_since": at,
        "next_action_at": at,
        "due_at": at + TARGET[tier],
        "created_at": at,
        "preferred_id": known.pk if known else None,
        "reopened_from_id": before.pk if before else None,
    }
    # A card points at its escalation by id, and P0 may not exist without its card: so the row is
    # born one tier below, invisible outside this transaction, and raised with the card.
    born = Escalation.objects.create(
        session=session, member=session.member, **(fields | {"tier": max(tier, Tier.P1)})
    )
    if tier == Tier.P0:
        fields["crisis_card_id"] = _show_safety(session, born, code, tier)
    rows.move(born, "created", at=at, **fields)
    if tier == Tier.P1:
        _show_safety(session, born, code, tier)
    elif tier > Tier.P1:
        add_card(session, "person", str(born.pk))
    return born


def _raise(
    escalation: Escalation, code: str, tier: int, quote: str, item_id: str, at: datetime
) -> bool:
    """Add a code; more urgent than before: take its tier, quote and an earlier deadline.

    True when the member must be answered with reviewed words.
    """
    session = escalation.session
    changes: dict[str, Any] = {}
    is_new = code not in escalation.codes
    if is_new:
        changes["codes"] = [*escalation.codes, code]
    more_urgent = tier < escalation.tier
    if more_urgent:
        changes |= {
            "tier": tier,
            "code": code,
            "quote": quote,
            "item_id": item_id,
            "due_at": min(escalation.due_at, at + TARGET[tier]),
            "warned": False,
        }
        if tier == Tier.P0:
            changes["crisis_card_id"] = _show_safety(session, escalation, code, tier)
    if escalation.state in RESTING:
        changes |= {
            "state": State.QUEUED,
            "preferred_id": escalation.owner_id or escalation.preferred_id,
            "owner_id": None,
            "mode": Escalation.Mode.NONE,
            "wrap_at": None,
            "due_at": at + TARGET[min(tier, escalation.tier)],
            "overdue": False,
        }
        rows.end_ownership(escalation, "completed", at)
    if "state" in changes or (more_urgent and escalation.state in (State.QUEUED, State.OFFERED)):
        changes |= {"ring": assignment.Ring.SPECIALTY, "ring_since": at, "next_action_at": at}
    if changes:
        rows.move(escalation, "raised" if more_urgent else "flagged_again", at=at, **changes)
    answer = tier <= Tier.P1 and (more_urgent or is_new)
    if tier == Tier.P1 and answer:
        _show_safety(session, escalation, code, tier)
    if escalation.owner is not None:
        publish(escalation.owner.group, wire.OwnershipChanged(escalation.pk))
    return answer


def _show_safety(session: Session, escalation: Escalation, code: str, tier: int) -> int:
    """Put the card with reviewed help into the thread; returns its pk."""
    kind = "crisis" if tier == Tier.P0 else "safety"
    return int(add_card(session, kind, f"{escalation.pk}:{code}").pk)


def _hold(session: Session, escalation: Escalation, answer: bool, code: str, item_id: str) -> None:
    """Hold the coach back as far as the tier asks. An expert who has the floor keeps it."""
    if session.ended_at is not None:
        return
    if escalation.tier == Tier.P0:
        held = move_floor(session, Floor.SAFETY_HOLD, from_floors=FLOORS_OF_COACH) is not None
        answer = answer or held
    elif escalation.state in (State.QUEUED, State.OFFERED, State.ASSIGNED):
        move_floor(session, Floor.COACH_WAITING, from_floors=(Floor.COACH,))
    if answer and session.floor != Floor.EXPERT:
        say_script(session, escalation, Script.Moment.FIRST, item_id, code=code)


def say_script(
    session: Session, escalation: Escalation, moment: str, item_id: str, *, code: str = ""
) -> bool:
    """Have the coach say the next reviewed line of `moment`; False when there is none."""
    code = code or escalation.code
    lines = scripts_for(code, moment, str(session.brief.get("language", "en")))
    if not lines:
        return False
    line = lines[escalation.scripts_said % len(lines)] if moment == Script.Moment.STAY else lines[0]
    numbers = ""
    if moment == Script.Moment.FIRST and escalation.tier <= Tier.P1:
        numbers = spoken_numbers(code, session.member.time_zone)
    spoken = line.text.replace("{numbers}", numbers).replace("{name}", session.member.name)
    spoken = _whole_sentences(" ".join(spoken.split()), MAX_SPOKEN)
    add_directive(
        session,
        Directive.Kind.SCRIPT,
        _("Say exactly these reviewed words and nothing else."),
        spoken=spoken,
    )
    said = escalation.scripts_said + (moment == Script.Moment.STAY)
    Escalation.objects.filter(pk=escalation.pk).update(held_item=item_id, scripts_said=said)
    escalation.held_item, escalation.scripts_said = item_id, said
    return True


def _whole_sentences(text: str, limit: int) -> str:
    """As many sentences as fit. The console refuses longer lines, but a number is never halved."""
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else text[:limit].rsplit(" ", 1)[0]


def preferred_expert(member_pk: int) -> Expert | None:
    """The expert who last had this member, if they still work here."""
    last = (
        Escalation.objects.filter(member_id=member_pk, owner__isnull=False, owner__active=True)
        .order_by("-accepted_at")
        .first()
    )
    return last.owner if last else None
