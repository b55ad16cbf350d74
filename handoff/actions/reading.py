"""Whose offer opens a member's talk; who reads it is written down."""

from datetime import datetime, timedelta
from typing import NamedTuple
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


class Read(NamedTuple):
    """Who reads what of whom, by the columns of a row."""

    reader: Member
    member_id: int
    what: str
    session_id: UUID | None
    escalation: Escalation | None


def record_read(
    reader: Member,
    member: int,
    what: str,
    session: UUID | None = None,
    escalation: Escalation | None = None,
) -> bool:
    """Write down that `reader` reads `what` of a member; False when an open page does so still.

    `session` is the talk that it was said in, if it was. Nobody's look at what is their own counts.

    Most calls are of an open page, and lock nothing. Two pages that open at once are one read: the
    second waits for the first at the reader's row, and looks again.
    """
    if reader.pk == member:
        return False
    read = Read(reader, member, what, session, escalation)
    at = clock.now()
    if _is_open(read, at):
        return False
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=reader.pk)
        if _is_open(read, at):
            return False
        AuditRead.objects.create(**read._asdict())
    return True


def _is_open(read: Read, at: datetime) -> bool:
    return AuditRead.objects.filter(**read._asdict(), at__gt=at - ONE_READ).exists()
