"""Work that is begun beside a talk and goes on to its end, whoever stops waiting for it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class BackgroundTasks:
    """Of one socket. The first that fails is remembered: it breaks the talk."""

    def __init__(self, on_failure: Callable[[], None]) -> None:
        self._on_failure = on_failure
        self._under_way: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name="errand")
        self._under_way.add(task)
        task.add_done_callback(self._over)
        return task

    def check(self) -> None:
        """Raises what the first failure raised."""
        if self._failure is not None:
            raise self._failure

    async def all_over(self) -> None:
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and self._failure is None:
            self._failure = error
            self._on_failure()
