"""Whole quantities: "about two tablespoons of", "half a dozen", "a bit of", "two 330 ml cans"."""

from typing import Final

import msgspec

from coach.entities import cardinal_at
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.measures import APPROXIMATE, TIMES, VAGUE, VOLUME, WEIGHT
from coach.nutrition.meals.quantities.amount import CUT, Amount
from coach.nutrition.meals.quantities.numbers import (
    begins_name,
    digits_at,
    fraction_at,
    number_at,
)
from coach.nutrition.meals.quantities.units import sizes_at, unit_at, with_unit

GROUPS: Final = {
    "dozen": 12.0, "dozens": 24.0, "couple": 2.0, "few": 3.0, "several": 4.0, "pair": 2.0,
}  # fmt: skip
NEEDS_ARTICLE: Final = words_of("bit lot load ton touch tad bunch smidge")
REFERRING: Final = words_of("them it those what")
PIZZA: Final = frozenset({"pizza", "pizzas"})
PIZZA_NEAR: Final = 6  # words after "a slice of"
MASS_NOUNS: Final = words_of(
    "of bit butter milk oil sugar salt cream cheese rice honey jam sauce ketchup mayo mayonnaise "
    "gravy ghee salad water pasta bread chicken meat fish yogurt curd dal soup juice wine"
)


def amount_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """The longest quantity that begins at `i`, with a following "of": (amount, index after it)."""
    each = words[i] == "each"
    j = i + 1 if each else i
    while j < len(words) and words[j] in APPROXIMATE:
        j += 1
    if j >= len(words):
        return None
    found = _dozens_at(words, j) or _vague_at(words, j) or _counted_at(words, j)
    if found is None:
        return None
    amount, j = found
    if each:  # "two apples, each 150 g"; but "each child had two eggs"
        return (msgspec.structs.replace(amount, of="each"), j) if amount.unit else None
    while j < len(words) and words[j] == "of":
        j += 1
    if words[j : j + 1] == ["each"]:
        return msgspec.structs.replace(amount, of="each"), j + 1
    if words[j - 1] == "of" and words[j : j + 1] and words[j] in REFERRING:
        return msgspec.structs.replace(amount, of="them"), j + 1
    if words[j - 1 : j + 1] == ["of", "the"] and "ones" in words[j + 1 : j + 4]:
        return msgspec.structs.replace(amount, of="them"), j + 1
    cut, j = _of_a_size(words, j, amount)
    if j < len(words) and words[j - 1] == "of" and words[j] in {"the", "my", "a", "an", "some"}:
        j += 1
    return cut, j


def _of_a_size(words: list[str], i: int, amount: Amount) -> tuple[Amount, int]:
    """ "Two slices of a large pizza": of a pizza of that size, tables have the slices."""
    if amount.unit not in CUT or amount.size or PIZZA.isdisjoint(words[i : i + PIZZA_NEAR]):
        return amount, i
    j = i + 1 if words[i : i + 1] in (["a"], ["the"], ["from"]) else i
    j = j + 1 if words[j : j + 1] in (["a"], ["the"]) else j
    size, end = sizes_at(words, j)
    return (msgspec.structs.replace(amount, size=size), end) if size else (amount, i)


def _dozens_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """a dozen, half a dozen, two dozen, a couple, a pair, a few, several, both."""
    j, count = i, 1.0
    if words[j] == "half":
        count, j = 0.5, j + 1
    number = cardinal_at(words, j) or digits_at(words, j)
    if number and count == 1.0:
        count, j = number
    elif words[j : j + 1] in (["a"], ["an"]):
        j += 1
    if words[j : j + 1] == ["good"]:
        j += 1
    word = words[j] if j < len(words) else ""
    if word == "both":
        return Amount(count=2.0), j + 1
    if word not in GROUPS or (word == "pair" and words[j + 1 : j + 2] != ["of"]):
        return None
    j += 1
    while j < len(words) and words[j] in {"of", "more"}:
        j += 1
    return with_unit(words, j, Amount(count=count * GROUPS[word]))


