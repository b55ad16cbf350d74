"""What a reading hangs on beside the words: today, now, and whether it lies behind or ahead."""

from datetime import date, time

import msgspec

from coach.entities.entities import Prefer


class Context(msgspec.Struct, frozen=True):
    """Without `today` no phrase is a day of the calendar."""

    today: date | None = None
    now: time | None = None
    prefer: Prefer = "past"
