"""Read a text from left to right: at each place the first kind of entity that stands there."""

from collections.abc import Iterator
from datetime import date, datetime

from coach.entities.amounts import amount_at
from coach.entities.clock_times.read import clock_at
from coach.entities.context import Context
from coach.entities.days import FoundDay, day_at, entity_of
from coach.entities.durations import duration_at
from coach.entities.entities import Entity, Numeral, Prefer, Recurrence, Span
from coach.entities.numerals.numbers import number_at
from coach.entities.recurrences import FoundRecurrence, recurrence_at
from coach.entities.sentence import Sentence
from coach.entities.slots import SlotReader
from coach.entities.spans import span_at
from coach.entities.text import tokens
from coach.entities.vocabulary.languages import vocabulary_of

Found = tuple[list[Entity], int]


def read_entities(
    text: str,
    language: str = "en",
    *,
    today: date | None = None,
    now: datetime | None = None,
    prefer: Prefer = "past",
) -> list[Entity]:
    """All entities of `text`, in order and apart from each other. Never raises on a text.

    `language` is a code of two letters; one that is not known is read as English. `today` and `now`
    are those of whoever speaks: without `today` a day has no date. `prefer` says where a day lies
    that may be either behind or ahead ("on Friday"). Text beyond 20,000 characters is not read.
    """
    vocabulary = vocabulary_of(language)
    found = tokens(text, parts_at_apostrophes=vocabulary.parts_at_apostrophes)
    if vocabulary.cut is not None:
        found = vocabulary.cut(found)
    sentence = Sentence(text, found, vocabulary)
    return list(Reader(sentence, Context(today, now, prefer)).entities())


class Reader:
    """Reads one sentence; knows where the last clock time ended."""

    def __init__(self, sentence: Sentence, context: Context) -> None:
        self.sentence = sentence
        self.context = context
        self.slots = SlotReader(sentence)
        self.after_clock = 0

    def entities(self) -> Iterator[Entity]:
        i = 0
        while i < len(self.sentence):
            found = self.entity_at(i)
            if found is None:
                i += 1
                continue
            yield from found[0]
            i = found[1]

    def entity_at(self, i: int) -> Found | None:
        if self.is_label(i):
            return self.numeral(i, i + 1)
        return (
            self.recurrence(i)
            or self.longer_of(self.span(i), self.day(i))
            or self.clock_or_duration(i)
            or self.amount(i)
            or self.unread(i)
        )

    def is_label(self, i: int) -> bool:
        """ "B12": figures glued to a word are no number."""
        token = self.sentence.token(i)
        before = self.sentence.token(i - 1)
        word = before.kind == "word" and before.raw.isascii()
        return token.kind == "number" and token.glued and word

    def longer_of(self, one: Found | None, other: Found | None) -> Found | None:
        if one is None or other is None:
            return one or other
        return one if one[1] >= other[1] else other

    def recurrence(self, i: int) -> Found | None:
        found: FoundRecurrence | None = recurrence_at(self.sentence, self.slots, i)
        if found is None:
            return None
        start, end = self.places(i, found.end)
        entities: list[Entity] = [
            Recurrence(
                unit=found.unit,  # type: ignore[arg-type]
                every=found.every,
                weekdays=found.weekdays,
                start=start,
                end=end,
            )
        ]
        if found.part_at is None:
            return entities, found.end
        part = self.sentence.vocabulary.parts[self.sentence.word(found.part_at)]
        day = FoundDay(None, part, found.part_at + 1, part_alone=True)
        return [*entities, entity_of(self.sentence, found.part_at, day)], day.end

    def span(self, i: int) -> Found | None:
        found = span_at(self.sentence, self.slots, self.context, i)
        if found is None:
            return None
        start, end = self.places(i, found.end)
        return [Span(first=found.first, last=found.last, start=start, end=end)], found.end

    def day(self, i: int) -> Found | None:
        found = day_at(self.sentence, self.slots, self.context, i)
        return ([entity_of(self.sentence, i, found)], found.end) if found else None

    def clock_or_duration(self, i: int) -> Found | None:
        clock = clock_at(self.sentence, self.slots, self.context, i, self.after_clock)
        if clock is not None:
            self.after_clock = clock[1]
            return [clock[0]], clock[1]
        duration = duration_at(self.sentence, self.context, i)
        return ([duration[0]], duration[1]) if duration else None

    def amount(self, i: int) -> Found | None:
        found = amount_at(self.sentence, i)
        return ([found[0]], found[1]) if found else None

    def unread(self, i: int) -> Found | None:
        """A numeral that no reading took."""
        number = number_at(self.sentence, i)
        if number is not None:
            return self.numeral(i, number.end)
        return self.numeral(i, i + 1) if self.sentence.token(i).kind == "number" else None

    def numeral(self, i: int, end: int) -> Found:
        start, stop = self.places(i, end)
        return [Numeral(text=self.sentence.text[start:stop], start=start, end=stop)], end

    def places(self, i: int, end: int) -> tuple[int, int]:
        return self.sentence.tokens[i].start, self.sentence.tokens[end - 1].end
