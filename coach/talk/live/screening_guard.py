"""Screens what is said in a live talk, acts on what is found, and holds the coach meanwhile.

Screeners read the text at once, on the loop. Acting on what they find needs the database, and so
goes on in the background.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from coach.database import writing
from coach.talk.language import in_language_of
from coach.talk.live.background import BackgroundTasks
from coach.talk.models import Session
from coach.talk.registries.screeners import Flag, Screener, is_grave, screen
from coach.voice.effects import ScreenText
from coach.voice.inputs import Event, HoldReleased

WRITTEN_S = 0.3  # how long acting on a turn may wait for the turn's row


class ScreeningGuard:
    """Screening of one connection. `refresh` brings the page up to what acting has changed."""

    def __init__(
        self,
        session: Session,
        language: str,
        background: BackgroundTasks,
        *,
        tell: Callable[[Event], Awaitable[None]],
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        self._session = session
        self._language = language
        self._background = background
        self._tell = tell
        self._refresh = refresh
        self._acting = 0  # acts under way
        self._holding = 0  # how many of them hold the coach
        self._unwritten: dict[str, asyncio.Event] = {}  # flagged turns that have no row yet

    @property
    def busy(self) -> bool:
        """Something was found that is not acted upon yet, or whose turn has no row yet."""
        return bool(self._acting or self._unwritten)

    def screen(self, found: ScreenText) -> bool:
        """Screen a text. True: the coach is held until `HoldReleased` is told."""
        hits = screen(found.text, found.speaker, self._language)
        if not hits:
            return False
        hold = is_grave(hits, found.speaker)
        if found.final and found.speaker == "member":
            self._unwritten[found.key] = asyncio.Event()
        self._acting += 1
        self._holding += hold
        self._background.start(self._act(found, hits, hold))
        return hold

    def written(self, item_id: str) -> None:
        """The turn of this item has its row now, or will not get one."""
        if (waiting := self._unwritten.pop(item_id, None)) is not None:
            waiting.set()

    async def _act(
        self, found: ScreenText, hits: list[tuple[Screener, list[Flag]]], hold: bool
    ) -> None:
        try:
            await self._wait_until_written(found.key)
            for screener, flags in hits:
                act = in_language_of(self._session.member, screener.act)
                await writing.run(act, self._session.pk, flags, found.key, found.speaker)
        finally:
            self._acting -= 1
        try:
            await self._refresh()
        finally:
            self._holding -= hold
        if hold and not self._holding:
            await self._tell(HoldReleased())

    async def _wait_until_written(self, key: str) -> None:
        """The words come before their card in the thread, unless that would take long."""
        if (written := self._unwritten.get(key)) is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WRITTEN_S):
                    await written.wait()
            self._unwritten.pop(key, None)
