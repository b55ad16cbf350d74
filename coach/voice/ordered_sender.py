"""Ordered sending without a task of its own."""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OrderedSender(Generic[T]):
    """Sends items in order, one at a time.

    `add` keeps the order of decisions; whoever calls `flush` while nothing is sent sends until the
    queue is empty. At most `limit` items wait. `send_now` sends an item without waiting, or returns
    False where only `send` can.
    """

    def __init__(
        self,
        send: Callable[[T], Awaitable[None]],
        limit: int,
        send_now: Callable[[T], bool] = lambda _: False,
    ) -> None:
        self._send = send
        self._send_now = send_now
        self._limit = limit
        self._queue: deque[T] = deque()
        self._busy = False
        self._sent = 0

    @property
    def in_flight(self) -> int:
        """The number of the item that is being sent, counted from 0; -1: none is."""
        return self._sent if self._busy else -1

    @property
    def idle(self) -> bool:
        """Nothing waits, and nothing is being sent."""
        return not self._queue and not self._busy

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

    def flush_now(self) -> bool:
        """Send what can be sent without waiting. False: something is left for `flush`."""
        if self._busy:
            return False
        queue = self._queue
        while queue:
            if not self._send_now(queue[0]):
                return False
            queue.popleft()
            self._sent += 1
        return True

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
