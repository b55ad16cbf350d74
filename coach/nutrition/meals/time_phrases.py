"""When a meal was: its slot, the day and the clock, as people say them."""

import re
from datetime import date
from typing import Final

import msgspec

from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.lexicon import SLOTS
from coach.nutrition.meals.measures import ONES, TENS
from coach.nutrition.meals.results import Slot

WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
BEFORE_SLOT: Final = words_of(
    "for at during as with in my the a an our todays yesterdays early late quick big "
    "light mid midnight morning afternoon evening bedtime after before school small first "
    "second post workout pre gym pm am regular usual normal healthy"
)
# Parts of a day, and the meal that they suggest.
PARTS: Final[dict[str, Slot | None]] = {
    "morning": "breakfast", "evening": "dinner", "night": "dinner", "afternoon": None,
    "noon": "lunch", "midday": "lunch", "tonight": "dinner",
}  # fmt: skip
CLOCK_END: Final = words_of(
    ". , ; i we in this today yesterday for and with last at on had ate there then so "
    "before after my while tonight !"
)


class When(msgspec.Struct, frozen=True):
    """A piece of when: a meal, days back (0 today, -1 yesterday), a time ("HH:MM"), or a part of
    the day ("morning")."""

    slot: Slot | None = None
    day_offset: int | None = None
    time: str = ""
    part: str = ""


def when_at(words: list[str], i: int, today: date | None) -> tuple[When, int] | None:
    """A phrase of time at `i` and the index after it."""
    return _slot_at(words, i) or _day_at(words, i, today) or _clock_at(words, i)


def _slot_at(words: list[str], i: int) -> tuple[When, int] | None:
    j = i
    while j < len(words) and words[j] in BEFORE_SLOT and j - i < 5:
        j += 1
    word = words[j] if j < len(words) else ""
    if word in SLOTS and (j > i or word not in {"dessert"}):
        if word == "dessert" and "for" not in words[i:j]:
            return None
        end = j + 1
        if end < len(words) and words[end] in {"time", "today"}:
            end += 1
        return When(slot=SLOTS[word]), end
    if word == "tea" and words[i] == "for" and all(w in {"for", "my", "our"} for w in words[i:j]):
        following = words[j + 1] if j + 1 < len(words) else "."
        if following in CLOCK_END or following in {"was", "is"}:
            return When(slot="dinner"), j + 1
    return None


def _day_at(words: list[str], i: int, today: date | None) -> tuple[When, int] | None:
    rest = words[i : i + 5]
    if rest[:3] == ["day", "before", "yesterday"]:
        return When(day_offset=-2), i + 3
    if rest[:1] == ["yesterday"]:
        part = rest[1] if len(rest) > 1 and rest[1] in PARTS else ""
        return When(day_offset=-1, part=part), i + 1 + bool(part)
    if rest[:2] == ["last", "night"] or rest[:2] == ["last", "evening"]:
        return When(day_offset=-1, part="night"), i + 2
    if len(rest) > 1 and rest[0] in {"this", "in", "the"} and rest[-1]:
        j = 1 + (rest[1] == "the") + (rest[1] in {"early", "late"})
        if j < len(rest) and rest[j] in PARTS and rest[0] != "the":
            return When(part=rest[j]), i + j + 1
    if rest[:1] == ["tonight"]:
        return When(part="tonight"), i + 1
    count = _small_number(rest[0]) if rest else None
    if count and len(rest) > 2 and rest[1] in {"day", "days"} and rest[2] == "ago":
        return When(day_offset=-int(count)), i + 3
    j = 1 if rest[:1] in (["on"], ["last"]) else 0
    name = rest[j].rstrip("s") if len(rest) > j else ""
    if name in WEEKDAYS:
        back = 0 if today is None else -((today.weekday() - WEEKDAYS.index(name)) % 7 or 7)
        return When(day_offset=back), i + j + 1
    return None


def _small_number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 3:  # further back nobody counts in days
        return int(word)
    return ONES.get(word)


def _clock_at(words: list[str], i: int) -> tuple[When, int] | None:
    """at 8, at half past seven, around noon, 8:30 am, at seven thirty, quarter to nine."""
    j, led = i, False
    while j < len(words) and words[j] in {"at", "around", "about", "by", "approximately", "like"}:
        led = led or words[j] in {"at", "around", "about", "by"}
        j += 1
    if j >= len(words):
        return None
    if led and words[j] in {"noon", "midday", "midnight"}:
        return When(time="00:00" if words[j] == "midnight" else "12:00"), j + 1
    past = _past_to(words, j)
    if past:
        hour, minute, end = past
    else:
        digits = re.fullmatch(r"(\d{1,2}):(\d\d)", words[j])
        hour_only = _small_number(words[j])
        if digits:
            hour, minute, end = int(digits[1]), int(digits[2]), j + 1
        elif hour_only is not None and 0 < hour_only <= 23:
            hour, (minute, end) = hour_only, _minutes(words, j + 1)
        else:
            return None
    half, end, marked = _half(words, end)
    sure = bool(past) or marked or ":" in words[j]
    if hour > 23 or minute > 59:
        return None
    if not sure and not (led and (end >= len(words) or words[end] in CLOCK_END)):
        return None
    hour = _to_24(hour, half, words)
    return When(time=f"{hour:02d}:{minute:02d}"), end


def _past_to(words: list[str], j: int) -> tuple[int, int, int] | None:
    names = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5}
    start = j + 1 if words[j] == "a" else j
    if start + 2 >= len(words) or words[start] not in names:
        return None
    hour = _small_number(words[start + 2])
    if hour is None or not 0 < hour <= 12 or words[start + 1] not in {"past", "to", "after"}:
        return None
    minute = names[words[start]]
    if words[start + 1] == "to":
        if words[start] in {"five", "ten", "twenty"}:
            return None  # "five to ten almonds" is a range
        return (hour - 1 or 12), 60 - minute, start + 3
    return hour, minute, start + 3


def _minutes(words: list[str], j: int) -> tuple[int, int]:
    if j < len(words) and words[j] in {"fifteen", "thirty", "15", "30", "45", "forty"}:
        value = {"fifteen": 15, "thirty": 30, "forty": 45}.get(words[j]) or int(words[j])
        if words[j] == "forty":
            return (45, j + 2) if words[j + 1 : j + 2] == ["five"] else (TENS["forty"], j + 1)
        following = words[j + 1] if j + 1 < len(words) else "."
        if following in CLOCK_END or following in {"am", "pm", "a", "p"}:
            return value, j + 1
    return 0, j


def _half(words: list[str], j: int) -> tuple[str, int, bool]:
    """am, pm, a m, o'clock after a time: (am | pm | "", index after, whether anything stood)."""
    marked = False
    if words[j : j + 1] == ["oclock"]:
        marked, j = True, j + 1
    if j < len(words) and words[j] in {"am", "pm"}:
        return words[j], j + 1, True
    if words[j : j + 2] in (["a", "m"], ["p", "m"]):
        return words[j] + "m", j + 2, True
    return "", j, marked


def _to_24(hour: int, half: str, words: list[str]) -> int:
    if half == "pm":
        return hour % 12 + 12
    if half == "am":
        return hour % 12
    text = set(words)
    if (
        hour <= 11
        and text & {"dinner", "supper", "evening", "night", "tonight", "pm"}
        and hour >= 4
    ):
        return hour + 12
    if hour <= 6 and not text & {"breakfast", "morning", "am"}:
        return hour + 12
    return hour
