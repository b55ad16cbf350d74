# ruff: noqa: E501  a pattern is read best in one piece
"""A wish about one's own weight, in words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach.entities import Amount, Day, Duration, Entity, Span, convert, read_entities

Way = Literal["", "lose", "gain", "maintain"]
WEIGHTS = ("kg", "lb", "st")
WAYS: tuple[tuple[Way, str], ...] = (
    (
        "maintain",
        r"\b(?:keep|hold|maintain|stay at|stay as|not (?:lose|gain)|don't want to (?:lose|gain))\b.*\b(?:weight|am|kilos?|kg)\b",
    ),
    ("gain", r"\b(?:gain|put on|bulk(?: up)?|build up|get heavier)\b"),
    (
        "lose",
        r"\b(?:lose|loose|losing|drop|shed|slim(?: down)?|cut down to|get (?:down|lighter|thin(?:ner)?|slim(?:mer)?)|take off|weigh less|burn off|get rid of)\b",
    ),
)
TARGET = re.compile(
    r"\b(?:to|be|weigh|reach|at|hit|under|below|target(?: weight)?(?: is| of)?|goal(?: weight)?(?: is| of)?(?: to be)?)\s*$",
    re.IGNORECASE,
)
EACH = re.compile(
    r"(?<!\bin )(?<!\bwithin )(?<!\bfor )(?<!\bover )\b(?:a|per|each|every)\s+(day|week|month)\b",
    re.IGNORECASE,
)
DAYS_OF = {"day": 1, "week": 7, "month": 30}
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
FEASTS = {"christmas": (12, 24), "new year": (12, 31), "summer": (6, 21), "spring": (3, 20)}


@dataclass(frozen=True)
class Wish:
    """`way`: in which direction; "" where none was said. `kg`: how much, or `target_kg`: down or up
    to what. `days`: in which time; `each`: again and again, as in «a kilo a week»."""

    way: Way = ""
    kg: float | None = None
    target_kg: float | None = None
    days: int | None = None
    each: bool = False


def read(said: str, today: date, language: str = "en") -> Wish:
    """The wish that `said` tells; an empty one where it tells none."""
    found = read_entities(said, language, today=today, prefer="future")
    way: Way = next((way for way, words in WAYS if re.search(words, said, re.IGNORECASE)), "")
    kg = target = None
    for one in found:
        if isinstance(one, Amount) and one.unit in WEIGHTS:
            weight = round(convert(one.value, one.unit, "kg"), 1)
            if TARGET.search(said[: one.start]):
                target = weight
            else:
                kg = weight
            break
    each = EACH.search(said)
    if kg is not None and each:
        return Wish(way, kg=kg, days=DAYS_OF[each[1].lower()], each=True)
    return Wish(way, kg, target, _days(said, found, today))


def _days(said: str, found: list[Entity], today: date) -> int | None:
    for one in found:
        if isinstance(one, Day) and one.date is not None and one.date > today:
            return (one.date - today).days
        if isinstance(one, Span) and one.last > today:
            return (one.last - today).days
        if isinstance(one, Duration) and one.length > timedelta(0):
            return max(1, one.length.days)
    return _until(said, today)


def _until(said: str, today: date) -> int | None:
    """«by March», «before Christmas»."""
    named = re.search(
        r"\b(?:by|until|before|till|in)\s+(?:the\s+|next\s+)?(\w+(?: year)?)", said.lower()
    )
    if named is None:
        return None
    words = named[1]
    if words in MONTHS:
        month, day = MONTHS.index(words) + 1, 1
    elif any(words.startswith(feast) for feast in FEASTS):
        month, day = next(FEASTS[feast] for feast in FEASTS if words.startswith(feast))
    else:
        return None
    due = date(today.year, month, day)
    if due <= today:
        due = date(today.year + 1, month, day)
    return (due - today).days
