"""Time, as a relay knows it; a test brings its own."""

import asyncio
import time


class Clock:
    """Seconds that only rise, the time of day, and waiting."""

    def now(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970, in which engines say when a session ends."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
