"""Screens what is said in a live talk, acts on what is found, and holds the coach meanwhile.

Screeners read the text at once, on the loop; of one that is long a thread reads all. A score may
add to what they find, some milliseconds later: nothing waits for it. Acting on what is found needs
the database, and so goes on in the background.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable

from coach.database import writing
from coach.talk.language import in_language_of
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.turn_scorer import TurnScorer
from coach.talk.models import Session
from coach.talk.registries.screened_parts import Part, parts_of
from coach.talk.registries.screeners import Hits, is_grave, screen_parts
from coach.voice.effects import ScreenText
from coach.voice.inputs import Event, HoldReleased, ScreeningDone

SEEN_TEXTS = 20
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
        self._seen: dict[str, str] = {}  # what was read of utterances that go on
        self._unwritten: dict[str, asyncio.Event] = {}  # flagged turns that have no row yet
        self._rows: deque[str] = deque(maxlen=SEEN_TEXTS)  # the last turns that have one
        self._scorer = TurnScorer(session)

    @property
    def busy(self) -> bool:
        """Something was found that is not acted upon yet, or whose turn has no row yet."""
        return bool(self._acting or self._unwritten)

    def screen(self, found: ScreenText) -> bool:
        """Screen a text. True: the coach is held until `HoldReleased` is told."""
        parts = parts_of(found.text, self._seen.pop(found.key, ""))
        if len(parts) > 1:
            # It takes long, so a thread reads it; what a member has said waits for that.
            hold = found.final and found.speaker == "member"
            self._begin(found, hold)
            self._background.start(self._read_and_act(found, parts, hold))
            return hold
        self._remember(found)
        hits = screen_parts(parts, found.speaker, self._language)
        self._score(found, hits)
        if not hits:
            return False
        hold = is_grave(hits, found.speaker)
        self._begin(found, hold)
        self._background.start(self._act(found, hits, hold))
        return hold

    def written(self, item_id: str) -> None:
        """The turn of this item has its row now, or will not get one."""
        self._rows.append(item_id)
        if (waiting := self._unwritten.pop(item_id, None)) is not None:
            waiting.set()

    def _remember(self, found: ScreenText) -> None:
        """What of an utterance was read: of the next, longer text only the rest is new."""
        if not found.final:
            self._seen[found.key] = found.text
            if len(self._seen) > SEEN_TEXTS:
                del self._seen[next(iter(self._seen))]

    def _begin(self, found: ScreenText, hold: bool) -> None:
        if found.final and found.speaker == "member" and found.key not in self._rows:
            self._unwritten.setdefault(found.key, asyncio.Event())
        self._acting += 1
        self._holding += hold

    async def _read_and_act(self, found: ScreenText, parts: list[Part], hold: bool) -> None:
        hits = await asyncio.to_thread(screen_parts, parts, found.speaker, self._language)
        self._remember(found)
        self._score(found, hits)
        if is_grave(hits, found.speaker) and not hold:
            hold = True
            self._holding += 1
            await self._hold_coach(found)
        await self._act(found, hits, hold)

    def _score(self, found: ScreenText, hits: Hits) -> None:
        if self._scorer.wants(found):
            self._background.start(self._score_and_act(found, hits))

    async def _score_and_act(self, found: ScreenText, hits: Hits) -> None:
        added = await self._scorer.read(found, hits)
        if not added:
            return
        hold = is_grave(added, found.speaker)
        self._begin(found, hold)
        if hold:
            await self._hold_coach(found)
        await self._act(found, added, hold)

    async def _hold_coach(self, found: ScreenText) -> None:
        """The coach went on meanwhile."""
        await self._tell(ScreeningDone(found.key, found.speaker, found.final, hold=True))

    async def _act(self, found: ScreenText, hits: Hits, hold: bool) -> None:
        try:
            if hits:
                await self._wait_until_written(found.key)
            else:
                self._unwritten.pop(found.key, None)
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
