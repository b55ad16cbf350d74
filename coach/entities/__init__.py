"""What people mean by numbers and times: amounts, clock times, days, spans, in five languages.

    read_entities("breakfast at 8, 0,5 l of milk", today=today) -> [ClockTime, Amount]

Every entity knows where it stands (`text[entity.start:entity.end]`), so that a caller knows what
was used. Every numeral of a text lies in exactly one entity; what a caller does not use it asks
about. The language is told: `1.500 ml` is a litre and a half in three of the five. Pure: it knows
no framework, no database and no food.

- Which kinds are there?  `entities.py`
- In which order is a text read?  `read.py`
- Numbers in words and figures?  `numerals/`
- Units and what they are worth?  `units.py`, `amounts.py`
- Clock times?  `clock_times/`
- Days, spans, durations, repetitions?  `days.py`, `spans.py`, `durations.py`, `recurrences.py`
- The words and phrases of a language?  `vocabulary/`, patterns of which are read by `phrases.py`
"""

from coach.entities.entities import (
    Amount,
    ClockTime,
    Day,
    Duration,
    Entity,
    Numeral,
    Part,
    Prefer,
    Recurrence,
    Span,
)
from coach.entities.read import read_entities
from coach.entities.units import convert
from coach.entities.vocabulary.languages import cardinal_at, unit_named

__all__ = [
    "Amount",
    "ClockTime",
    "Day",
    "Duration",
    "Entity",
    "Numeral",
    "Part",
    "Prefer",
    "Recurrence",
    "Span",
    "cardinal_at",
    "convert",
    "read_entities",
    "unit_named",
]
