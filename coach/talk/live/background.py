"""Work that is begun beside a talk and goes on to its end, whoever stops waiting for it."""

import asyncio
from collections.abc import Callable, Collection, Coroutine


class BackgroundTasks:
    """Those of one connection. The first failure is remembered: it breaks the talk."""

    def __init__(self, on_failure: Callable[[], None]) -> None:
        self._on_failure = on_failure
        self._running: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None

    def start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name="background")
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task

    def check(self) -> None:
        """Raises what the first failure raised."""
        if self._failure is not None:
            raise self._failure

    async def join(self, but: Collection[asyncio.Task[None]] = ()) -> None:
        """Returns when none is running but these, also of those that were started meanwhile."""
        while running := self._running.difference(but):
            await asyncio.wait(running)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and self._failure is None:
            self._failure = error
            self._on_failure()
