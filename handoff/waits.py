"""How long a member may have to wait, from the line as it is. Pure.

A wait is told as a range. It is never shorter than what somebody before them in the same line has
waited already: whoever tells «under five minutes» beside somebody who waits an hour is wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

USUAL = timedelta(minutes=8)  # a conversation, until there is a history to know better
PRIOR_WEIGHT = 10  # conversations of the usual length that the history has to outweigh
# In minutes: from, and up to. The last one has no end.
RANGES: tuple[tuple[int, int | None], ...] = (
    *((0, 5), (5, 10), (10, 20), (20, 40), (40, 60)),
    *((60, 120), (120, 240), (240, None)),
)


@dataclass(frozen=True)
class Standing:
    """Where a call stands among those whom the same experts could serve."""

    before: int  # calls that are served first
    free: int  # conversations that those experts could begin now
    places: int  # conversations that they can have at once
    oldest: timedelta = timedelta(0)  # how long the one who waits longest before it has waited

    @property
    def turns(self) -> int:
        """How many conversations have to end first."""
        return max(0, self.before + 1 - self.free)


def usual_length(lengths: Iterable[timedelta]) -> timedelta:
    """The median conversation, drawn towards `USUAL` as long as few are known."""
    seconds = [length.total_seconds() for length in (*lengths, *[USUAL] * PRIOR_WEIGHT)]
    return timedelta(seconds=median(seconds))


def expected(standing: Standing, usual: timedelta) -> timedelta:
    """How long it takes until an expert is free; 0 when one is. `places` is at least 1."""
    return max(standing.turns * usual / max(1, standing.places), standing.oldest)


def range_of(wait: timedelta) -> tuple[int, int | None]:
    """The range of minutes that `wait` lies in."""
    minutes = wait / timedelta(minutes=1)
    return next(r for r in RANGES if r[1] is None or minutes < r[1])
