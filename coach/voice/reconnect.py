"""Keeps a talk connected to an engine: dials, reconnects after losses, and rotates in time.

An engine ends every session after a while (OpenAI's after 60 minutes). Its successor is opened
beside it and takes over at an idle moment: nothing is asked twice, and nobody notices.

A lost engine is dialled with growing pauses for `RECONNECT_FOR_S`, or until it has refused in the
same way again and again. Cancel `run` when the member leaves.
"""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog

from coach.voice import limits
from coach.voice.backoff import Backoff
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.interfaces import Admit, Connect, Engine, EngineUser
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.refusals import Refusals
from coach.voice.rotation import Connection, wait_until_idle

log = structlog.get_logger(__name__)


class EngineConnector:
    """`run` until no engine can be reached any more.

    `connect` opens an engine, `settings` are what it is configured with. `admit` is awaited before
    each `connect`. `resumed`: an engine has served the talk before.
    """

    def __init__(
        self,
        user: EngineUser,
        connect: Connect,
        settings: EngineSettings,
        clock: Clock,
        admit: Admit | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        self._user = user
        self._connect = connect
        self._admit = admit
        self._settings = settings
        self._clock = clock
        self._backoff = Backoff()
        self._refusals = Refusals(resumed=resumed)
        self._tasks: set[asyncio.Task[None]] = set()  # readers, and old engines being closed
        self._open_engines: list[Engine] = []

    async def run(self) -> None:
        """Keep the user connected. Raises the EngineError after which no attempt is left."""
        try:
            connection = await self._establish()
            while True:
                connection = await self._serve(connection)
        finally:
            await cancel(self._tasks)
            for engine in list(self._open_engines):
                await self._close(engine)

    # --- one connection after the other ---------------------------------------------------------

    async def _serve(self, connection: Connection) -> Connection:
        """Pass this connection's events on; returns the connection that follows it."""
        reading = self._start(self._read(connection.engine), "engine events")
        rotating = asyncio.create_task(self._successor(connection), name="engine successor")
        try:
            await asyncio.wait({reading, rotating}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not rotating.done():
                await cancel([rotating])
        if rotating.cancelled():
            return await self._reconnect(connection, reading.exception())
        successor = rotating.result()
        log.info("engine_rotated", after_s=int(self._clock.now() - connection.opened_at))
        await self._user.on_disconnected()
        self._start(self._retire(connection.engine, reading), "engine closing")
        return await self._establish(successor)

    async def _reconnect(self, connection: Connection, error: BaseException | None) -> Connection:
        """The connection is lost by this error, or ended without one."""
        await self._user.on_disconnected()
        await self._close(connection.engine)
        if self._clock.now() - connection.opened_at > limits.BACKOFF_RESET_S:
            self._backoff.reset()  # one that hangs up at once does not begin a new search
            self._refusals.forget()
        if error is None:
            error = EngineError("the engine ended", "closed", True)
        if not isinstance(error, EngineError):
            raise error
        await self._pause(error)
        return await self._establish()

    async def _establish(self, connection: Connection | None = None) -> Connection:
        """A connection that the user has taken; `connection` is one that is open already."""
        while True:
            try:
                connection = connection or await self._open()
                await self._hand_over(connection)
                return connection
            except EngineError as error:
                connection = None
                await self._user.on_disconnected()
                await self._pause(error)

    async def _hand_over(self, connection: Connection) -> None:
        try:
            await self._user.on_connected(connection.engine)
            self._refusals.on_served()
        except BaseException:
            await self._close(connection.engine)
            raise

    async def _pause(self, error: EngineError) -> None:
        """Wait before the next attempt; raises the error when there is no point in one."""
        attempts = self._backoff.attempts
        log.info("engine_lost", code=error.code, retryable=error.retryable, attempts=attempts)
        now = self._clock.now()
        pause_s = self._backoff.next_pause(now, error.retry_after_s)
        if self._refusals.is_final(error, now) or pause_s is None:
            raise error
        await self._clock.sleep(pause_s)

    async def _read(self, engine: Engine) -> None:
        engine.offer_to(self._user.take, partial(self._user.is_ready, engine))
        async for event in engine.events():
            if not await self._user.on_event(engine, event):
                return

    # --- opening and closing --------------------------------------------------------------------

    async def _open(self) -> Connection:
        if self._admit is not None:
            await self._admit()
        await self._user.on_dialling()
        engine = await self._connect()
        self._open_engines.append(engine)
        try:
            await engine.configure(self._settings)
        except BaseException:
            await self._close(engine)
            raise
        return Connection.open(engine, self._clock)

    async def _successor(self, connection: Connection) -> Connection:
        """The connection to go on with, at a moment for the change."""
        await self._clock.sleep(max(0.0, connection.rotate_after - self._clock.now()))
        while True:
            await wait_until_idle(self._user, self._clock, connection.rotate_by)
            try:
                successor = await self._open()
            except EngineError as error:
                # The present connection serves on: there is time.
                log.warning("engine_rotation_failed", code=error.code)
                await self._clock.sleep(limits.ROTATE_RETRY_S)
                continue
            try:
                await wait_until_idle(self._user, self._clock, connection.rotate_by)
            except BaseException:
                await self._close(successor.engine)
                raise
            return successor

    async def _retire(self, engine: Engine, reading: asyncio.Task[None]) -> None:
        await self._close(engine)
        # Its reader sees the end, which concerns nobody any more.
        await asyncio.gather(reading, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)
        return task

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # `_serve` acts on it; when the talk is over, nobody has to

    async def _close(self, engine: Engine) -> None:
        if engine in self._open_engines:
            self._open_engines.remove(engine)
            await engine.close()
