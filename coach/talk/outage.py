"""How long a database is waited for that takes nothing: it may be locked, full or away."""

from collections.abc import Callable

AGAIN_S = 2.0  # between two tries to write the same
TRY_FOR_S = 120.0  # it may be back by then


class Outage:
    """Of what one connection writes in order. `now` is a steady clock, in seconds.

    What cannot be written within `TRY_FOR_S` of the first failure is lost; from then on each thing
    has one try, until one of them succeeds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until: float | None = None  # so long it is tried, since it has failed

    @property
    def lasts(self) -> bool:
        """The last try has failed."""
        return self._until is not None

    def over(self) -> None:
        """Something was written."""
        self._until = None

    def failed(self) -> bool:
        """Another try has failed. True: it was the last one."""
        if self._until is None:
            self._until = self._now() + TRY_FOR_S
        return self._now() > self._until
