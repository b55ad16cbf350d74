"""Which days a question is about: "this week", "the last ten days", "since Monday", "in February".

`coach.entities` reads them in five languages; here they get the names by which an answer calls
them. Pure. Days are the member's diary days; a week begins on Monday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach import entities
from coach.nutrition.speech.phrasing import day_name

MOST_DAYS: Final = 366  # no answer looks further back
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, and how they are called within a sentence."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def start(self) -> str:
        """The name at the beginning of a sentence."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True)
class Found:
    """A span, and where in a text it was named."""

    start: int
    end: int
    span: Span


# --- spans that have a name -----------------------------------------------------------------------


def one_day(day: date, current: date) -> Span:
    return Span(day, day, day_name(day, current))


def this_week(current: date) -> Span:
    return Span(current - timedelta(days=current.weekday()), current, _("this week"))


def last_week(current: date) -> Span:
    monday = this_week(current).first - WEEK
    return Span(monday, monday + timedelta(days=6), _("last week"))


def week_before_last(current: date) -> Span:
    monday = last_week(current).first - WEEK
    return Span(monday, monday + timedelta(days=6), _("in the week before last"))


def this_month(current: date) -> Span:
    return Span(current.replace(day=1), current, _("this month"))


def last_month(current: date) -> Span:
    last = current.replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last, _("last month"))


def last_days(count: int, current: date) -> Span:
    """The `count` days that end with today."""
    count = min(max(count, 1), MOST_DAYS)
    if count == 1:
        return one_day(current, current)
    name = _("in the last %(count)d days") % {"count": count}
    return Span(current - timedelta(days=count - 1), current, name)


def same_before(span: Span, current: date) -> Span:
    """What comes right before `span` and is as long: of this week, last week."""
    if span.is_day:
        return one_day(span.first - timedelta(days=1), current)
    if span == this_month(current):
        return last_month(current)
    if span == this_week(current):
        return last_week(current)
    last = span.first - timedelta(days=1)
    return Span(last - timedelta(days=span.days - 1), last, _("in the days before"))


# --- spans in a text ------------------------------------------------------------------------------


# Ways to name a week that say nothing to others than a diary.
def all_time(current: date) -> Span:
    """As far back as an answer looks."""
    return last_days(MOST_DAYS, current)


OF_A_DIARY: Final[tuple[tuple[str, Callable[[date], Span]], ...]] = (
    (r"\bweek before last\b", week_before_last),
    (r"\bmy (?:whole )?week(?: so far)?\b|\bthe week(?: so far)?\b|\bweek's\b", this_week),
    (r"\b(?:than|to|with|vs|versus) the (?:last|previous)\b(?! \w)", last_week),
    (r"\bever\b|\b(?:of )?all[- ]time\b|\bof all\b(?=\W*$)", all_time),
    (r"\byesterday's\b", lambda current: one_day(current - timedelta(days=1), current)),
    (r"\btoday's\b", lambda current: one_day(current, current)),
)


def found_spans(said: str, current: date, language: str = "en") -> list[Found]:
    """The spans that `said` names and that have begun, in its order; `current` is today."""
    named = [
        Found(match.start(), match.end(), span_of(current))
        for pattern, span_of in OF_A_DIARY
        for match in re.finditer(pattern, said.lower().replace("’", "'"))
    ]
    for entity in entities.read_entities(said, language, today=current):
        span = _span(entity, said, current)
        if span is not None:
            named.append(Found(entity.start, entity.end, span))
    found: list[Found] = []
    for one in named:
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def spans_in(said: str, current: date, language: str = "en") -> list[Span]:
    """The spans that `said` names, in its order; `current` is the member's today."""
    return [one.span for one in found_spans(said, current, language)]


def without_spans(said: str, current: date, language: str = "en") -> str:
    """`said` without the words that name days."""
    bare = said
    for one in reversed(found_spans(said, current, language)):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    return bare


def _span(entity: entities.Entity, said: str, current: date) -> Span | None:
    """The days of an entity up to today; None for what names none, or lies ahead."""
    if isinstance(entity, entities.Day) and entity.date is not None:
        first = last = entity.date
    elif isinstance(entity, entities.Span):
        first, last = entity.first, min(entity.last, current)
    else:
        return None
    if first > current or last > current:
        return None
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    return Span(first, last, _name(first, last, current, said[entity.start : entity.end].lower()))


def _name(first: date, last: date, current: date, words: str) -> str:
    """How the days, named by `words`, are called within a sentence."""
    since = "since" in words
    if first == last and not since:
        return day_name(first, current)
    if since and (current - first).days < WEEK.days:
        return _("since %(weekday)s") % {"weekday": date_format(first, "l")}
    if last == current and ("day" in words or re.search(r"\d", words)):
        return last_days((last - first).days + 1, current).name
    for known in (this_week, last_week, this_month, last_month):
        span = known(current)
        if (span.first, span.last) == (first, last):
            return span.name
    if first.weekday() == 5 and (last - first).days == 1 and current - last < WEEK:
        return _("at the weekend")
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and last.month == first.month:
        return _("in %(month)s") % {
            "month": date_format(first, "F" if first.year == current.year else "F Y")
        }
    if last == current:
        return last_days((last - first).days + 1, current).name
    # Days of another year are called with it.
    style = "MONTH_DAY_FORMAT" if first.year == last.year == current.year else "DATE_FORMAT"
    return _("from %(first)s to %(last)s") % {
        "first": date_format(first, style),
        "last": date_format(last, style),
    }
