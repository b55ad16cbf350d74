"""When a reminder is due next. Pure: a rule on the wall clock of a zone, and an instant.

A wall time that a clock change leaves out comes as much later; one that comes twice is meant the
first time.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["", "hour", "day", "week", "month"]
WAKING = (7, 22)  # what comes by the hour does not wake anybody: from 7:00 until before 22:00
DAYS_AHEAD = 800  # how far is looked


@dataclass(frozen=True)
class Rule:
    """`at` on `first`, and then every `every` units; of a week on `weekdays` (0 is Monday).

    Without a `unit` it is due once. By the hour, `at` does not matter. `instant` (aware), where it
    is known, is when it is due once, and `first` and `at` only show it.
    """

    first: date
    at: time
    unit: Unit = ""
    every: int = 1
    weekdays: tuple[int, ...] = ()
    instant: datetime | None = None


def next_after(rule: Rule, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The first instant (UTC) after `after` (aware) at which `rule` is due; None: it never is."""
    if rule.instant is not None:
        return rule.instant.astimezone(UTC) if rule.instant > after else None
    if rule.unit == "hour":
        return _hours_later(rule, zone, after)
    for day in _days(rule, max(rule.first, after.astimezone(zone).date() - timedelta(days=1))):
        due = datetime.combine(day, rule.at, tzinfo=zone).astimezone(UTC)
        if due > after:
            return due
    return None


def _hours_later(rule: Rule, zone: ZoneInfo, after: datetime) -> datetime:
    local = (after + timedelta(hours=rule.every)).astimezone(zone)
    opens, closes = WAKING
    if opens <= local.hour < closes:
        return local.astimezone(UTC)
    day = local.date() + timedelta(days=local.hour >= closes)
    return datetime.combine(day, time(opens), tzinfo=zone).astimezone(UTC)


def _days(rule: Rule, start: date) -> Iterator[date]:
    """The days of `rule` from `start` on, as far as is looked."""
    if not rule.unit:
        yield rule.first
        return
    for ahead in range(DAYS_AHEAD):
        day = start + timedelta(days=ahead)
        if _is_day(rule, day):
            yield day


def _is_day(rule: Rule, day: date) -> bool:
    if rule.unit == "day":
        return (day - rule.first).days % rule.every == 0
    if rule.unit == "week":
        weeks = (_monday(day) - _monday(rule.first)).days // 7
        return weeks % rule.every == 0 and day.weekday() in (
            rule.weekdays or (rule.first.weekday(),)
        )
    months = 12 * (day.year - rule.first.year) + day.month - rule.first.month
    last = calendar.monthrange(day.year, day.month)[1]
    return months % rule.every == 0 and day.day == min(rule.first.day, last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
