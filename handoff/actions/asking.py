"""A member asks for a person."""

from django.db import transaction

from coach import clock
from coach.talk.models import Session
from handoff.actions import locks, transitions
from handoff.actions.ownership import accepted_offer
from handoff.actions.raising import MAX_REASON, RESTING, raise_escalation
from handoff.actions.transitions import EscalationChanges, State
from handoff.models import Escalation, Expert, Tier, domain_of
from handoff.timeouts import TARGET

ASKED = "ASK"


@transaction.atomic
def ask_for_person(
    session: Session, quote: str = "", item_id: str = "", reason: str = ""
) -> Escalation:
    """Call a person because the member wants one. Asking again returns the call that is open."""
    locks.lock_session(session.pk)
    found = Escalation.objects.filter(session=session).open().first()
    if found is not None and found.state not in RESTING:
        return found
    return raise_escalation(
        session, ASKED, Tier.P3, quote, reason or "The member asked for a person.", item_id
    )


@transaction.atomic
def step_in(session: Session, expert: Expert, reason: str = "") -> Escalation:
    """An expert opens a talk that nobody called them to; it is theirs at once."""
    session = locks.lock_session(session.pk)
    found = Escalation.objects.filter(session=session).open().first()
    if found is not None:
        return found
    expert = locks.lock_expert(expert.pk)
    at = clock.now()
    fields: EscalationChanges = {
        "state": State.ASSIGNED,
        "tier": Tier.P3,
        "code": "EXP",
        "codes": ["EXP"],
        "reason": (reason or "An expert stepped in.")[:MAX_REASON],
        "language": session.member.language or "en",
        "domain": domain_of(session.persona.kind),
        "owner_id": expert.pk,
        "ring_since": at,
        "due_at": at + TARGET[Tier.P3],
        "next_action_at": at + TARGET[Tier.P3],
        "created_at": at,
        "offered_at": at,
        "accepted_at": at,
    }
    born = Escalation.objects.create(session=session, member=session.member, **fields)
    accepted_offer(born, expert, at)
    transitions.move(born, "stepped_in", actor=expert.user, at=at, **fields)
    return born
