"""What goes to the page of one person, in the order in which it was decided."""

from datetime import datetime

import structlog
from django.db import DatabaseError

from coach import wire
from coach.database import reading
from coach.interpreter import limits
from coach.interpreter.direction import Line as SpokenLine
from coach.interpreter.direction import Side
from coach.interpreter.live.party import Party
from coach.interpreter.models import Line
from coach.page_socket import PageSocket
from coach.voice.limits import BYTES_PER_MS, PAGE_FRAME_MAX_MS
from coach.voice.ordered_sender import OrderedSender

log = structlog.get_logger(__name__)

FRAME_BYTES = PAGE_FRAME_MAX_MS * BYTES_PER_MS
ITEMS = 0x8000  # that a header tells apart; half of them are each person's
WAITING = 4_000  # frames and messages; a page that takes none of them is disconnected


def item_of(line: SpokenLine) -> int:
    """The number that words and sound of a line share: another one for each person's lines."""
    return (line.number * 2 + (line.side == "b")) % ITEMS


class MeetingPage(OrderedSender[bytes | wire.ToInterpreter]):
    """`since`: number of the last line that the page has.

    What adds raises OverflowError where the page takes nothing.
    """

    def __init__(self, party: Party, socket: PageSocket, since: int) -> None:
        super().__init__(self._put, WAITING)
        self._party = party
        self._socket = socket
        self._sent_seq = since

    @property
    def behind(self) -> bool:
        """The page does not keep up: what may be lost is not sent now."""
        return len(self._queue) > limits.BUS_FRAMES

    def lacks(self, seq: int) -> bool:
        """Whether the line of this number was not sent yet."""
        return seq > self._sent_seq

    async def show(self, message: wire.ToInterpreter) -> None:
        self.add(message)
        await self.flush()

    def add_sound(self, item: int, pcm: bytes) -> None:
        """Sound of a line, in frames as a page takes them."""
        for frame in frames(item, pcm):
            self.add(frame)

    async def show_lines(self) -> None:
        """The lines that were written down since the last time, or, without a database, later."""
        try:
            lines = await reading.run(self._lines)
        except DatabaseError as error:
            log.warning("lines_not_read", error=type(error).__name__)
            return
        for line in lines:
            if self.lacks(line.seq):
                self._sent_seq = line.seq
                self.add(kept(line))
        await self.flush()

    def _lines(self) -> list[Line]:
        newer = Line.objects.filter(meeting=self._party.meeting, seq__gt=self._sent_seq)
        return list(newer.order_by("seq")[: limits.LINES_SHOWN])

    async def _put(self, one: bytes | wire.ToInterpreter) -> None:
        if isinstance(one, bytes):
            await self._socket.send_audio(one)
        else:
            await self._socket.send(one)


def frames(item: int, pcm: bytes) -> list[bytes]:
    header = wire.audio_header(0, item)
    starts = range(0, len(pcm), FRAME_BYTES)
    return [header + pcm[start : start + FRAME_BYTES] for start in starts]


def words(line: SpokenLine) -> wire.LineWords:
    side: Side = line.side
    return wire.LineWords(item_of(line), side, line.original, line.translation)


def kept(line: Line) -> wire.LineKept:
    at: datetime = line.said_at
    return wire.LineKept(
        seq=line.seq,
        item=line.item,
        side="a" if line.side == "a" else "b",
        language=line.language,
        into=line.into,
        original=line.original,
        translation=line.translation,
        check=line.check_numbers,
        at=at.isoformat(),
    )
