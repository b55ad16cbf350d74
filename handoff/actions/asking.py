"""A member asks for a person."""

from typing import Any

from django.db import transaction

from coach import clock
from coach.talk.models import Session
from handoff.actions import rows
from handoff.actions.raising import raise_escalation
from handoff.actions.rows import State
from handoff.models import DOMAIN_OF_PERSONA, Escalation, Expert, Offer, Tier
from handoff.timing import TARGET

ASKED = "ASK"


@transaction.atomic
def ask_for_person(
    session: Session, quote: str = "", item_id: str = "", reason: str = ""
) -> Escalation:
    """Call a person because the member wants one. Asking again returns the call that is open."""
    rows.lock_session(session.pk)
    found: Escalation | None = Escalation.objects.filter(session=session).open().first()
    resting = (State.WRAP_UP, State.PARKED, State.FOLLOW_UP)
    if found is not None and found.state not in resting:
        return found
    return raise_escalation(
        session, ASKED, Tier.P3, quote, reason or "The member asked for a person.", item_id
    )


@transaction.atomic
def step_in(session: Session, expert: Expert, reason: str = "") -> Escalation:
    """An expert opens a talk that nobody called them to; it is theirs at once."""
    session = rows.lock_session(session.pk)
    found: Escalation | None = Escalation.objects.filter(session=session).open().first()
    if found is not None:
        return found
    expert = rows.lock_expert(expert.pk)
    at = clock.now()
    fields: dict[str, Any] = {
        "state": State.ASSIGNED,
        "tier": Tier.P3,
        "code": "EXP",
        "codes": ["EXP"],
        "reason": (reason or "An expert stepped in.")[:300],
        "language": session.member.language or "en",
        "domain": DOMAIN_OF_PERSONA.get(session.persona.kind, "nutrition"),
        "owner_id": expert.pk,
        "ring_since": at,
        "due_at": at + TARGET[Tier.P3],
        "next_action_at": at + TARGET[Tier.P3],
        "created_at": at,
        "offered_at": at,
        "accepted_at": at,
    }
    born = Escalation.objects.create(session=session, member=session.member, **fields)
    Offer.objects.create(
        escalation=born,
        expert=expert,
        kind=Offer.Kind.CLAIMED,
        state=Offer.State.ACCEPTED,
        created_at=at,
        answered_at=at,
        expires_at=at,
    )
    rows.move(born, "stepped_in", actor=expert.user, at=at, **fields)
    return born
