# ruff: noqa: E501  a pattern is read best in one piece
"""A wish about one's own weight, in words."""

import re
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
    return Wish(way, kg, target, days)


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
