"""The clock of a relay; tests bring their own."""

import asyncio
import time


class Clock:
    """A steady clock, the time of day, and waiting. Everything is in seconds."""

    def now(self) -> float:
        """Seconds of a clock that only rises."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970; engines say in them when a session ends."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
