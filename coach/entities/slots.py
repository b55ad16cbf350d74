"""The kinds of words that phrases have slots for: numbers, days, months, parts of a day."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

from coach.entities.numerals.numbers import number_at
from coach.entities.phrases import Found, Slots
from coach.entities.sentence import Sentence

ENDINGS: Final = frozenset({"st", "nd", "rd", "th", "er", "ere", "o", "a", "°", "º", "."})
DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
MOST_PERIODS: Final = 4000.0
SLASHES: Final = frozenset("/-")
TURN_OF_CENTURY: Final = 70
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Count(msgspec.Struct, frozen=True):
    value: float


class DayOfMonth(msgspec.Struct, frozen=True):
    """`marked`: it was said to be a place in a row ("25th", "first")."""

    day: int
    marked: bool


class WrittenDate(msgspec.Struct, frozen=True):
    """Year, month and day in figures; `sure` is False where month and day may be exchanged."""

    day: date
    sure: bool


class SlotReader:
    """Reads the slots of one sentence, and the phrases with such slots; keeps what was read."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.found: dict[int, list[Found]] = {}
        vocabulary = sentence.vocabulary
        self.slots: Slots = {
            "<n>": self.count,
            "<period>": lambda i: self.of(vocabulary.periods, i),
            "<weekday>": lambda i: self.of(vocabulary.weekdays, i),
            "<wday>": lambda i: self.of(vocabulary.weekdays_short, i),
            "<weekdays>": self.weekdays,
            "<month>": self.month,
            "<part>": lambda i: self.of(vocabulary.parts, i),
            "<ordinal>": self.ordinal,
            "<year>": self.year,
            "<date>": self.date,
        }

    def phrases_at(self, i: int) -> list[Found]:
        """The phrases at token `i`, the longest first."""
        if i not in self.found:
            phrases = self.sentence.vocabulary.phrases
            self.found[i] = phrases.longest_at(self.sentence.words, i, self.slots)
        return self.found[i]

    def of(self, words: Mapping[str, object], i: int) -> tuple[object, int] | None:
        word = self.sentence.word(i)
        if word not in words:
            return None
        stop = self.sentence.token(i + 1)
        short = len(word) <= 4 and stop.text == "." and stop.glued
        return words[word], i + 1 + (short and self.sentence.token(i + 2).kind == "number")

    def count(self, i: int) -> tuple[object, int] | None:
        """A number, or an article for one."""
        number = number_at(self.sentence, i)
        if number is not None and 0 < number.value < MOST_PERIODS and not number.spoken:
            return Count(number.value), number.end
        if number is None and self.sentence.word(i) in self.sentence.vocabulary.numbers.articles:
            return Count(1.0), i + 1
        return None

    def ordinal(self, i: int) -> tuple[object, int] | None:
        """A day of a month: "25", "25th", "first", "twenty-fifth"."""
        token = self.sentence.token(i)
        if token.kind == "number":
            if not token.raw.isdecimal() or len(token.raw) > 2 or not 1 <= int(token.raw) <= 31:
                return None
            ending = self.sentence.token(i + 1)
            marked = ending.glued and ending.text in ENDINGS
            if ending.text == "." and self.sentence.vocabulary.language != "de":
                marked = False
            return DayOfMonth(int(token.raw), marked), i + 1 + marked
        return self.ordinal_word(i)

    def ordinal_word(self, i: int) -> tuple[object, int] | None:
        ordinals = self.sentence.vocabulary.numbers.ordinals
        word = self.sentence.word(i)
        if word in ordinals:
            return DayOfMonth(ordinals[word], True), i + 1
        number = number_at(self.sentence, i)
        if number is None or number.spoken or number.value % 1:
            return None
        last = ordinals.get(self.sentence.word(number.end), 0)
        if number.value in {20, 30} and 1 <= last <= 9:
            return DayOfMonth(int(number.value) + last, True), number.end + 1
        return (
            (DayOfMonth(int(number.value), False), number.end) if 1 <= number.value <= 31 else None
        )

    def weekdays(self, i: int) -> tuple[object, int] | None:
        """ "Mondays"; but not "Monday's"."""
        token = self.sentence.token(i)
        one = len(token.raw) == len(token.text)
        return self.of(self.sentence.vocabulary.weekdays_plural, i) if one else None

    def month(self, i: int) -> tuple[object, int] | None:
        """A month by its name, or by its number where a word follows that says so."""
        vocabulary = self.sentence.vocabulary
        number = number_at(self.sentence, i) if vocabulary.month_word else None
        if number is not None and self.sentence.word(number.end) == vocabulary.month_word:
            return (int(number.value), number.end + 1) if number.value in range(1, 13) else None
        return self.of(vocabulary.months, i)

    def year(self, i: int) -> tuple[object, int] | None:
        raw = self.sentence.token(i).raw
        if raw.isdecimal() and len(raw) == 4 and FIRST_YEAR <= int(raw) <= LAST_YEAR:
            return int(raw), i + 1
        return None

    def date(self, i: int) -> tuple[object, int] | None:
        """ "2025-11-25", "25/11/2025", "25.11.2025"."""
        dotted = DATE.fullmatch(self.sentence.token(i).raw)
        if dotted:
            return written(int(dotted[3]), int(dotted[2]), int(dotted[1]), i + 1)
        raws = [self.sentence.token(i + place).raw for place in range(5)]
        if raws[1] not in SLASHES or raws[3] != raws[1] or not raws[0].isdecimal():
            return None
        if not (raws[2].isdecimal() and raws[4].isdecimal()) or max(map(len, raws)) > 4:
            return None
        first, second, third = (int(raw) for raw in raws[::2])
        if len(raws[0]) == 4:
            return written(first, second, third, i + 5)
        if len(raws[4]) not in {2, 4}:
            return None
        american = self.sentence.vocabulary.language == "en" and first <= 12
        month, day = (first, second) if american else (second, first)
        unsure = american and second <= 12 and first != second
        return written(third, month, day, i + 5, sure=not unsure)


def in_full(year: int) -> int:
    """A year of two digits: from 1970 to 2069."""
    if year >= 100:
        return year
    return year + (1900 if year >= TURN_OF_CENTURY else 2000)


def written(
    year: int, month: int, day: int, end: int, *, sure: bool = True
) -> tuple[object, int] | None:
    """The date, if the calendar has it."""
    try:
        return WrittenDate(date(in_full(year), month, day), sure), end
    except ValueError:
        return None
