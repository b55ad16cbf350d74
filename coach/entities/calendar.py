"""Reckoning with days: weekdays, months, weeks."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from coach.entities.entities import Prefer

WEEK: Final = 7
MOST_DAYS: Final = 40_000  # about a century: nobody speaks of days further off


def shifted(today: date, days: int) -> date | None:
    """So many days on; None beyond a century."""
    try:
        return today + timedelta(days=days) if abs(days) <= MOST_DAYS else None
    except OverflowError:
        return None


def months_on(today: date, months: int) -> date | None:
    """The same day so many months on, or the month's last."""
    place = today.year * 12 + today.month - 1 + months
    year, month = divmod(place, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month that `day` is in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekday_before(today: date, weekday: int) -> date:
    """The last such day before today."""
    return today - timedelta(days=(today.weekday() - weekday) % WEEK or WEEK)


def weekday_after(today: date, weekday: int) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday()) % WEEK or WEEK)


def date_near(today: date, month: int, day: int, year: int | None, prefer: Prefer) -> date | None:
    """A day of the calendar; without a year the last one so far, or the next one to come."""
    years = [year] if year is not None else [today.year, *around(today.year, prefer)]
    for candidate in years:
        if not 1 <= day <= monthrange(candidate, month)[1]:
            continue
        found = date(candidate, month, day)
        if year is not None or (found <= today if prefer == "past" else found >= today):
            return found
    return None


def around(year: int, prefer: Prefer) -> list[int]:
    """Years to look for a date in: leap days are up to eight years apart."""
    step = -1 if prefer == "past" else 1
    return [
        year + step * back for back in range(1, 9) if date.min.year <= year + step * back <= 9999
    ]


def day_of_month_near(today: date, day: int, prefer: Prefer) -> date | None:
    """ "the 25th": of this month, the last one before it or the next one after it."""
    for months in range(3):
        first = months_on(today.replace(day=1), -months if prefer == "past" else months)
        if first is None or day > monthrange(first.year, first.month)[1]:
            continue
        found = first.replace(day=day)
        if found <= today if prefer == "past" else found >= today:
            return found
    return None
