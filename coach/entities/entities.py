"""What a sentence may hold: amounts, clock times, days, spans of days, durations, repetitions."""

import datetime
from typing import Literal

import msgspec

Part = Literal["", "morning", "noon", "afternoon", "evening", "night"]
Prefer = Literal["past", "future"]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Something found in a text; `text[start:end]` is where it stands."""

    start: int
    end: int


class Amount(Entity, frozen=True, kw_only=True):
    """A number, of a unit where one was said.

    `unit` is a canonical name of `units.py`; "" for a count or a bare figure. A range has `low` and
    `high`, and its middle as `value`. `about`: it was said to be no exact one. `number_end`
    is where the (first) number ends in the text, and its unit may begin.
    """

    value: float
    unit: str = ""
    low: float | None = None
    high: float | None = None
    about: bool = False
    number_end: int = 0


class ClockTime(Entity, frozen=True, kw_only=True):
    """A time of day. `sure` is False where the other half of the day may be meant ("at 8")."""

    time: datetime.time
    sure: bool = True


class Day(Entity, frozen=True, kw_only=True):
    """A day, a part of a day ("in the morning": no date), or both.

    `sure` is False where the day may be another one ("on 3/4/2026").
    """

    date: datetime.date | None = None
    part: Part = ""
    sure: bool = True


class Span(Entity, frozen=True, kw_only=True):
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date


class Duration(Entity, frozen=True, kw_only=True):
    """A length of time. A month counts 30 days and a year 365.

    `points` says that it leads from now to the past or to what lies ahead; `at` is where it leads
    to, on the clock of whoever speaks, if `now` was given.
    """

    value: float
    unit: Literal["second", "minute", "hour", "day", "week", "month", "year"]
    length: datetime.timedelta
    points: Literal["", "ago", "ahead"] = ""
    at: datetime.datetime | None = None


class Recurrence(Entity, frozen=True, kw_only=True):
    """Every `every` units; of a week on `weekdays` (0 is Monday), if any were named."""

    unit: Literal["minute", "hour", "day", "week", "month", "year"]
    every: int = 1
    weekdays: tuple[int, ...] = ()


class Numeral(Entity, frozen=True, kw_only=True):
    """A numeral that nothing could be made of: ask."""

    text: str
