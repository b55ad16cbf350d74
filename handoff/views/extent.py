"""How far an expert reads a talk: what comes after they have handed it back is not for them."""

from datetime import datetime

from django.db.models import Max

from coach.talk.models import Session
from handoff.actions.noting import mentions_of
from handoff.actions.stays import staying
from handoff.models import Escalation, Expert, Offer
from handoff.summary.rows import FUTURE

HAD = (Offer.State.COMPLETED, Offer.State.CANCELED)  # how an offer ends that was theirs


def reads_until(expert: Expert, case: Escalation) -> datetime | None:
    """When the case left the hands of this expert, who may read it; None: they read on.

    Whoever has the case, hears it ring, stays until a colleague takes it over, or was called in by
    a note while somebody is at it, reads the talk as it goes on, and so does a supervisor.
    Whoever had it reads what stood there when they handed it back.
    """
    if expert.supervisor:
        return None
    at_hand = case.is_open and case.state != Escalation.State.WRAP_UP
    if at_hand and case.owner_id == expert.pk:
        return None
    offers = case.offers.filter(expert=expert)
    if offers.filter(state=Offer.State.PENDING).exists():
        return None
    if staying(expert).filter(pk=case.pk).exists():
        return None
    if at_hand and mentions_of(expert).filter(note__escalation=case).exists():
        return None
    had = offers.filter(state__in=HAD).aggregate(last=Max("ended_at"))["last"]
    return had or case.wrap_at or case.created_at


def before_number(session: Session, until: datetime | None) -> int:
    """The number of the thread before which what stood there at `until` ends."""
    if until is None:
        return FUTURE
    turns = session.turns.filter(created_at__lte=until).aggregate(last=Max("seq"))["last"]
    cards = session.cards.filter(created_at__lte=until).aggregate(last=Max("seq"))["last"]
    return max(turns or 0, cards or 0) + 1
