"""Ordered sending without a task of its own."""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OrderedSender(Generic[T]):
    """Sends items in order, one at a time.

    `add` keeps the order of decisions; whoever calls `flush` while nothing is sent sends until the
    queue is empty. At most `limit` items wait.
    """

    def __init__(self, send: Callable[[T], Awaitable[None]], limit: int) -> None:
        self._send = send
        self._limit = limit
        self._queue: deque[T] = deque()
        self._busy = False
        self._sent = 0

    @property
    def in_flight(self) -> int:
        """The number of the item that is being sent, counted from 0; -1: none is."""
        return self._sent if self._busy else -1

    def add(self, item: T) -> None:
        """Queue an item. Raises OverflowError when the other side has stopped taking."""
        if len(self._queue) >= self._limit:
            raise OverflowError("the other side does not take what is sent")
        self._queue.append(item)

    def take_pending(self) -> list[T]:
        """Remove and return what waits; it is not sent any more."""
        pending = list(self._queue)
        self._queue.clear()
        return pending

    async def flush(self) -> None:
        """Send what waits, unless somebody else is doing so. Raises what `send` raises."""
        if self._busy:
            return
        self._busy = True
        try:
            while self._queue:
                await self._send(self._queue.popleft())
                self._sent += 1
        finally:
            self._busy = False
