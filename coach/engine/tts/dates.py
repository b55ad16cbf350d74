"""Dates, times of day and years, as they are said."""

import re

from coach.engine.tts import numbers, tables
from coach.engine.tts.patterns import ANY_UNIT, FREE, Match, any_of, rules

_MONTH = "|".join(f"{name[:3]}(?:t|{name[3:]})?" if name[3:] else name for name in tables.MONTHS)
_YEAR = r"(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_BEFORE_YEARS = r"(in|since|until|during|year|before|after|spring|summer|autumn|winter)"


def _month(text: str) -> str:
    return next(name for name in tables.MONTHS if name[:3] == text[:3])


def _date(day: int, month: int, year: str | None) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{tables.MONTHS[month - 1]} {numbers.ordinal(day)}{_tail(year)}"


def _tail(year: str | None) -> str:
    return f", {numbers.year(int(year))}" if year else ""


def _iso_date(match: Match) -> str:
    return _date(int(match[3]), int(match[2]), match[1]) or match[0]


def _slash_date(match: Match) -> str:
    first, second = int(match[1]), int(match[2])
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    day, month = (first, second) if first > 12 else (second, first)
    return _date(day, month, year) or match[0]


def _day_month(match: Match) -> str:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return match[0]
    return f"the {numbers.ordinal(day)} of {_month(match['month'])}{_tail(match['year'])}"


def _month_day(match: Match) -> str:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return match[0]
    return f"{_month(match['month'])} {numbers.ordinal(day)}{_tail(match['year'])}"


def _time(match: Match) -> str:
    hour, minute, half = int(match[1]), int(match[2]), match[3]
    if hour > 24 or minute > 59:
        return match[0]
    if minute:
        said = f"{numbers.cardinal(hour)} {'oh ' if minute < 10 else ''}{numbers.cardinal(minute)}"
    elif half:
        said = numbers.cardinal(hour)
    else:
        said = numbers.cardinal(hour) + (" o'clock" if 0 < hour < 13 else " hundred")
    return f"{said} {_half(match, half)}" if half else said


def _half(match: Match, half: str) -> str:
    """A.M or P.M, with the stop that also ended the sentence."""
    rest = match.string[match.end() :]
    ends = match[0].endswith(".") and (not rest.strip() or bool(re.match(r"\s+[A-Z]", rest)))
    return f"{half.upper()}.M{'.' if ends else ''}"


def _hours(match: Match) -> str:
    figures = f"{match[1]} to {match[2]}" if match[2] else match[1]
    return f"{figures} {_half(match, match[3])}"


IN_FIGURES = rules(
    (rf"{FREE}((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\w)", _iso_date),
    (rf"{FREE}(\d{{1,2}})/(\d{{1,2}})/((?:19|20)?\d\d)(?![\w/])", _slash_date),
)

IN_WORDS = rules(
    (rf"\b(?P<day>{any_of(tables.DAYS)})\b\.?(?=,?\s\d)", lambda m: tables.DAYS[m["day"]]),
    (rf"(?:\bthe\s)?{FREE}{_DAY}\s(?:of\s)?(?P<month>{_MONTH})\b\.?{_YEAR}", _day_month),
    (rf"\b(?P<month>{_MONTH})\.?\s{_DAY}\b(?![:%]|\.\d){_YEAR}", _month_day),
)

TIMES = rules(
    (r"(?<=\d)\s?[-–—]\s?(?=\d{1,2}:\d\d)", lambda m: " to "),
    (
        r"(?<![\w.:])(\d{1,2}):([0-5]\d)(?::[0-5]\d)?(?:\s?([AaPp])\.?[Mm]\b\.?)?(?![\d:])",
        _time,
    ),
    (rf"{FREE}(\d{{1,2}})(?:\s?[-–—]\s?(\d{{1,2}}))?\s?([AaPp])\.?[Mm]\b\.?(?!\w)", _hours),
)

YEARS = rules(
    (
        rf"\b{_BEFORE_YEARS}\s((?:19|20)\d\d)\b(?![,.]\d|\s?{ANY_UNIT}\b|\s?%|s\b)",
        lambda m: f"{m[1]} {numbers.year(int(m[2]))}",
    ),
)
