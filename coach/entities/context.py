"""What a reading hangs on beside the words: today, now, and whether it lies behind or ahead."""

from datetime import date, datetime

import msgspec

from coach.entities.entities import Prefer


class Context(msgspec.Struct, frozen=True):
    """Without `today` no phrase is a day of the calendar.

    `now` shows what the clock on the speaker's wall shows; it may be on another date than `today`,
    where a day begins later than midnight.
    """

    today: date | None = None
    now: datetime | None = None
    prefer: Prefer = "past"
