"""Lengths of time: "20 minutes", "an hour and a half", "in two hours", "three days ago"."""

from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

import msgspec

from coach.entities.calendar import WEEK, months_on, shifted
from coach.entities.context import Context
from coach.entities.entities import Day, Duration
from coach.entities.numerals.numbers import fraction_at, number_at, written_fraction_at
from coach.entities.numerals.words import Read
from coach.entities.sentence import Sentence
from coach.entities.vocabulary.vocabulary import Period, Row

SECONDS: Final[dict[Period, float]] = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_592_000,
    "year": 31_536_000,
}  # fmt: skip
CALENDAR: Final[frozenset[Period]] = frozenset(["day", "week", "month", "year"])
SMALLER: Final[dict[Period, tuple[Period, ...]]] = {
    "year": ("month", "week", "day"), "month": ("week", "day"), "week": ("day",),
    "hour": ("minute",), "minute": ("second",),
}  # fmt: skip
MINUTES_OF_AN_HOUR: Final = 60
FORTNIGHT: Final = 2  # weeks
MOST_SECONDS: Final = 4_000_000_000.0
Points = Literal["", "ago", "ahead"]


class Length(msgspec.Struct, frozen=True):
    """`value` of `unit`, and the smaller `parts` that were said with it ("1 month 21 days")."""

    value: float
    unit: Period
    end: int
    parts: tuple[tuple[float, Period], ...] = ()

    @property
    def seconds(self) -> float:
        """All of it, in seconds."""
        return sum(value * SECONDS[unit] for value, unit in self.all)

    @property
    def all(self) -> tuple[tuple[float, Period], ...]:
        return ((self.value, self.unit), *self.parts)


def duration_at(sentence: Sentence, context: Context, i: int) -> tuple[Duration | Day, int] | None:
    """The duration at `i`, with what makes it point away from now: a day where it is whole days."""
    vocabulary = sentence.vocabulary
    for points, leads in (("ago", vocabulary.ago_before), ("ahead", vocabulary.ahead_before)):
        start = after_row(sentence, i, leads)
        length = length_at(sentence, start) if start is not None else None
        if length is not None:
            away = points == "ago" or is_ahead(sentence, context, length)
            pointing = points if away else ""
            return resolved(sentence, context, i, length, pointing, length.end)  # type: ignore[arg-type]
    length = length_at(sentence, i)
    if length is None:
        return None
    for points, follows in (("ago", vocabulary.ago_after), ("ahead", vocabulary.ahead_after)):
        end = after_row(sentence, length.end, follows)
        if end is not None:
            return resolved(sentence, context, i, length, points, end)  # type: ignore[arg-type]
    return resolved(sentence, context, i, length, "", length.end)


def is_ahead(sentence: Sentence, context: Context, length: Length) -> bool:
    """Whether "in 20 minutes" leads on: "I ate it in 20 minutes" does not."""
    if length.unit in CALENDAR or context.prefer == "future":
        return True
    return any(word in sentence.vocabulary.future for word in sentence.words)


def after_row(sentence: Sentence, i: int, rows: tuple[Row, ...]) -> int | None:
    """The token after the longest of `rows` that stands at `i`."""
    ends = [i + len(row) for row in rows if tuple(sentence.words[i : i + len(row)]) == row]
    return max(ends, default=None)


def length_at(sentence: Sentence, i: int) -> Length | None:
    """ "20 minutes", "half an hour", "an hour and a half", "1h30"."""
    words = sentence.vocabulary.numbers
    number = number_at(sentence, i)
    if number is None and sentence.word(i) in words.articles:
        number = Read(1.0, i + 1)
    if number is None or number.value <= 0 or number.spoken:
        return None
    j = number.end
    j += sentence.word(j) in words.of  # a couple of days, a quarter of an hour
    if number.value < 1:
        j += sentence.word(j) in words.articles or sentence.word(j) in words.ones
    unit = sentence.vocabulary.periods.get(sentence.word(j))
    if unit is None or number.value * SECONDS[unit] > MOST_SECONDS:
        return None
    times = FORTNIGHT if sentence.word(j).startswith("fortnight") else 1
    return with_rest(sentence, Length(number.value * times, unit, j + 1))


def with_rest(sentence: Sentence, whole: Length) -> Length:
    """The half or the smaller units after it: "and a half", "and twenty minutes", "1h30"."""
    if (half := with_half(sentence, whole)) is not None:
        return half
    while (longer := with_part(sentence, whole)) is not None:
        whole = longer
    return whole


def with_half(sentence: Sentence, whole: Length) -> Length | None:
    words, j = sentence.vocabulary.numbers, whole.end
    if sentence.vocabulary.half_after and sentence.word(j) == sentence.vocabulary.half_after:
        return Length(whole.value + 0.5, whole.unit, j + 1)
    if sentence.word(j) not in words.joins:
        return None
    half = written_fraction_at(sentence, j + 1) or fraction_at(sentence, j + 1)
    if half is None or half.value >= 1 or sentence.word(half.end) in words.articles:
        return None
    return Length(whole.value + half.value, whole.unit, half.end)


def with_part(sentence: Sentence, whole: Length) -> Length | None:
    """One smaller unit more; each is smaller than the one before it."""
    least = whole.all[-1][1]
    joined = sentence.word(whole.end) in sentence.vocabulary.numbers.joins | {","}
    rest = number_at(sentence, whole.end + joined)
    if rest is None or rest.spoken:
        return None
    unit = sentence.vocabulary.periods.get(sentence.word(rest.end))
    end = rest.end + 1
    if least == "hour" and sentence.word(rest.end) == "m":
        unit = "minute"  # "7h 20m"
    if unit is None and least == "hour" and not joined and rest.value < MINUTES_OF_AN_HOUR:
        token = sentence.token(whole.end)
        glued = token.glued and token.kind == "number"
        unit, end = ("minute" if glued else None), rest.end
    if unit is None or unit not in SMALLER.get(least, ()):
        return None
    return msgspec.structs.replace(whole, end=end, parts=(*whole.parts, (rest.value, unit)))


def resolved(
    sentence: Sentence, context: Context, i: int, length: Length, points: Points, end: int
) -> tuple[Duration | Day, int]:
    start, stop = sentence.tokens[i].start, sentence.tokens[end - 1].end
    sign = {"": 0, "ago": -1, "ahead": 1}[points]
    whole = all(unit in CALENDAR and value % 1 == 0 for value, unit in length.all)
    if sign and whole and context.today is not None:
        day = day_after(context.today, length, sign)
        if day is not None:
            return Day(date=day, start=start, end=stop), end
    found = Duration(
        value=length.seconds / SECONDS[length.unit],
        unit=length.unit,
        length=timedelta(seconds=length.seconds),
        points=points,
        at=moment(context, sign * length.seconds) if sign else None,
        start=start,
        end=stop,
    )
    return found, end


def day_after(today: date, length: Length, sign: int) -> date | None:
    """The day that lies so far from today; None beyond the calendar."""
    day: date | None = today
    for value, unit in length.all:
        count = int(value) * sign
        if day is None:
            return None
        if unit in {"day", "week"}:
            day = shifted(day, count * (WEEK if unit == "week" else 1))
        else:
            day = months_on(day, count * (12 if unit == "year" else 1))
    return day


def moment(context: Context, seconds: float) -> datetime | None:
    """So many seconds from now; hours that the clock skips or shows twice count as they pass."""
    now = context.now
    if now is None:
        return None
    try:
        if now.tzinfo is None:
            return now + timedelta(seconds=seconds)
        return (now.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(now.tzinfo)
    except OverflowError:
        return None
