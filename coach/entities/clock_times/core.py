"""A clock time as it was said, before it is known which half of the day it means."""

from collections.abc import Callable
from datetime import time
from typing import Literal

import msgspec

from coach.entities.entities import Part
from coach.entities.sentence import Sentence

Half = Literal["", "am", "pm", "24"]


class Core(msgspec.Struct, frozen=True):
    """Hour (0 to 24) and minute as said, and the token after them.

    `half`: "am" or "pm" was said, or the hour leaves no doubt ("24"). `part` is a part of the day
    that was said with it. `strong`: a time whatever stands around it.
    """

    hour: int
    minute: int
    end: int
    half: Half = ""
    part: Part = ""
    strong: bool = False


class ClockGrammar(msgspec.Struct, frozen=True):
    """How a language tells the time.

    `core_at(sentence, i, led)` reads it; `leads` are the rows of words before it: those that tell
    a time ("at"), those that only may ("around"), and those that lead ranges as well ("from").
    `follows(sentence, j, hour, tells)` says
    whether a bare number before token `j` may be an hour.
    """

    core_at: Callable[[Sentence, int, bool], Core | None]
    leads_telling: tuple[tuple[str, ...], ...]
    leads_perhaps: tuple[tuple[str, ...], ...]
    leads_ranges: tuple[tuple[str, ...], ...]
    follows: Callable[[Sentence, int, int, bool], bool]
    not_after: frozenset[str] = frozenset()


def hour_and_minute(hour: int, minute: int) -> bool:
    return 0 <= hour <= 24 and 0 <= minute <= 59 and (hour < 24 or minute == 0)


def on_the_clock(core: Core, near: Part) -> tuple[time, bool]:
    """The time of day, and whether it is sure; `near` is the part of the day that is spoken of."""
    hour = core.hour % 24
    if core.half == "24" or hour > 12 or (core.hour == 24):
        return time(hour, core.minute), True
    if core.half:
        return time(hour % 12 + (12 if core.half == "pm" else 0), core.minute), True
    part = core.part or near
    if part:
        return time(in_part(hour, part, said=bool(core.part)), core.minute), True
    return time(hour + 12 if 1 <= hour <= 6 else hour, core.minute), False


def in_part(hour: int, part: Part, *, said: bool) -> int:
    """The hour (0 to 12) on a clock of 24 hours; `said` with it, or only near it."""
    if part == "morning":
        return hour % 12 if said else hour
    if part == "night" and (hour == 12 or hour < 6):
        return hour % 12
    if part == "evening" and hour == 12 and said:
        return 0
    if part == "noon" and hour >= 10:
        return hour
    return hour % 12 + 12
