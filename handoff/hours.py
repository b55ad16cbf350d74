"""When the desk is open. Pure: hours as intervals of the week in one time zone, and days off.

An interval is [opens, closes) of local time; one that closes at midnight closes at `time.min`.
Hours without any interval are always open: a desk works before anybody has set hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_AHEAD = 400  # how far the next opening is looked for; hours that never open never end it

Interval = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """`weekly`: the intervals of each weekday, Monday is 0, in order and apart."""

    zone: ZoneInfo
    weekly: dict[int, tuple[Interval, ...]] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()

    @property
    def always(self) -> bool:
        return not any(self.weekly.values())

    def is_open(self, at: datetime) -> bool:
        return self.always or any(start <= at < end for start, end in self.spans(at, days=1))

    def opened_at(self, at: datetime) -> datetime | None:
        """When the interval that `at` lies in began; None when it is closed, or always open."""
        if self.always:
            return None
        spans = self.spans(at, days=1)
        return next((start for start, end in spans if start <= at < end), None)

    def next_opening(self, at: datetime) -> datetime:
        """When it is open next: `at` itself if it is open then. Without any end: `at`."""
        if self.is_open(at):
            return at
        return next((start for start, _end in self.spans(at) if start > at), at)

    def after(self, at: datetime, amount: timedelta) -> datetime:
        """The moment by which it was open for `amount` since `at`."""
        if self.always:
            return at + amount
        for start, end in self.spans(at):
            start = max(start, at)
            if end <= start:
                continue
            if start + amount <= end:
                return start + amount
            amount -= end - start
        return at + amount

    def spans(self, at: datetime, days: int = DAYS_AHEAD) -> Iterator[tuple[datetime, datetime]]:
        """The intervals from the day of `at` on, as moments in UTC, in order.

        Made one by one: nearly all who ask need those of a day or two.
        """
        first = at.astimezone(self.zone).date()
        for number in range(days):
            day = first + timedelta(days=number)
            if day in self.days_off:
                continue
            for opens, closes in self.weekly.get(day.weekday(), ()):
                until = day + timedelta(days=closes == time.min)
                yield self._moment(day, opens), self._moment(until, closes)

    def _moment(self, day: date, at: time) -> datetime:
        # A time that a change of the clocks leaves out is the moment of that change.
        return datetime.combine(day, at, self.zone).astimezone(UTC)
