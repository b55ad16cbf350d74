"""What one language calls units, days, months, parts of a day, and how it joins them."""

from collections.abc import Callable
from typing import Literal

import msgspec

from coach.entities.entities import Part
from coach.entities.numerals.words import NumberWords
from coach.entities.phrases import Phrases
from coach.entities.text import Token

Period = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Words = frozenset[str]
Row = tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True):
    """All words are folded. A `Row` is several words in order.

    `units` maps the first word of a unit to the rest of it and its canonical name, longest first;
    `units_as_written` are told apart by their case ("T", "t"). `to` parts the ends of a range,
    `between` and `from_` begin one, `and_` joins the ends after `between`. `meals` and `parts` say
    which half of the day a clock time near them means. `ago_before`, `ago_after` and so on stand
    around a duration that leads away from now. `weekdays_short` are weekdays only where a word of
    `before_weekday` leads them; after a weekday that nothing leads come words of `after_weekday`.
    `future` are words that tell of what is to come; `sizes` may stand between a number and its
    unit. `ranges` are words for two numbers; `month_word` follows the number of a month;
    `half_after` is a half behind what it halves. `cut` parts words that are written as one.
    """

    language: str
    numbers: NumberWords
    units: dict[str, tuple[tuple[Row, str], ...]]
    units_as_written: dict[str, str]
    plus: Words
    to: Words
    between: Words
    from_: Words
    and_: Words
    about: Words
    periods: dict[str, Period]
    weekdays: dict[str, int]
    weekdays_short: dict[str, int]
    weekdays_plural: dict[str, int]
    months: dict[str, int]
    parts: dict[str, Part]
    meals: dict[str, Part]
    phrases: Phrases
    ago_before: tuple[Row, ...] = ()
    ago_after: tuple[Row, ...] = ()
    ahead_before: tuple[Row, ...] = ()
    ahead_after: tuple[Row, ...] = ()
    since_before: Words = frozenset()
    since_after: Words = frozenset()
    until: Words = frozenset()
    before_weekday: Words = frozenset()
    after_weekday: Words = frozenset()
    parts_at_apostrophes: bool = False
    future: Words = frozenset()
    sizes: Words = frozenset()
    ranges: dict[str, tuple[float, float]] = {}
    month_word: str = ""
    half_after: str = ""
    cut: Callable[[list[Token]], list[Token]] | None = None


def unit_table(canonical: dict[str, str]) -> dict[str, tuple[tuple[Row, str], ...]]:
    """From canonical names to the ways of writing them, `|` between: a table by the first word."""
    rows: dict[str, list[tuple[Row, str]]] = {}
    for name, ways in canonical.items():
        for way in ways.split("|"):
            first, *rest = way.split()
            rows.setdefault(first, []).append((tuple(rest), name))
    return {
        first: tuple(sorted(ways, key=lambda way: -len(way[0]))) for first, ways in rows.items()
    }
