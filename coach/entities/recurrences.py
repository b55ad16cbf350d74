"""What comes again: "every day", "every Monday and Thursday", "every three hours"."""

from typing import Final

import msgspec

from coach.entities.phrases import Found
from coach.entities.sentence import Sentence
from coach.entities.slots import Count, SlotReader

WORKDAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)
MOST_EVERY: Final = 366


class FoundRecurrence(msgspec.Struct, frozen=True):
    unit: str
    every: int
    weekdays: tuple[int, ...]
    end: int
    part_at: int | None = None


def recurrence_at(sentence: Sentence, slots: SlotReader, i: int) -> FoundRecurrence | None:
    for found in slots.phrases_at(i):
        recurrence = resolved(sentence, found, slots)
        if recurrence is not None:
            return recurrence
    return None


def resolved(sentence: Sentence, found: Found, slots: SlotReader) -> FoundRecurrence | None:
    """`offset` of the phrase is how many units lie between."""
    kind, every = found.phrase.kind, max(1, found.phrase.offset)
    if kind == "every":
        held = found.slots.get("<n>")
        if isinstance(held, Count):
            if held.value % 1:
                return None  # "every 1.5 hours" is no whole number of units: it is asked for
            every = int(held.value)
        unit = found.slots.get("<period>", found.phrase.part)
        if unit == "second" or not 1 <= every <= MOST_EVERY:
            return None
        return FoundRecurrence(str(unit), every, (), found.end)
    if kind == "every_weekday":
        first = next(
            v for k, v in found.slots.items() if k in {"<weekday>", "<wday>", "<weekdays>"}
        )
        days, end = more_weekdays(sentence, slots, found.end)
        return FoundRecurrence("week", every, tuple(sorted({int(str(first)), *days})), end)
    if kind == "workdays":
        return FoundRecurrence("week", 1, WORKDAYS, found.end)
    if kind == "weekends":
        return FoundRecurrence("week", 1, WEEKEND, found.end)
    if kind == "every_part":
        return FoundRecurrence("day", 1, (), found.end - 1, part_at=found.end - 1)
    return None


def more_weekdays(sentence: Sentence, slots: SlotReader, i: int) -> tuple[list[int], int]:
    """ "and Thursday", ", Wednesday and Friday"."""
    days: list[int] = []
    joints = sentence.vocabulary.numbers.joins | sentence.vocabulary.plus | {","}
    while sentence.word(i) in joints:
        j = i + 1 + (sentence.word(i) == "," and sentence.word(i + 1) in joints)
        j += sentence.word(j) in sentence.vocabulary.before_weekday
        read = slots.slots["<wday>"](j) or slots.slots["<weekdays>"](j)
        if read is None or len(days) >= 7:
            break
        days.append(int(str(read[0])))
        i = read[1]
    return days, i
