"""Delete for good what nobody sees any more: open questions, what was undone and what ended."""

from datetime import timedelta

from coach import clock
from coach.people.actions.health import ASKED_FOR
from coach.people.models import HealthFact, Measurement
from coach.talk.models import Session

KEPT_UNDONE = timedelta(days=2)  # so long it can be put back, and its card says so


def tidy() -> int:
    """Delete what is over, of all members. Returns how many rows."""
    now = clock.now()
    undone = now - KEPT_UNDONE
    facts = HealthFact.objects
    return sum(
        rows.delete()[0]
        for rows in (
            facts.asked().filter(created_at__lt=now - ASKED_FOR),
            facts.filter(undone_at__lt=undone),
            facts.filter(ends=True, noted_at__lt=undone),
            Measurement.objects.filter(undone_at__lt=undone),
        )
    )


def forget_asked_in(session: Session) -> int:
    """Nobody can answer any more what an ended talk asked."""
    return HealthFact.objects.asked().filter(session=session).delete()[0]
