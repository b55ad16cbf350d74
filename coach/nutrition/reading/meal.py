"""From a sentence, or from foods that a language model made of it, to what will be written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Annotated

import msgspec
import structlog
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from coach.nutrition.foods import store
from coach.nutrition.meals import AT_NO_KNOWN_TIME, ParsedItem, SaidAt, parse_meal
from coach.nutrition.reading.foods import DiaryFood, diary_foods
from coach.nutrition.speech.phrasing import for_slot, listed

log = structlog.get_logger(__name__)


class NamedFood(msgspec.Struct, frozen=True):
    """A food of a meal as a language model understood it."""

    name: Annotated[
        str, msgspec.Meta(description="The food, as simply as it was said.", max_length=80)
    ]
    grams: Annotated[float, msgspec.Meta(gt=0, le=5000)] | None = None
    amount: Annotated[
        str, msgspec.Meta(description='As said, e.g. "two slices".', max_length=60)
    ] = ""


@dataclass(frozen=True)
class Reading:
    """What a sentence says was eaten, and when; `question` asks for what it leaves open."""

    foods: list[DiaryFood]
    slot: str | None = None
    day_offset: int = 0
    clock: time | None = None
    question: str = ""
    unknown: tuple[str, ...] = field(default=())
    nothing_eaten: bool = False
    not_yet: bool = False

    @property
    def rest(self) -> str:
        """The words that nothing could be written for, with the meal they were said to be of."""
        if not self.unknown or not self.slot:
            return listed(self.unknown)
        return f"{listed(self.unknown)} {for_slot(self.slot)}"

    def day(self, current: date) -> date | None:
        """The day that was named, if any; `current` is the member's today."""
        return current + timedelta(days=self.day_offset) if self.day_offset else None


def warm() -> None:
    """Read the table of foods into memory now, so that the first sentence does not wait for it."""
    try:
        read_meal("an egg")
    except DatabaseError as error:
        log.warning("foods_not_ready", error=type(error).__name__)
    finally:
        connection.close()


def read_meal(said: str, said_at: SaidAt = AT_NO_KNOWN_TIME) -> Reading:
    """Read a sentence about food, said on the member's clock. Writes nothing."""
    parsed = parse_meal(store.load_index(), said, said_at)
    return Reading(
        diary_foods(parsed.items),
        slot=parsed.slot,
        day_offset=parsed.day_offset,
        clock=parsed.time,
        question=parsed.question or "",
        unknown=parsed.unknown,
        nothing_eaten=parsed.nothing_eaten,
        not_yet=parsed.not_yet,
    )


def read_items(items: Sequence[NamedFood], said: str, said_at: SaidAt) -> Reading:
    """Foods that a language model found in `said`: looked up one by one, weights as it says.

    When and which meal still come from the member's own words.
    """
    heard = read_meal(said, said_at)
    parsed: list[ParsedItem] = []
    unknown: list[str] = []
    for item in items:
        words = f"{item.grams:g} g {item.name}" if item.grams else f"{item.amount} {item.name}"
        found = parse_meal(store.load_index(), words.strip()).items
        if found:
            parsed.extend(found)
        else:
            unknown.append(item.name)
    return Reading(
        diary_foods(parsed),
        slot=heard.slot,
        day_offset=heard.day_offset,
        clock=heard.clock,
        question=_("I don't know %(foods)s. What is it made of?") % {"foods": listed(unknown)}
        if unknown
        else "",
        unknown=tuple(unknown),
    )
