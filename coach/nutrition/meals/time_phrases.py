"""When a meal was: its slot in the words of meals; days and times as `coach.entities` read them."""

import datetime
from typing import Final

import msgspec

from coach.entities import ClockTime, Day, Duration, Entity, Span
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.lexicon import SLOTS
from coach.nutrition.meals.plain_text import FIRST_SIGN, LAST_SIGN
from coach.nutrition.meals.quantities.numbers import begins_name
from coach.nutrition.meals.results import Slot
from coach.nutrition.meals.said_at import SaidAt

BEFORE_SLOT: Final = words_of(
    "for at during as with in my the a an our todays yesterdays early late quick big "
    "light mid midnight morning afternoon evening bedtime after before school small first "
    "second post workout pre gym pm am regular usual normal healthy"
)
# Parts of a day, and the meal that they suggest.
PARTS: Final[dict[str, Slot | None]] = {
    "morning": "breakfast", "evening": "dinner", "night": "dinner", "afternoon": None,
    "noon": "lunch", "": None,
}  # fmt: skip
NO_MEAL: Final = (["size"], ["sized"], ["bar"], ["shop"], ["counter"])
AFTER_TEA: Final = words_of(
    ". , ; i we in this today for and with last at on had ate there then so before after my while "
    "! was is"
)


class When(msgspec.Struct, frozen=True):
    """A piece of when: a meal, days back (0 today, -1 yesterday), a time of day, or a part of the
    day ("morning")."""

    slot: Slot | None = None
    day_offset: int | None = None
    time: datetime.time | None = None
    part: str = ""


def slot_at(words: list[str], i: int) -> tuple[When, int] | None:
    """A meal named at `i` ("for my afternoon snack") and the index after it."""
    j = i
    while j < len(words) and words[j] in BEFORE_SLOT and j - i < 5:
        j += 1
    word = words[j] if j < len(words) else ""
    if words[j + 1 : j + 2] in NO_MEAL or begins_name(words, j):
        return None  # a snack-size container, the snack bar, a dinner roll
    if word in SLOTS and (j > i or word not in {"dessert"}):
        if word == "dessert" and "for" not in words[i:j]:
            return None
        end = j + 1
        if end < len(words) and words[end] in {"time", "today"}:
            end += 1
        return When(slot=SLOTS[word]), end
    if word == "tea" and words[i] == "for" and all(w in {"for", "my", "our"} for w in words[i:j]):
        following = words[j + 1] if j + 1 < len(words) else "."
        if following in AFTER_TEA or FIRST_SIGN <= following <= LAST_SIGN:
            return When(slot="dinner"), j + 1
    return None


def when_of_entity(entity: Entity, said_at: SaidAt) -> When | None:
    """When an entity says that something was; None: it says nothing of that ("for 20 minutes")."""
    today = said_at.today
    if isinstance(entity, ClockTime):
        return When(time=entity.time)
    if isinstance(entity, Day):
        known = today is not None and entity.date is not None
        offset = (entity.date - today).days if known else None  # type: ignore[operator]
        return When(day_offset=offset or None, part=entity.part)
    if isinstance(entity, Duration) and entity.points == "ago" and entity.at and today:
        return moment(entity.at, said_at)
    return None


def moment(at: datetime.datetime, said_at: SaidAt) -> When:
    """ "an hour ago": on the diary day that it falls on, which may be another than its date."""
    return When(day_offset=said_at.days_to(at), time=at.time())


def lies_ahead(entity: Entity, today: datetime.date | None) -> bool:
    """Whether what an entity speaks of is still to come: "tomorrow", "in two hours"."""
    if isinstance(entity, Duration):
        return entity.points == "ahead"
    day = entity.date if isinstance(entity, Day) else None
    day = entity.first if isinstance(entity, Span) else day
    return day is not None and today is not None and day > today
