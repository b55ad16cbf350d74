"""Which days a question is about: "this week", "the last ten days", "since Monday", "in February".

Pure. Days are the member's diary days; a week begins on Monday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach.nutrition.speech.phrasing import day_name

MOST_DAYS: Final = 366  # no answer looks further back
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fourteen": 14, "twenty": 20, "thirty": 30,
}  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
NUMBER: Final = r"(?P<number>\d{1,3}|" + "|".join(NUMBERS) + r")"
WEEKDAY: Final = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")s?"
MONTH: Final = r"(?P<month>" + "|".join(MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
DAY_OF_MONTH: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"


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


def one_day(day: date, current: date) -> Span:
    return Span(day, day, day_name(day, current))


def this_week(current: date) -> Span:
    return Span(current - timedelta(days=current.weekday()), current, _("this week"))


def last_week(current: date) -> Span:
    monday = current - timedelta(days=current.weekday() + 7)
    return Span(monday, monday + timedelta(days=6), _("last week"))


def last_days(count: int, current: date) -> Span:
    """The `count` days that end with today."""
    count = min(max(count, 1), MOST_DAYS)
    if count == 1:
        return one_day(current, current)
    name = _("in the last %(count)d days") % {"count": count}
    return Span(current - timedelta(days=count - 1), current, name)


def same_before(span: Span, current: date) -> Span:
    """What comes right before `span` and is as long: of this week, last week."""
    if span == this_week(current):
        return last_week(current)
    if span.is_day:
        return one_day(span.first - timedelta(days=1), current)
    if span.name == _("this month"):
        return _month(span.first - timedelta(days=1), _("last month"))
    last = span.first - timedelta(days=1)
    return Span(last - timedelta(days=span.days - 1), last, _("in the days before"))


def spans_in(said: str, current: date) -> list[Span]:
    """The spans that `said` names, in its order; `current` is the member's today."""
    words = said.lower().replace("’", "'")
    found: list[tuple[int, int, Span]] = []
    for pattern, read in READERS:
        for match in re.finditer(pattern, words):
            span = read(match, current)
            if span is not None and not any(
                match.start() < end and start < match.end() for start, end, _span in found
            ):
                found.append((match.start(), match.end(), span))
    return [span for _start, _end, span in sorted(found, key=lambda one: one[0])]


def without_spans(said: str) -> str:
    """`said` without the words that name days."""
    bare = said.lower().replace("’", "'")
    for pattern, _read in READERS:
        bare = re.sub(pattern, " ", bare)
    return bare


# --- readers --------------------------------------------------------------------------------------

Reader = Callable[[re.Match[str], date], Span | None]


def _number(match: re.Match[str]) -> int:
    word = match["number"]
    return int(word) if word.isdigit() else NUMBERS[word]


def _ago(match: re.Match[str], current: date) -> Span:
    back = _number(match) * (7 if match["unit"].startswith("week") else 1)
    return one_day(current - timedelta(days=min(back, MOST_DAYS)), current)


def _last_units(match: re.Match[str], current: date) -> Span:
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}[match["unit"]]
    return last_days(_number(match) * days, current)


def _weekday(match: re.Match[str], current: date) -> Span:
    number = WEEKDAYS.index(match["weekday"])
    back = (current.weekday() - number) % 7 or 7
    return one_day(current - timedelta(days=back), current)


def _since(match: re.Match[str], current: date) -> Span:
    first = _weekday(match, current).first
    name = _("since %(weekday)s") % {"weekday": date_format(first, "l")}
    return Span(first, current, name)


def _weekend(match: re.Match[str], current: date) -> Span:
    saturday = current - timedelta(days=(current.weekday() + 2) % 7)
    if match["which"] and match["which"].startswith("last") and saturday == current:
        saturday -= timedelta(days=7)
    last = min(saturday + timedelta(days=1), current)
    return Span(saturday, last, _("at the weekend"))


