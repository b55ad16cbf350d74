# ruff: noqa: E501  a pattern is read best in one piece
"""A wish about one's own weight, in words."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach.entities import Amount, Day, Duration, Entity, Span, convert, read_entities

Way = Literal["", "lose", "gain", "maintain"]
MASSES = ("kg", "lb", "st", "g", "mg", "oz")
# A time is read in any of these too: people mix languages, and a wish must not lose its speed.
LANGUAGES = ("en", "de", "es", "fr", "ko")
LIGHTEST, HEAVIEST = 25, 350  # a number without a unit is a weight between these
WAYS: tuple[tuple[Way, str], ...] = (
    (
        "maintain",
        r"\b(?:keep|hold|maintain|stay at|stay as|not (?:lose|gain)|don't want to (?:lose|gain)|halten|mantener|garder|maintenir)\b.*\b(?:weight|am|kilos?|kg|gewicht|peso|poids)\b",
    ),
    (
        "gain",
        r"\b(?:gain|put on|bulk(?: up)?|build up|get heavier|zunehmen|ganar|engordar|subir|aumentar|prendre|grossir)\b",
    ),
    (
        "lose",
        r"\b(?:lose|loose|losing|drop|shed|slim(?: down)?|cut down to|get (?:down|lighter|thin(?:ner)?|slim(?:mer)?)|take off|weigh less|burn off|get rid of|abnehmen|abspecken|verlieren|runter|perder|bajar|adelgazar|rebajar|perdre|maigrir|mincir)\b|감량|빼고|뺄",
    ),
)
TARGET = re.compile(
    r"\b(?:(?:get|go|come|down|up|back|on|slim) to|to|be|weigh|wiegen|auf|pesar|peser|a|à|reach|at|hit|under|below|target(?: weight)?(?: is| of)?|goal(?: weight)?(?: is| of)?(?: to be)?)\s*$",
    re.IGNORECASE,
)
# What the speaker weighs now is no target.
NOW = re.compile(
    r"\b(?:i|ich|yo|je)(?:'m| am)?\s+(?:(?:now|currently|only|still|just|already|am) )*(?:weigh|wiege|peso|pèse|at|am)\s*$"
    r"|\b(?:i'm|i am|from|von|desde|weight is|am at)(?: (?:about|now|currently|at))*\s*$",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:lose|losing|drop|shed|gain|put on|burn off)(?: (?:about|another|just))*\s*$",
    re.IGNORECASE,
)
EACH = re.compile(
    r"(?<!\bin )(?<!\bwithin )(?<!\bfor )(?<!\bover )\b(?:a|per|each|every|pro|je|jede|jeden|am|por|par|cada|chaque|al|a la)\s+(day|week|month|tag|woche|monat|día|dia|semana|mes|jour|semaine|mois)\b",
    re.IGNORECASE,
)
DAYS_OF = (
    dict.fromkeys(("day", "tag", "día", "dia", "jour"), 1)
    | dict.fromkeys(("week", "woche", "semana", "semaine"), 7)
    | dict.fromkeys(("month", "monat", "mes", "mois"), 30)
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
PERIODS = ("week", "month", "year")
MIDDLE = 15  # the day that the middle of a month is taken for
BY_MONTH = re.compile(
    r"\b(?P<by>by|until|till|before|in(?=\s+next\b))\s+"
    r"(?P<part>(?:the\s+)?(?:very\s+)?(?:end|middle|beginning|start)\s+of\s+|mid(?:\s+|-)|early\s+|late\s+)?"
    rf"(?:(?P<next>next)\s+|the\s+|this\s+)?(?P<name>{'|'.join((*MONTHS, *PERIODS))})\b"
    r"(?:,?\s+(?:of\s+)?(?P<year>20\d\d|next\s+year))?",
    re.IGNORECASE,
)
UNTIL = re.compile(r"\b(?:by|until|before|till|in)\s+(?:the\s+|next\s+)?(\w+(?: year)?)")
# It names a time. «By walking», «by 5 kilos» and «by myself» tell how, or how much.
DEADLINE = re.compile(
    r"\b(?:(?:by|until|till|before|bis(?: zu[mr]?)?|vor|antes del?|hasta|avant|d'ici|jusqu'(?:à|au|en))\s+"
    r"(?!(?!20\d\d\b)\d|auf\b|half\b|about\b|around\b|at least\b|(?!spring)\w+ing\b|myself\b|itself\b|means\b|far\b)\w)|까지",
    re.IGNORECASE,
)
FEASTS = {"christmas": (12, 24), "new year": (12, 31), "summer": (6, 21), "spring": (3, 20)}


@dataclass(frozen=True)
class Wish:
    """`way`: in which direction; "" where none was said. `kg`: how much, or `target_kg`: down or up
    to what. `days`: in which time; `each`: again and again, as in «a kilo a week». `undated`: it
    names a time that was not read, as in «before my wedding»."""

    way: Way = ""
    kg: float | None = None
    target_kg: float | None = None
    days: int | None = None
    each: bool = False
    undated: bool = False


def read(said: str, today: date, language: str = "en") -> Wish:
    """The wish that `said` tells; an empty one where it tells none."""
    found = _entities(said, language, today)
    way: Way = next((way for way, words in WAYS if re.search(words, said, re.IGNORECASE)), "")
    texts = [found, *(_entities(said, one, today) for one in LANGUAGES if one != language)]
    amounts = (_amounts(said, one) for one in texts)
    kg, target = next((one for one in amounts if any(one)), (None, None))
    each = EACH.search(said)
    if kg is not None and each:
        return Wish(way, kg=kg, days=DAYS_OF[each[1].lower()], each=True)
    if kg is not None and way in ("", "maintain"):
        kg, target = None, target or kg  # «40 kilos by summer»
    days = next((days for one in texts if (days := _days(said, one, today))), None)
    undated = days is None and _has_deadline(said, texts)
    return Wish(way, kg, target, days, undated=undated)


def _has_deadline(said: str, texts: list[list[Entity]]) -> bool:
    """Whether words name a time to be done by; an amount after «by» is none."""
    amounts = {one.start for found in texts for one in found if isinstance(one, Amount)}
    return any(named.end() - 1 not in amounts for named in DEADLINE.finditer(said))


def _entities(said: str, language: str, today: date) -> list[Entity]:
    return read_entities(said, language, today=today, prefer="future")


def _amounts(said: str, found: list[Entity]) -> tuple[float | None, float | None]:
    """How much, or up or down to what, in kg. Of several the one after «be» or «to» counts."""
    unit = next((one.unit for one in found if isinstance(one, Amount) and one.unit in MASSES), "kg")
    kg = target = None
    for one in found:
        if not isinstance(one, Amount) or one.unit not in ("", *MASSES):
            continue
        before = said[: one.start]
        weight = convert(one.value, one.unit or unit, "kg")
        weight = round(weight, 1 if weight >= 1 else 3)
        aims = bool(TARGET.search(before)) and not NOW.search(before)
        if not one.unit and not CHANGES.search(before):
            aims = aims and LIGHTEST <= weight <= HEAVIEST
            if not aims:
                continue
        if aims:
            target = weight
        elif not NOW.search(before) and kg is None:
            kg = weight
    return (None, target) if target is not None else (kg, None)


def _days(said: str, found: list[Entity], today: date) -> int | None:
    named = _by_month(said, found, today)
    if named is not None:
        return max(1, (named - today).days)
    for one in found:
        if isinstance(one, Day) and one.date is not None and one.date > today:
            return (one.date - today).days
        if isinstance(one, Span) and one.last > today:
            return max(1, (_end_of(one, said, found, today) - today).days)
        if isinstance(one, Duration) and one.length > timedelta(0):
            return max(1, one.length.days)
    return _until_feast(said, today)


def _end_of(span: Span, said: str, found: list[Entity], today: date) -> date:
    """The last day of a span. «In March», said in March, is this month and not next year's."""
    whole = span.first.day == 1 and span.last == _end_of_month(span.first)
    ahead = whole and (span.first.year, span.first.month) == (today.year + 1, today.month)
    with_year = re.search(r"\d", said[span.start : span.end]) or any(
        isinstance(one, Span) and one != span and one.first <= span.first and span.last <= one.last
        for one in found
    )
    return _end_of_month(today) if ahead and not with_year else span.last


