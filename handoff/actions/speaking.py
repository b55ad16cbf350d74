"""An expert speaks with the member: the lease of their socket, and what follows when it ends."""

from uuid import uuid4

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.language import in_language_of
from coach.talk.models import Floor
from handoff.actions import locks, transitions
from handoff.actions.floor import first_word, return_floor
from handoff.actions.transitions import State
from handoff.models import OWNED_STATES, Escalation, Expert, Script, VoiceLine
from handoff.timeouts import VOICE_LEASE, VOICE_LOST

Mode = Escalation.Mode


class OpenLine(msgspec.Struct, frozen=True):
    """A socket that may carry an expert's voice: its line, its own name, the talk and its epoch."""

    line: int
    socket: str
    expert: int
    group: str
    epoch: int


@transaction.atomic
def open_line(escalation: Escalation, expert: Expert) -> OpenLine | None:
    """A new socket of the expert who has the floor by voice; None: they have not.

    An older socket of theirs has the line no longer.
    """
    session, escalation = locks.lock_escalation(escalation)
    socket = uuid4().hex
    until = clock.now() + VOICE_LEASE
    opened = _speaking(expert.pk).filter(escalation=escalation).update(socket=socket, until=until)
    if not opened:
        return None
    line = VoiceLine.objects.get(escalation=escalation)
    return OpenLine(line.pk, socket, expert.pk, session.group, session.floor_epoch)


def keep_line(line: OpenLine) -> bool:
    """Renew the lease. False: the socket may carry the voice no longer, whatever ended it."""
    mine = _speaking(line.expert).filter(pk=line.line, socket=line.socket)
    same = mine.filter(escalation__session__floor_epoch=line.epoch)
    return bool(same.update(until=clock.now() + VOICE_LEASE))


def taken_over(line: OpenLine) -> bool:
    """Another socket of the same expert has the line."""
    theirs = VoiceLine.objects.filter(pk=line.line, escalation__owner=line.expert)
    return theirs.exclude(socket__in=("", line.socket)).exists()


@transaction.atomic
def voice_heard(line: OpenLine) -> None:
    """The member has heard the expert who speaks: that is a word of a person."""
    rows = _speaking(line.expert).filter(pk=line.line, socket=line.socket)
    mine = rows.select_related("escalation__owner__user").first()
    if mine is not None and mine.escalation.owner is not None:
        session, _case = locks.lock_escalation(mine.escalation)
        first_word(session, mine.escalation.owner.user)


def leave_line(line: OpenLine) -> None:
    """The socket is closed; the page has a moment to come back."""
    VoiceLine.objects.filter(pk=line.line, socket=line.socket).update(
        until=clock.now() + VOICE_LOST
    )


@transaction.atomic
def lose_voice(escalation: Escalation) -> bool:
    """No socket renews the line: the coach is back, and says so. The owner keeps the case.

    False when somebody has renewed it. A line that nobody speaks by is only put away.
    """
    session, escalation = locks.lock_escalation(escalation)
    at = clock.now()
    gone, _rows = VoiceLine.objects.filter(escalation=escalation, until__lte=at).delete()
    if not gone:
        return False
    owner = escalation.owner
    speaks = owner is not None and session.is_spoken_in_by(owner.user)
    if owner is None or not speaks or escalation.state not in OWNED_STATES:
        return True
    transitions.move(escalation, "voice_lost", at=at, mode=Mode.MONITOR)
    notice = in_language_of(session.member, lambda: _("The connection to %(expert)s was lost."))()
    return_floor(escalation, notice=notice % {"expert": owner.user}, moment=Script.Moment.LOST)
    publish(owner.group, wire.OwnershipChanged(escalation.pk))
    return True


def _speaking(expert: int) -> "QuerySet[VoiceLine]":
    """The lines by which this expert may speak at this moment."""
    return VoiceLine.objects.filter(
        escalation__owner=expert,
        escalation__mode=Mode.VOICE,
        escalation__state__in=(State.ACTIVE, State.TRANSFERRING),
        escalation__owner__active=True,
        escalation__owner__user__is_active=True,
        escalation__owner__lease_until__gt=clock.now(),
        escalation__session__floor=Floor.EXPERT,
        escalation__session__floor_voice=True,
        escalation__session__ended_at=None,
    )
