"""How long the desk was open between two moments: that is the time in which P2 to P4 wait."""

from bisect import bisect_right
from datetime import datetime
from itertools import accumulate

from handoff.hours import Hours


class OpenTime:
    """The hours of the span from `first` to `last`, ready to be asked many times."""

    def __init__(self, hours: Hours, first: datetime, last: datetime) -> None:
        days = (last - first).days + 2
        spans = [] if hours.always else list(hours.spans(first, days))
        self.always = hours.always
        self._starts = [start.timestamp() for start, _end in spans]
        self._ends = [end.timestamp() for _start, end in spans]
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        self._sums = [0.0, *accumulate(lengths)]  # of what was open before each interval

    def between(self, start: datetime, end: datetime) -> float:
        """Seconds for which it was open from `start` to `end`."""
        if self.always:
            return (end - start).total_seconds()
        return self._before(end.timestamp()) - self._before(start.timestamp())

    def _before(self, at: float) -> float:
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0.0
        return self._sums[place] + min(at, self._ends[place]) - self._starts[place]
