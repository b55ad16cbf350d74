"""Sentences with numbers and times as data: what is said, and what it holds.

    weight | 1 lb 4 oz of beef => 1.25 lb
    time | breakfast at 7, dinner at 8 => @07:00; @20:00

Today is Tuesday, the 10th of March 2026, 14:00. `D-1 evening` is a day and its part, `P evening` a
part alone, `S2026-03-09..2026-03-10` a span, `20 min` a duration (`ago 60 min`, `in 30 min`),
`2~3 cup` a range, `every week 0,3` a repetition (0 is Monday), `? 12` a numeral that is not read,
`-` nothing. A `>` after the kind: what is meant lies ahead.
"""

import hashlib
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from coach.entities import (
    Amount,
    ClockTime,
    Day,
    Duration,
    Entity,
    Numeral,
    Recurrence,
    Span,
    read_entities,
)

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 14)
FILES = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "ko": "korean"}
HERE = Path(__file__).parent


class Expected(NamedTuple):
    language: str
    kind: str
    said: str
    holds: list[str]
    ahead: bool

    @property
    def aside(self) -> bool:
        """Whether the sentence is of the third that was put aside before any code was written."""
        return hashlib.sha256(self.said.encode()).digest()[0] % 3 == 0


def written(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sentences() -> list[Expected]:
    """The sentences written before the room was: a third of them is put aside."""
    return [expected(language, line) for language, name in FILES.items() for line in written(name)]


def found_later() -> list[Expected]:
    return [expected(*line.split(" | ", 1)) for line in written("found_later")]


def expected(language: str, line: str) -> Expected:
    kind, rest = line.split(" | ", 1)
    said, holds = rest.rsplit(" => ", 1)
    listed = [] if holds == "-" else [resolved(part) for part in holds.split("; ")]
    return Expected(language, kind.strip("> "), said, listed, kind.endswith(">"))


def resolved(part: str) -> str:
    """`D-1` as the date that it is."""
    if not re.match(r"D[-+\d]\d{0,2}(?: |$)", part):
        return part
    offset, _, rest = part[1:].partition(" ")
    return f"D{TODAY + timedelta(days=int(offset))} {rest}".strip()


def read(expected: Expected) -> list[str]:
    found = read_entities(
        expected.said,
        expected.language,
        today=TODAY,
        now=NOW,
        prefer="future" if expected.ahead else "past",
    )
    return [shown(entity) for entity in found]


def number(value: float) -> str:
    return f"{round(value, 6):.10g}"


def shown(entity: Entity) -> str:
    match entity:
        case Amount(low=low, high=high) if low is not None and high is not None:
            return f"{number(low)}~{number(high)} {entity.unit}".strip()
        case Amount():
            return f"{number(entity.value)} {entity.unit}".strip()
        case ClockTime():
            return f"@{entity.time:%H:%M}"
        case Day(date=None):
            return f"P {entity.part}"
        case Day():
            return f"D{entity.date} {entity.part}".strip()
        case Span():
            return f"S{entity.first}..{entity.last}"
        case Duration():
            word = {"": "", "ago": "ago ", "ahead": "in "}[entity.points]
            return f"{word}{number(entity.length.total_seconds() / 60)} min"
        case Recurrence():
            every = f"{entity.every} " if entity.every > 1 else ""
            days = ",".join(str(day) for day in entity.weekdays)
            return f"every {every}{entity.unit} {days}".strip()
        case Numeral():
            return f"? {entity.text}"