def _month(day: date, name: str) -> Span:
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Span(first, following - timedelta(days=1), name)


def _this_month(_match: re.Match[str], current: date) -> Span:
    return Span(current.replace(day=1), current, _("this month"))


def _last_month(_match: re.Match[str], current: date) -> Span:
    return _month(current.replace(day=1) - timedelta(days=1), _("last month"))


def _named_month(match: re.Match[str], current: date) -> Span:
    number = next(n for n, month in enumerate(MONTHS, 1) if month[:3] == match["month"][:3])
    year = current.year - (number > current.month)
    first = date(year, number, 1)
    month = _month(first, _("in %(month)s") % {"month": date_format(first, "F")})
    return Span(month.first, min(month.last, current), month.name)


def _date(match: re.Match[str], current: date) -> Span | None:
    number = next(n for n, month in enumerate(MONTHS, 1) if month[:3] == match["month"][:3])
    for year in (current.year, current.year - 1):
        try:
            day = date(year, number, int(match["day"]))
        except ValueError:
            return None
        if day <= current:
            return one_day(day, current)
    return None


def _before_last(_match: re.Match[str], current: date) -> Span:
    monday = last_week(current).first - timedelta(days=7)
    return Span(monday, monday + timedelta(days=6), _("in the week before last"))


def _back(days: int) -> Reader:
    return lambda _match, current: one_day(current - timedelta(days=days), current)


LAST: Final = r"(?:last|past|previous)"
READERS: Final[tuple[tuple[str, Reader], ...]] = (
    (r"\bweek before last\b", _before_last),
    (r"\bday before yesterday\b", _back(2)),
    (rf"\b{NUMBER} (?P<unit>days?|weeks?) ago\b", _ago),
    (r"\ba (?P<number>week) ago\b", _back(7)),
    (rf"\b{LAST} {NUMBER} (?P<unit>day|week|fortnight|month|year)s?\b", _last_units),
    (rf"\b{NUMBER} (?P<unit>day|week|month)s? (?:back|in a row so far)\b", _last_units),
    (r"\b(?:last|past) fortnight\b", lambda _match, current: last_days(14, current)),
    (r"\bpast week\b", lambda _match, current: last_days(7, current)),
    (r"\bpast month\b", lambda _match, current: last_days(30, current)),
    (r"\b(?:last|past|this) year\b", lambda _match, current: last_days(365, current)),
    (r"\b(?:last|previous|prior) week\b|\bthe week before\b", lambda _m, day: last_week(day)),
    (r"\b(?:compared? (?:to|with)|than|versus|vs\.?) the (?:last|previous)\b(?! \w)",
     lambda _m, day: last_week(day)),
    (r"\b(?:this|my|the|all|current|whole)(?: whole)? week(?:'s)?(?: so far)?\b|\bweek so far\b",
     lambda _m, day: this_week(day)),
    (r"\b(?:last|previous) month\b", _last_month),
    (r"\b(?:this|the|my|current|whole) month(?: so far)?\b", _this_month),
    (r"\b(?P<which>last |this |the |at the |over the |my )weekend\b", _weekend),
    (rf"\bsince (?:last )?{WEEKDAY}\b", _since),
    (rf"\b{MONTH} {DAY_OF_MONTH}\b", _date),
    (rf"\b{DAY_OF_MONTH} (?:of )?{MONTH}\b", _date),
    (rf"\b(?:in|during|all) (?!may\b){MONTH}\b", _named_month),
    (r"\byesterday(?:'s)?\b|\blast night\b|\blast evening\b", _back(1)),
    (rf"\b(?:on |last |my |this )?{WEEKDAY}\b", _weekday),
    (r"\btoday(?:'s)?(?: so far)?\b|\btonight\b|\bthis (?:morning|evening|afternoon|noon)\b"
     r"|\bso far\b", _back(0)),
)  # fmt: skip
