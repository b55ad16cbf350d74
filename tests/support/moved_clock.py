"""A database clock for tests: it stands still until it is moved, however busy the machine is."""

from datetime import datetime, timedelta

TICK = timedelta(microseconds=1)


class MovedClock:
    """Its `now` stands in for `coach.clock.now`; each reading is a microsecond later."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += TICK
        return self._now

    def advance(self, **amount: float) -> None:
        """As `timedelta` takes it: `advance(hours=4, seconds=1)`."""
        self._now += timedelta(**amount)
