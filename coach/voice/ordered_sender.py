"""An ordered way out that needs no task of its own."""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OrderedSender(Generic[T]):
    """Sends in order, one at a time, without a task of its own.

    `add` keeps the order of decisions; whoever finds the lane idle sends until it is empty.
    """

    def __init__(self, send: Callable[[T], Awaitable[None]], limit: int) -> None:
        self._send = send
        self._limit = limit
        self._queue: deque[T] = deque()
        self._busy = False
        self._sent = 0

    @property
    def stuck_at(self) -> int:
        """How much was sent when what is being sent began; -1: nothing is being sent."""
        return self._sent if self._busy else -1

    def add(self, item: T) -> None:
        """Raises OverflowError when the other side has stopped taking."""
        if len(self._queue) >= self._limit:
            raise OverflowError("the other side does not take what is sent")
        self._queue.append(item)

    def take(self) -> list[T]:
        """What waits, which is then not sent any more."""
        waiting = list(self._queue)
        self._queue.clear()
        return waiting

    async def flush(self) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            while self._queue:
                await self._send(self._queue.popleft())
                self._sent += 1
        finally:
            self._busy = False
