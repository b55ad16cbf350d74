"""A streak that forgives: one day without practice in any seven does not end it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = 7  # days, of which one may be missed


@dataclass(frozen=True)
class Streak:
    """`days` of practice in it, `forgiven` ones between them; `today`: practised today."""

    days: int
    forgiven: int
    today: bool


def streak(practised: Collection[date], today: date) -> Streak:
    """The streak that is alive today. A day that is not over yet cannot have been missed."""
    done = {day for day in practised if day <= today}
    day = earliest = today if today in done else today - DAY
    days, missed = 0, list[date]()
    while day >= min(done, default=today):
        if day in done:
            days, earliest = days + 1, day
        elif missed and (missed[-1] - day).days < WEEK:
            break
        else:
            missed.append(day)
        day -= DAY
    return Streak(days, sum(gone > earliest for gone in missed) if days else 0, today in done)
