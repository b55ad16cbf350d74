"""Spans of days: "last week", "the past three days", "since Monday", "from Monday to Friday"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import msgspec

from coach.entities.amounts import DASHES
from coach.entities.calendar import WEEK, date_near, month_of, months_on, shifted, week_of
from coach.entities.context import Context
from coach.entities.days import day_at
from coach.entities.numerals.numbers import number_at
from coach.entities.phrases import Found
from coach.entities.sentence import Sentence
from coach.entities.slots import Count, SlotReader

SATURDAY: Final = 5
MOST_DAY: Final = 31
FIRST_YEAR, LAST_YEAR = 1900, 2100


class FoundSpan(msgspec.Struct, frozen=True):
    first: date
    last: date
    end: int


def span_at(sentence: Sentence, slots: SlotReader, context: Context, i: int) -> FoundSpan | None:
    """The span of days that is named at `i`; none where today is not known."""
    if context.today is None:
        return None
    joined = since(sentence, slots, context, i) or between_days(sentence, slots, context, i)
    if joined is not None:
        return joined
    return phrase_at(slots, context, context.today, i)


def phrase_at(slots: SlotReader, context: Context, today: date, i: int) -> FoundSpan | None:
    """The longest phrase at `i` that names a span by itself."""
    for found in slots.phrases_at(i):
        resolve = RESOLVERS.get(found.phrase.kind)
        ends = resolve(found, context, today) if resolve else None
        if ends is not None:
            return FoundSpan(*ends, found.end)
    return None


def since(sentence: Sentence, slots: SlotReader, context: Context, i: int) -> FoundSpan | None:
    """ "since Monday": to today."""
    vocabulary = sentence.vocabulary
    leads = sentence.word(i) in vocabulary.since_before
    if context.today is None or not (leads or vocabulary.since_after):
        return None
    past = msgspec.structs.replace(context, prefer="past")
    if leads and (span := phrase_at(slots, past, context.today, i + 1)) is not None:
        return FoundSpan(span.first, context.today, span.end)
    if leads and (span := month_or_year_at(sentence, slots, past, i + 1)) is not None:
        return FoundSpan(span.first, context.today, span.end)
    day = day_at(sentence, slots, past, i + leads)
    if day is None or day.day is None or day.day > context.today:
        return None
    if leads:
        return FoundSpan(day.day, context.today, day.end)
    if sentence.word(day.end) in vocabulary.since_after:
        return FoundSpan(day.day, context.today, day.end + 1)
    return None


def month_or_year_at(
    sentence: Sentence, slots: SlotReader, context: Context, i: int
) -> FoundSpan | None:
    """The month ("february", "january 2026") or the year that stands bare at `i`, if it began."""
    today = context.today
    assert today is not None
    month = sentence.vocabulary.months.get(sentence.word(i))
    year = year_at(sentence, i + (month is not None))
    end = i + (month is not None) + (year is not None)
    day = number_at(sentence, end) if year is None else None
    if (month is None and year is None) or (day is not None and day.value <= MOST_DAY):
        return None  # "since february 3" is a day
    if month is None:
        first = date(year or today.year, 1, 1)
    else:
        near = date_near(today, month, 1, year, context.prefer)
        if near is None:
            return None
        first = near
    return FoundSpan(first, today, end) if first <= today else None


def year_at(sentence: Sentence, i: int) -> int | None:
    """A year of four figures."""
    word = sentence.word(i)
    if len(word) != len("2026") or not word.isdecimal():
        return None
    return int(word) if FIRST_YEAR <= int(word) <= LAST_YEAR else None


def between_days(
    sentence: Sentence, slots: SlotReader, context: Context, i: int
) -> FoundSpan | None:
    """ "from Monday to Friday", "between Monday and Friday"; "Monday to Friday"."""
    vocabulary = sentence.vocabulary
    between = sentence.word(i) in vocabulary.between
    leads = between or sentence.word(i) in vocabulary.from_
    if not leads:
        return None
    joints = vocabulary.and_ if between else vocabulary.to | vocabulary.until
    first = day_at(sentence, slots, context, i + 1)
    if first is None or first.day is None:
        return None
    if sentence.word(first.end) not in joints and sentence.word(first.end) not in DASHES:
        return None
    last = day_at(sentence, slots, context, first.end + 1)
    if last is None or last.day is None:
        return None
    return in_order(first.day, last.day, last.end)


def in_order(first: date, last: date, end: int) -> FoundSpan:
    """A first weekday that falls after the last one is that of the week before."""
    if first > last and (first - last).days < WEEK:
        first -= timedelta(days=WEEK)
    return FoundSpan(min(first, last), max(first, last), end)


Ends = tuple[date, date]
Resolver = Callable[[Found, Context, date], Ends | None]


def period_of(found: Found) -> object:
    """The unit of time in a phrase; some languages have one word for "last week"."""
    return found.slots.get("<period>", found.phrase.part)


def this_period(found: Found, context: Context, today: date) -> Ends | None:
    """ "this week": to today, or from today on where what lies ahead is meant."""
    whole = around(period_of(found), today)
    if whole is None:
        return None
    return (today, whole[1]) if context.prefer == "future" else (whole[0], today)


def other_period(found: Found, context: Context, today: date) -> Ends | None:
    """ "last week", "next month"."""
    period = period_of(found)
    moved = moved_by(today, period, found.phrase.offset)
    return around(period, moved) if moved else None


def moved_by(today: date, period: object, count: int) -> date | None:
    if period == "week":
        return shifted(today, WEEK * count)
    if period == "month":
        return months_on(today.replace(day=1), count)
    return months_on(today.replace(day=1), 12 * count) if period == "year" else None


def around(period: object, day: date) -> Ends | None:
    if period == "week":
        return week_of(day)
    if period == "month":
        return month_of(day)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if period == "year" else None


DAYS_OF: Final = {"day": 1, "week": WEEK}


def so_many(found: Found, context: Context, today: date) -> Ends | None:
    """ "the past three days": today is one of them. "the next two weeks" begin with it."""
    period = found.slots.get("<period>")
    held = found.slots.get("<n>")
    count = held.value if isinstance(held, Count) else 1.0
    ahead = found.phrase.offset > 0
    if period in DAYS_OF:
        days = max(1, round(count * DAYS_OF[str(period)]))
        other = shifted(today, days - 1 if ahead else 1 - days)
    elif period in {"month", "year"}:
        months = max(1, round(count * (12 if period == "year" else 1)))
        other = months_on(today, months if ahead else -months)
        other = shifted(other, -1 if ahead else 1) if other else None
    else:
        return None
    if other is None:
        return None
    return (today, other) if ahead else (other, today)


def weekend(found: Found, context: Context, today: date) -> Ends | None:
    """The one before today, or that of the week so many weeks on."""
    monday = week_of(today)[0]
    weeks = found.phrase.offset
    if weeks == 0:
        weeks = 0 if context.prefer == "future" or today.weekday() >= SATURDAY else -1
    saturday = shifted(monday, SATURDAY + WEEK * weeks)
    return (saturday, saturday + timedelta(days=1)) if saturday else None


def whole_month(found: Found, context: Context, today: date) -> Ends | None:
    """ "in February"."""
    month, year = found.slots.get("<month>"), found.slots.get("<year>")
    if not isinstance(month, int):
        return None
    first = date_near(today, month, 1, year if isinstance(year, int) else None, context.prefer)
    if first is None:
        return None
    last = month_of(first)[1]
    return first, min(last, today) if context.prefer == "past" and first <= today else last


RESOLVERS: Final[dict[str, Resolver]] = {
    "span_this": this_period,
    "span_other": other_period,
    "span_so_many": so_many,
    "weekend": weekend,
    "span_month": whole_month,
}