def _vague_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """some, a bit of, a little, lots of, plenty of."""
    j = _vague_word_at(words, i)
    word = words[j] if j < len(words) else ""
    article = j > i
    if not VAGUE.get(word) or (word in NEEDS_ARTICLE and not article):
        return None
    if word in {"little", "tiny"} and not (article and _mass_follows(words, j + 1)):
        return None
    following = words[j + 1 : j + 2]
    if word == "extra" and following == ["large"]:
        return None
    if word in {"some", "any"} and following != ["half"] and (unit := unit_at(words, j + 1)):
        return Amount(vague="some", unit=unit[0], unit_said=words[j + 1]), unit[1]
    return Amount(vague=VAGUE[word]), j + 1


def _vague_word_at(words: list[str], i: int) -> int:
    """Where the word is that says how much: after "a", "quite a", "a whole", not "a little"."""
    j = i
    if words[j] in {"a", "an", "quite", "way", "too", "so"}:
        j += 1
        if j < len(words) and words[j] in {"little", "tiny", "wee", "whole", "a"}:
            j += 1
    if j > i and words[j - 1] in {"little", "tiny", "wee"} and words[j : j + 1] != ["bit"]:
        return j - 1
    return j


def _mass_follows(words: list[str], i: int) -> bool:
    """After "a little": a mass noun (a little butter), not a small thing (a little apple)."""
    return i < len(words) and words[i] in MASS_NOUNS


def _counted_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """Numbers, fractions and articles, with sizes and units after them."""
    negative = words[i] in {"minus", "negative"} and number_at(words, i + 1) is not None
    j = i + 1 if negative else i
    fraction = fraction_at(words, j)
    number = number_at(words, j) if fraction is None or "/" in words[j] else None
    if fraction and number is None:
        return _after_fraction(words, fraction)
    if number:
        count, j = _end_of_range(words, number)
        if j < len(words) and words[j] in TIMES:
            j += 1
        return _each_of(words, j, Amount(count=count, negative=negative))
    if words[j] in {"a", "an"} and j + 1 < len(words):
        return _after_article(words, j + 1)
    found = with_unit(words, j, Amount())
    return found if found[0].size or found[0].unit else None


def _end_of_range(words: list[str], lower: tuple[float, int]) -> tuple[float, int]:
    """ "two to three" is two and a half; a number alone is itself."""
    count, j = lower
    if j + 1 < len(words) and words[j] in {"to", "or"}:
        upper = number_at(words, j + 1)
        if upper and count < upper[0] <= count * 3:
            return (count + upper[0]) / 2, upper[1]
    return lower


def _after_article(words: list[str], j: int) -> tuple[Amount, int] | None:
    """ "a banana", "a large one", "a 12 ounce can"."""
    inner = number_at(words, j)
    if inner is None:
        return with_unit(words, j, Amount(count=1.0, article=True))
    found = with_unit(words, inner[1], Amount(count=inner[0]))
    return found if found[0].unit else None


def _each_of(words: list[str], j: int, amount: Amount) -> tuple[Amount, int]:
    """What follows a count; "two 330 ml cans" and "two 100 g steaks" hold an amount of each."""
    inner = number_at(words, j)
    if inner and amount.count is not None and not begins_name(words, j):
        unit = unit_at(words, inner[1])
        if unit and (unit[0] in WEIGHT or unit[0] in VOLUME):
            one, end = with_unit(words, inner[1], Amount(count=inner[0]))
            if one.inner is not None:
                return msgspec.structs.replace(one, count=amount.count), end
            return msgspec.structs.replace(one, count=amount.count * inner[0]), end
    return with_unit(words, j, amount)


def _after_fraction(words: list[str], fraction: tuple[float, int]) -> tuple[Amount, int]:
    """half a cup, half of the pizza, a quarter pound, three quarters of a cup."""
    share, j = fraction
    if j < len(words) and words[j] == "of":
        j += 1
    inner: tuple[float, int] | None = None
    if j < len(words) and words[j] in {"a", "an", "the", "my", "one"}:
        j += 1
    else:
        inner = number_at(words, j)
    if inner and share < 1:
        return with_unit(words, inner[1], Amount(count=share * inner[0]))
    return with_unit(words, j, Amount(count=share))
