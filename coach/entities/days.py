"""Days: "yesterday", "next Tuesday", "November 25", "in the morning"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import msgspec

from coach.entities.calendar import (
    WEEK,
    date_near,
    day_of_month_near,
    shifted,
    week_of,
    weekday_after,
    weekday_before,
)
from coach.entities.context import Context
from coach.entities.entities import Day, Part
from coach.entities.numerals.numbers import number_at
from coach.entities.phrases import Found
from coach.entities.sentence import Sentence
from coach.entities.slots import Count, DayOfMonth, SlotReader, WrittenDate

# Months that are other words as well: they need a capital, or a word that leads to a date.
OTHER_WORDS: Final = frozenset(
    {"may", "march", "mar", "sep", "dec", "mars", "mai", "marzo", "marz"}
)


class FoundDay(msgspec.Struct, frozen=True):
    """`day` is None where the context has no today; `end` is a token.

    `part_alone`: no day was said, only a part of one ("in the morning").
    """

    day: date | None
    part: Part
    end: int
    sure: bool = True
    part_alone: bool = False


def day_at(sentence: Sentence, slots: SlotReader, context: Context, i: int) -> FoundDay | None:
    """The longest phrase at `i` that names a day or a part of one."""
    for found in slots.phrases_at(i):
        resolve = RESOLVERS.get(found.phrase.kind)
        day = resolve(sentence, found, context, i) if resolve else None
        if day is not None:
            return day
    return None


def entity_of(sentence: Sentence, i: int, found: FoundDay) -> Day:
    return Day(
        date=found.day,
        part=found.part,
        sure=found.sure,
        start=sentence.tokens[i].start,
        end=sentence.tokens[found.end - 1].end,
    )


def part_of(found: Found) -> Part:
    part = found.slots.get("<part>", found.phrase.part)
    return part  # type: ignore[return-value]


def with_offset(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    day = shifted(context.today, found.phrase.offset) if context.today else None
    return FoundDay(day, part_of(found), found.end)


def part_alone(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    return FoundDay(None, part_of(found), found.end, part_alone=True)


def weekday(choose: Callable[[Context, date, int], date]) -> "Resolver":
    """A phrase with a weekday in it, by how it is chosen."""

    def resolve(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
        held = found.slots.get("<weekday>", found.slots.get("<wday>"))
        day = None
        if context.today is not None and isinstance(held, int):
            day = choose(context, context.today, held)
        return FoundDay(day, part_of(found), found.end)

    return resolve


def bare_weekday(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    """ "Monday I had soup": nothing leads it, so that "Sunday roast" is none."""
    after, following = sentence.vocabulary.after_weekday, sentence.token(found.end)
    counted = number_at(sentence, found.end) is not None
    if after and following.kind == "word" and following.text not in after and not counted:
        return None
    return RESOLVERS["weekday"](sentence, found, context, i)


def weekdays_ago(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    """ "two Fridays ago"."""
    number, weekday = found.slots.get("<n>"), found.slots.get("<weekdays>")
    if not isinstance(number, Count) or not isinstance(weekday, int) or number.value % 1:
        return None
    last = weekday_before(context.today, weekday) if context.today else None
    day = shifted(last, -WEEK * (int(number.value) - 1)) if last else None
    return FoundDay(day, "", found.end)


def nearest(context: Context, today: date, number: int) -> date:
    before = context.prefer == "past"
    return weekday_before(today, number) if before else weekday_after(today, number)


def in_week(weeks: int) -> Callable[[Context, date, int], date]:
    """The weekday of the week so many weeks on."""
    return lambda _, today, number: week_of(today)[0] + timedelta(days=number + WEEK * weeks)


def dated(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    """A day and a month, with a year or without."""
    day, month = found.slots.get("<ordinal>"), found.slots.get("<month>")
    if not isinstance(day, DayOfMonth) or not isinstance(month, int):
        return None
    if context.today is None:
        return FoundDay(None, "", found.end)
    year = found.slots.get("<year>")
    near = date_near(
        context.today, month, day.day, year if isinstance(year, int) else None, context.prefer
    )
    return FoundDay(near, "", found.end) if near else None


def perhaps_dated(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    """ "November 25", "25 November": nothing but the words tells that it is a date."""
    day = found.slots.get("<ordinal>")
    marked = isinstance(day, DayOfMonth) and day.marked
    if not marked and "<year>" not in found.slots and not is_month(sentence, i, found.end):
        return None
    return dated(sentence, found, context, i)


def is_month(sentence: Sentence, i: int, end: int) -> bool:
    """Whether the month between tokens `i` and `end` is one: by its capital, or at the end."""
    months = [t for t in sentence.tokens[i:end] if t.text in sentence.vocabulary.months]
    token = months[-1]
    if token.raw[:1].isupper() and not token.raw[:1].isdecimal():
        before = sentence.token(i - 1)
        return token.text not in OTHER_WORDS or before.kind != "word" or before.raw.islower()
    following = sentence.token(end)
    return token.text not in OTHER_WORDS and following.kind in {"mark", "end"}


def day_of_month(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    """ "on the 25th"."""
    day = found.slots.get("<ordinal>")
    if not isinstance(day, DayOfMonth) or not day.marked:
        return None
    if context.today is None:
        return FoundDay(None, "", found.end)
    near = day_of_month_near(context.today, day.day, context.prefer)
    return FoundDay(near, part_of(found), found.end) if near else None


def in_figures(sentence: Sentence, found: Found, context: Context, i: int) -> FoundDay | None:
    held = found.slots.get("<date>")
    return FoundDay(held.day, "", found.end, held.sure) if isinstance(held, WrittenDate) else None


Resolver = Callable[[Sentence, Found, Context, int], FoundDay | None]
RESOLVERS: Final[dict[str, Resolver]] = {
    "day": with_offset,
    "part": part_alone,
    "weekday": weekday(nearest),
    "weekday_bare": bare_weekday,
    "weekdays_ago": weekdays_ago,
    "weekday_last": weekday(lambda _, today, number: weekday_before(today, number)),
    "weekday_next": weekday(lambda _, today, number: weekday_after(today, number)),
    "weekday_this": weekday(in_week(0)),
    "weekday_last_week": weekday(in_week(-1)),
    "weekday_next_week": weekday(in_week(1)),
    "dated": dated,
    "perhaps_dated": perhaps_dated,
    "day_of_month": day_of_month,
    "date": in_figures,
}