def _by_month(said: str, found: list[Entity], today: date) -> date | None:
    """«By March», «before the end of March», «until the middle of the month»."""
    for named in BY_MONTH.finditer(said):
        # A day of that month is said: «by March 20».
        if any(
            isinstance(one, Day) and one.start < named.end() and one.end > named.start("name")
            for one in found
        ):
            continue
        name, part = named["name"].lower(), (named["part"] or "").lower()
        if name in PERIODS:
            if "end" in part and not (named["next"] or named["year"]):
                return _end_of_period(name, today)
            continue
        return _in_month(MONTHS.index(name) + 1, part, named, today)
    return None


def _end_of_period(name: str, today: date) -> date:
    if name == "week":
        return today + timedelta(days=6 - today.weekday())
    return _end_of_month(today if name == "month" else date(today.year, 12, 1))


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _in_month(month: int, part: str, named: re.Match[str], today: date) -> date:
    """The day that is meant; without a year the first one to come. The running month is meant
    to its end, unless the words say that it lies ahead."""
    ahead = bool(named["next"]) or (named["by"].lower() == "before" and not part)
    year = today.year
    if named["year"]:
        year = int(named["year"]) if named["year"].isdecimal() else today.year + 1
    elif month < today.month or (month == today.month and ahead):
        year += 1
    first = date(year, month, 1)
    last = _end_of_month(first)
    if "end" in part or "late" in part:
        return last
    due = first.replace(day=MIDDLE) if "mid" in part else first
    return due if due > today else last


def _until_feast(said: str, today: date) -> int | None:
    """«By summer», «before Christmas»."""
    for named in UNTIL.finditer(said.lower()):
        feast = next((one for one in FEASTS if named[1].startswith(one)), None)
        if feast is not None:
            due = date(today.year, *FEASTS[feast])
            if due <= today:
                due = date(today.year + 1, *FEASTS[feast])
            return (due - today).days
    return None
