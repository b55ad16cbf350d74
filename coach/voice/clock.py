"""The clock of a relay; tests bring their own."""

import asyncio
import time
from collections.abc import Callable


class Clock:
    """A steady clock, the time of day, and waiting. Everything is in seconds."""

    now: Callable[[], float] = staticmethod(time.monotonic)
    """Seconds of a clock that only rises."""

    wall: Callable[[], float] = staticmethod(time.time)
    """Seconds since 1970; engines say in them when a session ends."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
