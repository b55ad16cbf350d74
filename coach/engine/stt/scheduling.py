"""In which order recordings are transcribed, and whether there is time for partials."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

LOOK_SECONDS = 0.25
"""Between two looks at the processor's load, and after which partials try again."""

_BUSY = 0.6  # of the cores' time: from here on it is kept for finals
_MEMORY_SECONDS = 1.0  # how long a look counts: turns end in clusters, with quiet between them

Item = TypeVar("Item")


class FairQueue(Generic[Item]):
    """Items by stream; ``pop`` serves the streams in turn, each in its own order."""

    def __init__(self) -> None:
        self._items: OrderedDict[Hashable, deque[Item]] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def push(self, key: Hashable, item: Item) -> None:
        """Put an item at the end of its stream."""
        self._items.setdefault(key, deque()).append(item)
        self._size += 1

    def pop(self) -> Item | None:
        """The next item, or None."""
        if not self._items:
            return None
        key, items = next(iter(self._items.items()))
        item = items.popleft()
        self._size -= 1
        if items:
            self._items.move_to_end(key)
        else:
            del self._items[key]
        return item

    def drop(self, key: Hashable) -> list[Item]:
        """Take out and return all items of one stream."""
        items = list(self._items.pop(key, ()))
        self._size -= len(items)
        return items


class SpareTime:
    """Whether this process has time left for what could be done without."""

    def __init__(
        self,
        cores: int,
        clock: Callable[[], float] = time.monotonic,
        used: Callable[[], float] = time.process_time,
    ) -> None:
        """``clock`` and ``used``: seconds gone by, and of the processor used by all threads."""
        self._cores = cores
        self._clock, self._used = clock, used
        self._mark = clock(), used()
        self._busy = 0.0

    def __call__(self) -> bool:
        now, used = self._clock(), self._used()
        gone = now - self._mark[0]
        if gone >= LOOK_SECONDS:
            busy = (used - self._mark[1]) / gone / self._cores
            kept = math.exp(-gone / _MEMORY_SECONDS)
            self._busy = kept * self._busy + (1 - kept) * busy
            self._mark = now, used
        return self._busy < _BUSY
