"""What the sockets of a process have looked at together, every few seconds.

One look for all of them: what each would ask by its own clock costs as much as the talk itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

import structlog

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Watch(Generic[T]):
    """The members of each loop, and a task that looks at them while there are any.

    Each of `looks` is given all of them, every `every()` seconds; what it raises is logged under
    `name`, and the next look comes.
    """

    def __init__(
        self, name: str, *looks: Callable[[list[T]], Awaitable[None]], every: Callable[[], float]
    ) -> None:
        self._name = name
        self._looks = looks
        self._every = every
        self._members: WeakKeyDictionary[asyncio.AbstractEventLoop, set[T]] = WeakKeyDictionary()
        self._tasks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[None]] = (
            WeakKeyDictionary()
        )

    def add(self, member: T) -> None:
        """Look at it, too, in the running loop."""
        loop = asyncio.get_running_loop()
        self._members.setdefault(loop, set()).add(member)
        task = self._tasks.get(loop)
        if task is None or task.done():
            self._tasks[loop] = asyncio.create_task(self._run(loop), name=self._name)

    def discard(self, member: T) -> None:
        self._members.get(asyncio.get_running_loop(), set()).discard(member)

    async def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        members = self._members[loop]
        while members:
            await asyncio.sleep(self._every())
            for look in self._looks:
                try:
                    await look(list(members))
                except Exception as error:  # noqa: BLE001  whatever it is, the next look comes
                    log.error("look_failed", watch=self._name, error=type(error).__name__)
