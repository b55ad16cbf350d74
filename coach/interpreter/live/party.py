"""Who is at the sockets of this process, and how the rows of their meetings stand.

One look for all of them, every second: who came, who went, what was written down. So nothing has to
be published for it, and nothing is missed where a push would be lost.
"""

from datetime import datetime

import msgspec

from coach import clock
from coach.database import reading, writing
from coach.interpreter import limits
from coach.interpreter.actions import keep_seats
from coach.interpreter.direction import OTHER, Side
from coach.interpreter.models import Invitation, Meeting, Seat
from coach.watch import Watch

KEPT_EVERY = 4  # looks


class Standing(msgspec.Struct, frozen=True):
    """How a meeting stands for one of its people.

    `mine`: this socket has the seat. `allowed`: a guest was not shown out. `other`: that person is
    at their page.
    """

    ended: bool = False
    mine: bool = True
    allowed: bool = True
    version: int = 1
    last_seq: int = 0
    languages: tuple[str, str] = ("", "")
    other: bool = False
    other_name: str = ""
    joined: bool = False


class Party:
    """One socket: who sits at it, in which meeting. `invitation`: by which a guest has come."""

    def __init__(self, meeting: Meeting, side: Side, socket: str, invitation: int | None) -> None:
        self.meeting = meeting
        self.side = side
        self.socket = socket
        self.invitation = invitation
        self.standing = Standing()

    def look(self) -> None:
        """Read the rows."""
        _look_up([self])


class _Rows(msgspec.Struct, frozen=True):
    meetings: dict[object, Meeting]
    seats: dict[tuple[object, str], Seat]
    invitations: dict[object, Invitation]
    now: datetime


def _look_up(parties: list[Party]) -> None:
    """The standing of each. Three queries."""
    pks = {party.meeting.pk for party in parties}
    seats = Seat.objects.filter(meeting__in=pks)
    open_ones = Invitation.objects.filter(meeting__in=pks, ended_at=None)
    rows = _Rows(
        Meeting.objects.select_related("member").in_bulk(pks),
        {(seat.meeting_id, seat.side): seat for seat in seats},
        {invitation.meeting_id: invitation for invitation in open_ones},
        clock.now(),
    )
    for party in parties:
        party.standing = _standing(party, rows)


def _standing(party: Party, rows: _Rows) -> Standing:
    meeting = rows.meetings.get(party.meeting.pk)
    if meeting is None:
        return Standing(ended=True)
    mine = rows.seats.get((meeting.pk, party.side))
    other = rows.seats.get((meeting.pk, OTHER[party.side]))
    invitation = rows.invitations.get(meeting.pk)
    name = meeting.host if party.side == "b" else (invitation.name if invitation else "")
    ended = meeting.ended_at is not None
    guest = party.invitation is not None
    return Standing(
        ended=ended,
        mine=mine is None or mine.socket in ("", party.socket),
        allowed=ended or not guest or getattr(invitation, "pk", None) == party.invitation,
        version=meeting.version,
        last_seq=meeting.last_seq,
        languages=(meeting.language_a, meeting.language_b),
        other=other is not None and other.is_taken(rows.now),
        other_name=name,
        joined=invitation is not None and invitation.joined_at is not None,
    )


class _Keeper:
    """Renews the seats of a process with every fourth look."""

    def __init__(self) -> None:
        self._looks = 0

    async def look(self, parties: list[Party]) -> None:
        self._looks += 1
        if self._looks % KEPT_EVERY == 0:
            await writing.run(keep_seats, [party.socket for party in parties])


async def _look(parties: list[Party]) -> None:
    await reading.run(_look_up, parties)


parties = Watch[Party]("meetings", _look, _Keeper().look, every=lambda: limits.LOOK_S)
