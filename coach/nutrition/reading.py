"""From words, or from foods that a language model made of them, to items as they will be written.

This is where the diary meets the parser: what comes out are drafts with nutrients for the whole
amount, and nothing else of the parser is known beyond here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Annotated

import msgspec
import structlog
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from coach import clock
from coach.nutrition.foods.search import STOP, search
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals import (
    CurrentItem,
    Edit,
    ParsedItem,
    load_index,
    parse_change,
    parse_meal,
)
from coach.nutrition.models import Food
from coach.nutrition.models.diary import NUTRIENTS, MealItem
from coach.nutrition.speech.words import amount_and_name, for_slot, listed

log = structlog.get_logger(__name__)

OF_PARSER = {
    "kcal": "kcal",
    "protein_g": "protein",
    "carbohydrate_g": "carbohydrate",
    "fat_g": "fat",
    "fibre_g": "fibre",
    "sugar_g": "sugar",
    "sodium_mg": "sodium",
}


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
class Draft:
    """One food to write: nutrients by the names of the diary, for all of `grams`."""

    food_id: int | None
    name: str
    amount: str
    spoken: str
    grams: float
    nutrients: dict[str, float]
    slot: str | None = None

    @property
    def kcal(self) -> float:
        return self.nutrients["kcal"]


@dataclass(frozen=True)
class Reading:
    """What a sentence says was eaten, and when; `question` asks for what it leaves open."""

    drafts: list[Draft]
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

    @property
    def says_when(self) -> bool:
        return bool(self.slot or self.day_offset or self.clock)

    def day(self, current: date) -> date | None:
        """The day that was named, if any; `current` is the member's today."""
        return current + timedelta(days=self.day_offset) if self.day_offset else None


def warm() -> None:
    """Read the table of foods into memory now, so that the first sentence does not wait for it."""
    try:
        read_meal("an egg", clock.host_today())
    except DatabaseError as error:
        log.warning("foods_not_ready", error=type(error).__name__)
    finally:
        connection.close()


def read_meal(said: str, today: date) -> Reading:
    """Read a sentence about food; `today` is the member's. Writes nothing."""
    parsed = parse_meal(load_index(), said, today=today)
    return Reading(
        drafts_of(parsed.items),
        slot=parsed.slot,
        day_offset=parsed.day_offset,
        clock=time.fromisoformat(parsed.time) if parsed.time else None,
        question=parsed.question or "",
        unknown=parsed.unknown,
        nothing_eaten=parsed.nothing_eaten,
        not_yet=parsed.not_yet,
    )


def read_items(items: Sequence[NamedFood], said: str, today: date) -> Reading:
    """Foods that a language model found in `said`: looked up one by one, weights as it says.

    When and which meal still come from the member's own words.
    """
    heard = read_meal(said, today)
    parsed: list[ParsedItem] = []
    unknown: list[str] = []
    for item in items:
        words = f"{item.grams:g} g {item.name}" if item.grams else f"{item.amount} {item.name}"
        found = parse_meal(load_index(), words.strip()).items
        if found:
            parsed.extend(found)
        else:
            unknown.append(item.name)
    return Reading(
        drafts_of(parsed),
        slot=heard.slot,
        day_offset=heard.day_offset,
        clock=heard.clock,
        question=_("I don't know %(foods)s. What is it made of?") % {"foods": listed(unknown)}
        if unknown
        else "",
        unknown=tuple(unknown),
    )


def drafts_of(items: Sequence[ParsedItem]) -> list[Draft]:
    """Parsed items as drafts, with what only the food's row knows (saturated fat)."""
    rows = Food.objects.in_bulk([item.food_id for item in items if isinstance(item.food_id, int)])
    return [_draft(item, rows.get(item.food_id)) for item in items]


def _draft(item: ParsedItem, food: Food | None) -> Draft:
    if food is not None:
        nutrients = {name: getattr(food, name) * item.grams / 100 for name in NUTRIENTS}
    else:
        nutrients = {name: getattr(item.nutrients, of) for name, of in OF_PARSER.items()}
    name = re.sub(r"\s+", " ", item.name).strip()
    return Draft(
        food_id=food.pk if food else None,
        name=(name[:1].upper() + name[1:])[:160],
        amount=item.amount[:80],
        spoken=amount_and_name(item.amount, name)[:200],
        grams=round(item.grams, 1),
        nutrients={name: round(value, 2) for name, value in nutrients.items()},
        slot=item.slot,
    )


@dataclass(frozen=True)
class Step:
    """One change of a list of items: `target` is an index into it. See `Edit` of the parser."""

    kind: str  # "set_amount", "scale", "remove", "replace" or "add"
    target: int | None = None
    grams: float = 0
    amount: str = ""
    spoken: str = ""
    draft: Draft | None = None


@dataclass(frozen=True)
class Plan:
    steps: list[Step]
    question: str = ""


def same_food(name: str, said: str) -> bool:
    """Whether `said` names the food: they share a word that means something."""
    return bool((set(keys(name)) - STOP) & set(keys(said)))


def find_drafts(words: str) -> list[Draft]:
    """Foods that `words` name, with the amount said or the usual one; [] when none is known."""
    parsed = parse_meal(load_index(), words)
    if parsed.items:
        return drafts_of(parsed.items)
    found = search(load_index(), words, limit=1)
    if not found or found[0].covered < 1:
        return []
    match = found[0]
    grams = match.usual_grams
    item = ParsedItem(
        match.food.id,
        match.name,
        match.food.name,
        f"{grams:g} g",
        grams,
        match.food.nutrients.of(grams),
    )
    return drafts_of([item])


def read_change(said: str, items: Sequence[MealItem]) -> Plan:
    """How `said` changes `items`. Nothing is half done: steps, or a question."""
    current = [
        CurrentItem(item.food_id, item.name.lower(), item.grams, item.amount) for item in items
    ]
    plan = parse_change(load_index(), said, current)
    return Plan([_step(edit, items) for edit in plan.edits], plan.question or "")


def _step(edit: Edit, items: Sequence[MealItem]) -> Step:
    draft = drafts_of([edit.item])[0] if edit.item else None
    item = items[edit.target] if edit.target is not None else None
    grams, amount, spoken = edit.grams or 0.0, edit.amount, ""
    if edit.kind == "scale" and item and edit.factor:
        grams = round(item.grams * edit.factor, 1)
    elif item and amount:
        spoken = amount_and_name(amount, item.name.lower())
    return Step(edit.kind, edit.target, grams, amount, spoken, draft)
