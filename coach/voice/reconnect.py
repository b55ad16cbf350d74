"""Keeps an engine for a talk: reaches one, comes back from losses, and changes it in good time.

An engine ends every session after a while (OpenAI's after 60 minutes) and says when. Its successor
is opened beside it and takes over at a quiet moment: nothing is asked twice, and nobody notices. A
lost engine is sought with growing pauses for as long as `RECONNECT_FOR_S`, however many tries that
takes, unless its error says that this can only fail again. The member is there all the while: who
leaves the page ends the keeper.
"""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, Protocol

import msgspec
import structlog

from coach.voice import limits
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.engine_events import EngineEvent
from coach.voice.interfaces import Admit, Connect, Engine
from coach.voice.realtime import EngineError, EngineSettings

log = structlog.get_logger(__name__)


class EngineUser(Protocol):
    """What an engine is kept for."""

    @property
    def quiet(self) -> bool:
        """Nothing is under way."""

    async def seek(self) -> None:
        """An engine is dialled."""

    async def lose(self) -> None:
        """There is no engine any more."""

    async def take(self, engine: Engine) -> None:
        """Go on with this engine. Raises EngineError when it is lost meanwhile."""

    async def happened(self, engine: Engine, event: EngineEvent) -> bool:
        """False: this engine is not the talk's any more, and its event was dropped."""


class Connection(msgspec.Struct, frozen=True):
    """An open engine and, in the clock's seconds, when it was opened and when it is to be left."""

    engine: Engine
    since: float
    due: float
    latest: float


class EngineConnector:
    """`run` until no engine can be had any more."""

    def __init__(
        self,
        talk: EngineUser,
        connect: Connect,
        settings: EngineSettings,
        clock: Clock,
        admit: Admit | None = None,
    ) -> None:
        self._talk = talk
        self._connect = connect
        self._admit = admit
        self._settings = settings
        self._clock = clock
        self._tries = 0
        self._failing_since = 0.0
        self._tasks: set[asyncio.Task[None]] = set()  # readers, and old engines on their way out
        self._open_now: list[Engine] = []

    async def run(self) -> None:
        """Serve the talk. Raises the EngineError after which there is no point in another try."""
        try:
            life = await self._reach()
            while True:
                life = await self._serve(life)
        finally:
            await cancel(self._tasks)
            for engine in list(self._open_now):
                await self._close(engine)

    # --- one engine after the other -------------------------------------------------------------

    async def _serve(self, life: Connection) -> Connection:
        """Let the talk have this engine's events; returns the engine that follows it."""
        reading = self._start(self._read(life.engine), "engine events")
        following = asyncio.create_task(self._successor(life), name="engine successor")
        try:
            await asyncio.wait({reading, following}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not following.done():
                await cancel([following])
        if following.cancelled():
            return await self._replace(life, reading.exception())
        successor = following.result()
        log.info("engine_changed", after_s=int(self._clock.now() - life.since))
        await self._talk.lose()
        self._start(self._leave(life.engine, reading), "engine leaving")
        return await self._reach(successor)

    async def _replace(self, life: Connection, error: BaseException | None) -> Connection:
        await self._talk.lose()
        await self._close(life.engine)
        if self._clock.now() - life.since > limits.BACKOFF_RESET_S:
            self._tries = 0  # one that hangs up at once does not end the search for a better one
        if error is None:
            error = EngineError("the engine ended", "closed", True)
        if not isinstance(error, EngineError):
            raise error
        await self._pause(error)
        return await self._reach()

    async def _reach(self, life: Connection | None = None) -> Connection:
        """An engine that the talk has taken; `life` is one that is open already."""
        while True:
            try:
                life = life or await self._open()
                await self._take(life)
                return life
            except EngineError as error:
                life = None
                await self._talk.lose()
                await self._pause(error)

    async def _take(self, life: Connection) -> None:
        try:
            await self._talk.take(life.engine)
        except BaseException:
            await self._close(life.engine)
            raise

    async def _pause(self, error: EngineError) -> None:
        """Wait before the next try; raises the error when there is no point in one."""
        log.info("engine_lost", code=error.code, retryable=error.retryable, tries=self._tries)
        now = self._clock.now()
        if self._tries == 0:
            self._failing_since = now
        if now - self._failing_since > limits.RECONNECT_FOR_S or not error.retryable:
            raise error
        pause = min(limits.BACKOFF_MAX_S, limits.BACKOFF_FIRST_S * 2.0**self._tries)
        self._tries += 1
        await self._clock.sleep(pause * random.uniform(0.75, 1.0))

    async def _read(self, engine: Engine) -> None:
        async for event in engine.events():
            if not await self._talk.happened(engine, event):
                return

    # --- opening and leaving --------------------------------------------------------------------

    async def _open(self) -> Connection:
        if self._admit is not None:
            await self._admit()
        await self._talk.seek()
        engine = await self._connect()
        self._open_now.append(engine)
        try:
            await engine.configure(self._settings)
        except BaseException:
            await self._close(engine)
            raise
        since, left = self._clock.now(), self._left(engine)
        after = min(limits.ROTATE_AFTER_S, left * limits.ROTATE_AFTER_SHARE)
        latest = min(limits.ROTATE_LATEST_S, left * limits.ROTATE_LATEST_SHARE)
        return Connection(engine, since, since + after, since + latest)

    def _left(self, engine: Engine) -> float:
        """How many seconds the engine grants; those of the longest if it does not say."""
        if engine.expires_at is None:
            return limits.SESSION_MAX_S
        left = engine.expires_at - self._clock.wall()
        return left if left >= limits.SESSION_MIN_S else limits.SESSION_MAX_S

    async def _successor(self, life: Connection) -> Connection:
        """The engine to go on with, at a moment for the change."""
        await self._clock.sleep(max(0.0, life.due - self._clock.now()))
        while True:
            await self._quiet(life.latest)
            try:
                successor = await self._open()
            except EngineError as error:
                # The engine that we have serves on: there is time.
                log.warning("engine_successor_failed", code=error.code)
                await self._clock.sleep(limits.ROTATE_RETRY_S)
                continue
            try:
                await self._quiet(life.latest)
            except BaseException:
                await self._close(successor.engine)
                raise
            return successor

    async def _quiet(self, latest: float) -> None:
        """Wait until nothing has been under way for a moment, but no longer than `latest`."""
        since = self._clock.now()
        while self._clock.now() < latest:
            if not self._talk.quiet:
                since = self._clock.now()
            elif self._clock.now() - since >= limits.ROTATE_IDLE_S:
                return
            await self._clock.sleep(limits.TICK_S)

    async def _leave(self, engine: Engine, reading: asyncio.Task[None]) -> None:
        await self._close(engine)
        # Its reader sees the end, and that nobody wants to know why.
        await asyncio.gather(reading, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # `_serve` acts on it; when the talk is over, nobody has to

    async def _close(self, engine: Engine) -> None:
        if engine in self._open_now:
            self._open_now.remove(engine)
            await engine.close()
