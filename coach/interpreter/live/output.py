"""Where the interpreter's lines go: to this page, to the other person's, and into rows."""

import asyncio
from collections import deque

import structlog
from django.db import DatabaseError

from coach.database import writing
from coach.interpreter import limits
from coach.interpreter.actions import add_line
from coach.interpreter.direction import OTHER, Effect, Line, Play, Show, Whole
from coach.interpreter.live.page import MeetingPage, frames, item_of, words
from coach.interpreter.live.party import Party
from coach.sound_bus import SoundBus
from coach.wire import Passed

log = structlog.get_logger(__name__)

UNWRITTEN = 200  # lines that wait for the database; more are lost, and told in the log
AGAIN_S = 1.0
LAST_S = 60.0  # after the page has gone


def channel(party: Party, side: str) -> str:
    """Of what one person's process has for the other's page."""
    return f"interpreter.{party.meeting.pk.hex}.to_{side}"


class Output:
    """Of one socket. `put_out` takes effects at once; `run` sends and writes them."""

    def __init__(self, party: Party, page: MeetingPage, bus: SoundBus | None) -> None:
        self._party = party
        self._page = page
        self._bus = bus if party.meeting.by_links else None
        self._to_other = channel(party, OTHER[party.side])
        self._unwritten: deque[tuple[Line, tuple[str, str]]] = deque()
        self._stirred = asyncio.Event()
        self._writing = asyncio.Lock()  # in order, and each line once

    def put_out(self, languages: tuple[str, str], effects: list[Effect]) -> None:
        """Queue what follows of these, of two people who speak these languages. Never waits."""
        for effect in effects:
            match effect:
                case Show(line=line):
                    self._show(line)
                case Play(line=line, pcm=pcm):
                    self._play(line, pcm)
                case Whole(line=line):
                    self._keep(line, languages)
        self._stirred.set()

    def pass_on(self, passed: Passed) -> None:
        """What the other person's process has for this page, unless the page is behind."""
        if not self._page.behind:
            self._page.add(passed.words if passed.words is not None else passed.sound)
            self._stirred.set()

    async def run(self) -> None:
        """For ever. Raises OverflowError when the page takes nothing."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            await self._page.flush()
            await self.write()

    async def write(self) -> None:
        """Write down every line that is whole. A database that is away is waited for."""
        async with self._writing:
            while self._unwritten:
                try:
                    await self._write_first_once()
                except DatabaseError as error:
                    log.warning("line_not_written", error=type(error).__name__)
                    await asyncio.sleep(AGAIN_S)
                    continue
                await self._page.show_lines()

    async def write_last(self) -> None:
        """Write down what is left. A database that stays away is not waited for for ever."""
        try:
            async with asyncio.timeout(LAST_S):
                await self.write()
        except TimeoutError:
            log.error("lines_lost", meeting=self._party.meeting.pk.hex, lines=len(self._unwritten))

    async def _write_first_once(self) -> None:
        """Whoever is cancelled meanwhile has written it, and must not do so again."""
        work = asyncio.create_task(self._write_first())
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()  # the last write tries again
            raise

    async def _write_first(self) -> None:
        line, languages = self._unwritten[0]
        await writing.run(
            add_line,
            self._party.meeting,
            line.side,
            line.original,
            line.translation,
            languages=languages,
            item=item_of(line),
        )
        self._unwritten.popleft()

    def _show(self, line: Line) -> None:
        message = words(line)
        self._page.add(message)
        self._pass(Passed(words=message))

    def _play(self, line: Line, pcm: bytes) -> None:
        if not self._party.meeting.by_links:
            self._page.add_sound(item_of(line), pcm)
            return
        for frame in frames(item_of(line), pcm):
            self._pass(Passed(sound=frame))

    def _pass(self, passed: Passed) -> None:
        if self._bus is not None:
            self._bus.publish(self._to_other, passed.pack(), limits.BUS_FRAMES)

    def _keep(self, line: Line, languages: tuple[str, str]) -> None:
        if len(self._unwritten) >= UNWRITTEN:
            log.error("line_lost", meeting=self._party.meeting.pk.hex)
            return
        a, b = languages
        self._unwritten.append((line, (a, b) if line.side == "a" else (b, a)))
