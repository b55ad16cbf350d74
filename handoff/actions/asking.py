"""A member asks for a person."""

from django.db import transaction

from coach.talk.models import Session
from handoff.actions import locks
from handoff.actions.raising import RESTING, raise_escalation
from handoff.models import Escalation, Tier

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
