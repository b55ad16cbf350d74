"""Writes turns down in their order, while the talk goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from coach.voice import limits
from coach.voice.effects import RecordTurn
from coach.voice.interfaces import Host

OnRefused = Callable[[RecordTurn], Awaitable[None]]


class TurnRecorder:
    """A bounded queue of turns. `on_refused` is awaited for each turn that the host refuses."""

    def __init__(self, host: Host, on_refused: OnRefused) -> None:
        self._host = host
        self._on_refused = on_refused
        self._queue: asyncio.Queue[RecordTurn | None] = asyncio.Queue(limits.RECORD_QUEUE)
        self._writing = False

    @property
    def empty(self) -> bool:
        """Nothing waits to be written, or is being written."""
        return self._queue.empty() and not self._writing

    def add(self, turn: RecordTurn) -> None:
        """Queue a turn. Raises asyncio.QueueFull when the host has stopped writing."""
        self._queue.put_nowait(turn)

    async def run(self) -> None:
        """Write turns until `finish`. Raises what the host raises."""
        while (turn := await self._queue.get()) is not None:
            self._writing = True
            try:
                written = await self._host.record_turn(turn)
            finally:
                self._writing = False
            self._queue.task_done()
            if not written:
                await self._on_refused(turn)

    async def finish(self, running: "asyncio.Task[None]") -> None:
        """Write what waits, also if `run`, which is this task, has failed."""
        if not running.done():
            await self._queue.put(None)
            await running
        await self.drain()

    async def drain(self) -> None:
        """Write what waits, each turn whatever became of the one before. Only when `run` is over.

        Raises what the host raised first.
        """
        failure: Exception | None = None
        while not self._queue.empty():
            turn = self._queue.get_nowait()
            if turn is None:
                continue
            try:
                await self._host.record_turn(turn)
            except Exception as error:  # noqa: BLE001  it is raised below
                failure = failure or error
        if failure is not None:
            raise failure

    async def wait_until_written(self) -> None:
        """Return when all turns are written, or after `TURNS_WRITTEN_S`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.TURNS_WRITTEN_S):
                await self._queue.join()
