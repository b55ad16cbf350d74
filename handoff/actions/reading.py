"""Whose offer opens a member's talk; who reads it is written down."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from coach import clock
from coach.types import Member
from handoff.models import AuditRead, Escalation, Offer

# An offer that rings, or one that was accepted, opens the transcript; a declined one does not.
OPENS = (Offer.State.PENDING, Offer.State.ACCEPTED, Offer.State.COMPLETED)
# A page that stays open is one read for that long.
ONE_READ = timedelta(minutes=5)


def record_read(
    reader: Member, session: UUID, what: str, escalation: Escalation | None = None
) -> bool:
    """Write down that `reader` reads `what` of a talk; False when an open page does so still.

    Most calls are of an open page, and lock nothing. Two pages that open at once are one read: the
    second waits for the first at the reader's row, and looks again.
    """
    at = clock.now()
    if _is_open(reader, session, what, escalation, at):
        return False
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=reader.pk)
        if _is_open(reader, session, what, escalation, at):
            return False
        AuditRead.objects.create(
            reader=reader, session_id=session, escalation=escalation, what=what
        )
    return True


def _is_open(
    reader: Member, session: UUID, what: str, escalation: Escalation | None, at: datetime
) -> bool:
    reads = AuditRead.objects.filter(
        reader=reader, session=session, escalation=escalation, what=what
    )
    return reads.filter(at__gt=at - ONE_READ).exists()
