"""The clock of whoever speaks, when a sentence is said."""

from datetime import date, datetime, timedelta
from typing import Final

import msgspec


class SaidAt(msgspec.Struct, frozen=True):
    """`today` is the diary day, `now` what the clock on the wall shows (aware).

    After midnight they may be of two dates: a diary day begins at `day_starts_hour`.
    """

    today: date | None = None
    now: datetime | None = None
    day_starts_hour: int = 0

    def days_to(self, at: datetime) -> int:
        """How many diary days `at` is from today: -1 is yesterday. Needs `today`."""
        assert self.today is not None
        wall = at.replace(tzinfo=None)
        return ((wall - timedelta(hours=self.day_starts_hour)).date() - self.today).days


AT_NO_KNOWN_TIME: Final = SaidAt()
