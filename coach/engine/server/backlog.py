"""What waits for somebody slower: a queue with its limit inside."""

import asyncio
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Backlog(Generic[T]):
    """A queue of one reader that holds at most `most`, in whatever unit its items are measured.

    `room` is cleared once more than `high` is held, and set again at `low`: whoever fills it waits
    there. What would go beyond `most` is not taken, and sets `overflowed` for good.
    """

    def __init__(self, *, low: int, high: int, most: int) -> None:
        assert 0 <= low <= high <= most
        self._low, self._high, self._most = low, high, most
        self._items: deque[tuple[T, int]] = deque()
        self._arrived = asyncio.Event()
        self._in_work = 0  # the size of what was given to the reader last
        self.held = 0
        self.room = asyncio.Event()
        self.room.set()
        self.overflowed = asyncio.Event()

    def __len__(self) -> int:
        """How many items wait, without the one that is in work."""
        return len(self._items)

    def put(self, item: T, size: int = 1) -> None:
        """Take `item`, unless it is too much."""
        if self.held + size > self._most:
            self.overflowed.set()
            return
        self._items.append((item, size))
        self.held += size
        if self.held > self._high:
            self.room.clear()
        self._arrived.set()

    async def get(self) -> T:
        """The next item, once there is one. It is held until the one after it is asked for."""
        self.held -= self._in_work
        self._in_work = 0
        if self.held <= self._low:
            self.room.set()
        while not self._items:
            self._arrived.clear()
            await self._arrived.wait()
        item, self._in_work = self._items.popleft()
        return item
