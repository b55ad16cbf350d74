"""Amounts: a number with its unit, ranges of them, and amounts of several units."""

import re
from typing import Final

import msgspec

from coach.entities.entities import Amount
from coach.entities.numerals.numbers import fraction_at, number_at, written_fraction_at
from coach.entities.numerals.words import Read
from coach.entities.sentence import Sentence
from coach.entities.units import COMPLETES, IMPLIED, KIND_OF, NORMAL, SIZES, convert, unit_at

DASHES: Final = frozenset("-–—−~〜")
FEET: Final = re.compile(r"([3-8])['’](\d|1[01])")
ABOUT_SIGNS: Final = frozenset("~≈±")
WIDEST_RANGE: Final = 4.0  # how many times the low end the high one may be, in words


class Quantity(msgspec.Struct, frozen=True):
    """A number or a range of them, and the tokens after it and after its (first) number."""

    value: float
    end: int
    low: float | None = None
    high: float | None = None
    spoken: bool = False
    number_end: int = 0


LONGEST_SHORT: Final = 4  # letters of a unit that has no plural ("g", "ml", "kcal")
BRACKETS: Final = frozenset("([{")
FEW_OF: Final = frozenset({"oz", "floz", "lb", "inch", "foot", "cup", "st"})


def amount_at(sentence: Sentence, i: int) -> tuple[Amount, int] | None:
    """The amount that begins at token `i` and the token after it."""
    if (height := feet_and_inches(sentence, i)) is not None:
        return made(sentence, i, height, "foot", False), height.end
    first, about = after_about(sentence, i)
    quantity = quantity_at(sentence, first)
    if quantity is None:
        return article_with_unit(sentence, i)
    named = unit_of(sentence, quantity)
    if quantity.spoken and named is not None and counts_things(sentence, quantity.end, named[0]):
        quantity, named = Quantity(quantity.value // 100, first + 1), None
    if named is None:
        return None if quantity.spoken else (made(sentence, i, quantity, "", about), quantity.end)
    unit, end = named
    low, high, value = quantity.low, quantity.high, quantity.value
    if low is None:
        value, end = completed(sentence, value, unit, end)
        low, high, end = up_to(sentence, value, unit, end)
        value = value if low is None or high is None else (low + high) / 2
    whole = Quantity(value, end, low, high, number_end=quantity.end)
    return made(sentence, i, whole, unit, about), end


def counts_things(sentence: Sentence, j: int, unit: str) -> bool:
    """Whether a unit after "two twelve" says how large each of two is: "two twelve inch pizzas".

    So does a unit in the singular, or one of few: "one fifty grams" and "one eighty pounds" do not.
    """
    word = sentence.word(j)
    singular = len(word) > LONGEST_SHORT and not word.endswith("s")
    return singular or (unit in FEW_OF and not word.endswith("s"))


def feet_and_inches(sentence: Sentence, i: int) -> Quantity | None:
    """ "5'4\""."""
    written = FEET.fullmatch(sentence.token(i).raw)
    if written is None:
        return None
    closed = sentence.word(i + 1) in {'"', "″", "”"}
    return Quantity(int(written[1]) + int(written[2]) / 12, i + 1 + closed)


def made(sentence: Sentence, i: int, found: Quantity, unit: str, about: bool) -> Amount:
    unit, times = NORMAL.get(unit, (unit, 1.0))
    return Amount(
        value=found.value * times,
        unit=unit,
        low=None if found.low is None else found.low * times,
        high=None if found.high is None else found.high * times,
        about=about,
        number_end=sentence.tokens[(found.number_end or found.end) - 1].end,
        start=sentence.tokens[i].start,
        end=sentence.tokens[found.end - 1].end,
    )


def after_about(sentence: Sentence, i: int) -> tuple[int, bool]:
    """The token after a "~"; words like "about" stay outside of the amount."""
    if sentence.word(i) in ABOUT_SIGNS and sentence.token(i + 1).kind == "number":
        return i + 1, True
    return i, sentence.word(i - 1) in sentence.vocabulary.about


def quantity_at(sentence: Sentence, i: int) -> Quantity | None:
    """A number or a range: "2", "2-3", "two to three", "between 2 and 3", "from 2 to 3"."""
    vocabulary = sentence.vocabulary
    word = sentence.word(i)
    if word in vocabulary.ranges:
        low, high = vocabulary.ranges[word]
        return Quantity((low + high) / 2, i + 1, low, high)
    if word in vocabulary.between:
        return range_at(sentence, i + 1, vocabulary.and_)
    if word in vocabulary.from_:
        return range_at(sentence, i + 1, vocabulary.to)
    ranged = range_at(sentence, i, vocabulary.to)
    if ranged is not None:
        return ranged
    number = number_at(sentence, i)
    return Quantity(number.value, number.end, spoken=number.spoken) if number else None


def range_at(sentence: Sentence, i: int, joints: frozenset[str]) -> Quantity | None:
    low = number_at(sentence, i)
    if low is None:
        return None
    joint = sentence.word(low.end)
    if joint not in joints and joint not in DASHES:
        return None
    high = number_at(sentence, low.end + 1)
    if high is None or not in_order(low, high):
        return None
    return Quantity((low.value + high.value) / 2, high.end, low.value, high.value)


def in_order(low: Read, high: Read) -> bool:
    return 0 < low.value < high.value and high.value <= max(low.value, 1) * 10


def unit_of(sentence: Sentence, quantity: Quantity) -> tuple[str, int] | None:
    """The unit after a quantity; "a couple of cups", "half a cup", "a quarter of a cup"."""
    words, j = sentence.vocabulary.numbers, quantity.end
    named = unit_at(sentence, j, quantity.value)
    if named is None and sentence.word(j) in words.of:
        j += 1
        named = unit_at(sentence, j)
    if named is None and sentence.word(j) in sentence.vocabulary.sizes | BRACKETS:
        named = unit_at(sentence, j + 1)  # two heaped tablespoons, 20 (kg)
    if named is not None or quantity.value >= 1:
        return named
    if sentence.word(j) in words.articles or sentence.word(j) in words.ones:
        j += 1
    return unit_at(sentence, j) if j > quantity.end else None


def article_with_unit(sentence: Sentence, i: int) -> tuple[Amount, int] | None:
    """ "a cup", "a cup and a half", "a cup or two"; an article alone is no amount."""
    if sentence.word(i) not in sentence.vocabulary.numbers.articles:
        return unit_and_a_half(sentence, i)
    named = unit_at(sentence, i + 1)
    if named is None:
        return None
    value, end = completed(sentence, 1.0, *named)
    low, high, end = up_to(sentence, value, named[0], end)
    if low is not None and high is not None:
        value = (low + high) / 2
    whole = Quantity(value, end, low, high, number_end=i + 1)
    return made(sentence, i, whole, named[0], False), end


def unit_and_a_half(sentence: Sentence, i: int) -> tuple[Amount, int] | None:
    """ "taza y media": a unit that counts one because a half follows it."""
    joins = sentence.vocabulary.numbers.joins
    named = unit_at(sentence, i) if sentence.word(i + 1) in joins else None
    if named is None or sentence.token(i).kind != "word":
        return None
    half = fraction_at(sentence, i + 2)
    if half is None or half.value >= 1 or half.end > i + 3:
        return None
    whole = Quantity(1 + half.value, half.end, number_end=half.end)
    return made(sentence, i, whole, named[0], False), half.end


def completed(sentence: Sentence, value: float, unit: str, end: int) -> tuple[float, int]:
    """The amount with its half ("a cup and a half") or its smaller part ("1 lb 4 oz")."""
    vocabulary = sentence.vocabulary
    if vocabulary.half_after and sentence.word(end) == vocabulary.half_after:
        return value + 0.5, end + 1
    joined = sentence.word(end) in vocabulary.plus
    after = end + 1 if joined else end
    if joined and sentence.word(end) in vocabulary.numbers.joins:
        half = written_fraction_at(sentence, after) or fraction_at(sentence, after)
        if half is not None and half.value < 1 and stands_alone(sentence, half.end):
            return value + half.value, half.end
    comma = sentence.word(end) == "," and unit in COMPLETES
    return with_smaller(sentence, Sum(value, unit, unit, end), after + comma)


def stands_alone(sentence: Sentence, j: int) -> bool:
    """ "a cup and a half of rice"; not "a cup and half an apple" or "… and half a cup"."""
    articles = sentence.vocabulary.numbers.articles
    return sentence.word(j) not in articles and unit_at(sentence, j) is None


class Sum(msgspec.Struct, frozen=True):
    """What was added up so far, in `unit`; `least` is the smallest unit of its parts."""

    value: float
    unit: str
    least: str
    end: int

    def plus(self, value: float, unit: str, end: int) -> "Sum":
        return Sum(self.value + convert(value, unit, self.unit), self.unit, unit, end)


def with_smaller(sentence: Sentence, total: Sum, at: int) -> tuple[float, int]:
    """ "1 lb 4 oz", "one cup and two tablespoons", "11 stone 4", "5 ft 4 in"."""
    while (longer := one_smaller(sentence, total, at)) is not None:
        total = longer
        at = total.end + (sentence.word(total.end) in sentence.vocabulary.plus)
    return total.value, total.end


def one_smaller(sentence: Sentence, total: Sum, at: int) -> Sum | None:
    joined = at > total.end
    number = number_at(sentence, at)
    if number is None:
        number = article_one(sentence, at) if joined else None
    if number is None:
        return None
    named = unit_at(sentence, number.end) or inches(sentence, total.unit, number.end)
    if named is not None:
        fits = completes(named[0], total.least, joined=joined)
        return total.plus(number.value, *named) if fits else None
    small, most = IMPLIED.get(total.least, ("", 0))
    if joined or not small or number.value >= most or number.spoken:
        return None
    return total.plus(number.value, small, number.end)


def article_one(sentence: Sentence, at: int) -> Read | None:
    """ "two cups and a tablespoon": the article counts one."""
    return Read(1.0, at + 1) if sentence.word(at) in sentence.vocabulary.numbers.articles else None


def inches(sentence: Sentence, unit: str, j: int) -> tuple[str, int] | None:
    """ "in" is inches only after feet."""
    if unit == "foot" and sentence.word(j) in {"in", '"', "″", "”"}:
        return "inch", j + 1
    return None


def completes(small: str, large: str, *, joined: bool) -> bool:
    """Whether so much of `small` belongs to the same amount: always less than one `large`."""
    kind = KIND_OF.get(large)
    if kind is None or KIND_OF.get(small) != kind or SIZES[kind][small] >= SIZES[kind][large]:
        return False
    return joined or COMPLETES.get(large) == small or (large, small) in {("kg", "g"), ("l", "ml")}


def up_to(
    sentence: Sentence, value: float, unit: str, end: int
) -> tuple[float | None, float | None, int]:
    """ "a cup or two", "100 g to 150 g": the upper end, where the unit stands before the joint."""
    vocabulary = sentence.vocabulary
    if sentence.word(end) not in vocabulary.to and sentence.word(end) not in DASHES:
        return None, None, end
    high = number_at(sentence, end + 1)
    if high is None or not value < high.value <= value * WIDEST_RANGE:
        return None, None, end
    named = unit_at(sentence, high.end)
    if named is not None and named[0] != unit:
        return None, None, end
    if named is None and sentence.token(high.end).kind == "word":
        follows = sentence.word(high.end) in vocabulary.numbers.of
        if not follows:
            return None, None, end
    return value, high.value, named[1] if named else high.end
