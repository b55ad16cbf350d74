"""The grammar of quantities: numbers in words and digits, fractions, sizes and units."""

import re

import msgspec

from coach.nutrition.foods.words import key
from coach.nutrition.meals.measures import (
    APPROXIMATE,
    FRACTION_WORDS,
    HOUSEHOLD,
    ONES,
    SIZES,
    TENS,
    TIMES,
    VAGUE,
    VOLUME,
    WEIGHT,
)


class Words(list[str]):
    """Words of a sentence that knows where names of several words begin (`cup noodles`)."""

    def __init__(self, words: list[str], compounds: frozenset[int] = frozenset()) -> None:
        super().__init__(words)
        self.compounds = compounds


def begins_name(words: list[str], i: int) -> bool:
    """Whether a name of several words begins at `i`, so that its first word is no unit or size."""
    return isinstance(words, Words) and i in words.compounds


class Amount(msgspec.Struct, frozen=True):
    """A quantity as said. All parts are optional but at least one is there.

    `count` of `unit` ("2 slices"), of a weight or volume ("200 g"), of things of a `size`, or of
    containers that hold `inner` of `inner_unit` each ("two 330 ml cans"). `vague` is some, bit or
    lot. `article` when the count is only "a". `of` is "them" or "each" when it speaks of foods
    named before ("two of them", "a cup each").
    """

    count: float | None = None
    unit: str = ""
    size: str = ""
    inner: float | None = None
    inner_unit: str = ""
    vague: str = ""
    article: bool = False
    unit_said: str = ""
    negative: bool = False
    of: str = ""


def refined(old: Amount | None, new: Amount) -> Amount | None:
    """What an amount said after the food makes of the one before it; None: nothing to do with it.

    "a steak, 8 oz" is 8 oz, "two burritos but I only ate half" is half of two.
    """
    if old is None or old.vague:
        return new
    restated = not old.unit or new.unit in WEIGHT  # a kit kat, two fingers; a fillet, 150 g
    if new.unit and restated and (old.article or old.count is None):
        return new
    if is_share(new):
        return msgspec.structs.replace(old, count=(old.count or 1.0) * (new.count or 1.0))
    if new.size and new.count is None and not (new.unit or old.unit or old.size):
        return msgspec.structs.replace(old, size=new.size)
    return None


def is_bare(amount: Amount | None) -> bool:
    """No amount, or no more than "a"."""
    return amount is None or (amount.article and not amount.unit and not amount.size)


def is_share(amount: Amount) -> bool:
    """A fraction of something that need not be named again: half, a third."""
    return not amount.unit and amount.count is not None and 0 < amount.count < 1


def for_each(old: Amount | None, one: Amount) -> Amount:
    """ "Two apples, 150 g each" are 300 g."""
    one = msgspec.structs.replace(one, of="")
    if old is None or old.count is None or not one.unit:
        return one
    return msgspec.structs.replace(one, count=(one.count or 1.0) * old.count)


def number_at(words: list[str], i: int) -> tuple[float, int] | None:
    """A cardinal in digits or words at `i`, with fractions: (value, index after it)."""
    digits = _digits_at(words, i)
    value = digits or _words_at(words, i)
    if value is None:
        return None
    total, j = value
    joined = j
    if joined < len(words) and words[joined] == "and":
        joined += 1
    tail = _fraction_at(words, joined, after_number=True)
    if tail and (joined > j or digits is not None):
        return total + tail[0], tail[1]
    return total, j


def _digits_at(words: list[str], i: int) -> tuple[float, int] | None:
    if i >= len(words):
        return None
    word = words[i]
    if re.fullmatch(r"\d+/\d+", word):
        above, below = word.split("/")
        return (int(above) / int(below), i + 1) if int(below) else None
    if re.fullmatch(r"\d*\.?\d+", word):
        return float(word), i + 1
    return None


def _words_at(words: list[str], i: int) -> tuple[float, int] | None:
    total, j = 0.0, i
    current: float | None = None
    while j < len(words):
        word = words[j]
        if word in ONES and (current is None or (current % 100 == 0 and current)):
            current = (current or 0) + ONES[word]
        elif word in ONES and current is not None and current % 10 == 0 and ONES[word] < 10:
            current += ONES[word]
        elif word in TENS and (current is None or current % 100 == 0):
            current = (current or 0) + TENS[word]
        elif word == "hundred" and (current is None or current < 100):
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0.0
        elif (
            word == "and"
            and current is not None
            and (current >= 100 or total)
            and current % 100 == 0
            and j + 1 < len(words)
            and (words[j + 1] in ONES or words[j + 1] in TENS)
        ):
            pass
        elif word == "point" and current is not None and j + 1 < len(words):
            digit = ONES.get(words[j + 1])
            if digit is None:
                break
            return total + current + digit / 10, j + 2
        else:
            break
        j += 1
    if current is None and not total:
        return None
    return total + (current or 0), j


def _fraction_at(
    words: list[str], i: int, *, after_number: bool = False
) -> tuple[float, int] | None:
    """half, a half, a quarter, three quarters, two thirds, 1/2 at `i`."""
    if i >= len(words):
        return None
    word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
    if re.fullmatch(r"\d+/\d+", word):
        return _digits_at(words, i)
    if begins_name(words, i if word in FRACTION_WORDS else i + 1):
        return None  # a quarter pounder, a half and half
    if word in FRACTION_WORDS and not (after_number and word in {"third", "fourth", "fifth"}):
        return FRACTION_WORDS[word], i + 1
    if word in {"a", "an", "one"} and following in FRACTION_WORDS:
        return FRACTION_WORDS[following], i + 2
    if word in {"two", "three", "2", "3"} and following in {"thirds", "quarters", "fourths"}:
        many = 2 if word in {"two", "2"} else 3
        return many * FRACTION_WORDS.get(following, 0.25), i + 2
    return None


def unit_at(words: list[str], i: int) -> tuple[str, int] | None:
    """A unit at `i`: its canonical name (a key of WEIGHT, VOLUME or a household measure)."""
    if i >= len(words):
        return None
    word = words[i]
    if begins_name(words, i):
        return None
    following = words[i + 1] if i + 1 < len(words) else ""
    if word in {"fl", "fluid"} and key(following) in {"oz", "ounce"}:
        return "floz", i + 2
    if word in {"table", "tea"} and key(following) in {"spoon", "spoonful"}:
        return ("tbsp" if word == "table" else "tsp"), i + 2
    if word == "inch" or word == "inches":
        return "inch", i + 1
    for form in (word, key(word)):
        if form in WEIGHT or form in VOLUME:
            return form, i + 1
        if HOUSEHOLD.get(form):
            return HOUSEHOLD[form], i + 1
    return None


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
    if words[j : j + 1] == ["each"] or words[j - 1 : j + 1] == ["of", "them"]:
        return msgspec.structs.replace(amount, of=words[j]), j + 1
    if j < len(words) and words[j - 1] == "of" and words[j] in {"the", "my", "a", "an", "some"}:
        j += 1
    return amount, j


def _dozens_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """a dozen, half a dozen, two dozen, a couple, a pair, a few, several, both."""
    j, count = i, 1.0
    if words[j] == "half":
        count, j = 0.5, j + 1
    number = _words_at(words, j) or _digits_at(words, j)
    if number and count == 1.0:
        count, j = number
    elif j < len(words) and words[j] in {"a", "an"}:
        j += 1
    if j < len(words) and words[j] == "good":
        j += 1
    word = words[j] if j < len(words) else ""
    groups = {"dozen": 12.0, "dozens": 24.0, "couple": 2.0, "few": 3.0, "several": 4.0}
    if word == "pair" and j + 1 < len(words) and words[j + 1] == "of":
        groups["pair"] = 2.0
    if word == "both":
        return Amount(count=2.0), j + 1
    if word not in groups:
        return None
    j += 1
    amount = Amount(count=count * groups[word])
    while j < len(words) and words[j] in {"of", "more"}:
        j += 1
    return _with_unit(words, j, amount)


def _vague_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """some, a bit of, a little, lots of, plenty of."""
    j = i
    if words[j] in {"a", "an", "quite", "way", "too", "so"}:
        j += 1
        if j < len(words) and words[j] in {"little", "tiny", "wee", "whole", "a"}:
            j += 1
    start = j
    if start > i and words[j - 1] in {"little", "tiny", "wee"} and words[j : j + 1] != ["bit"]:
        j -= 1
    if j >= len(words) or words[j] not in VAGUE or not VAGUE[words[j]]:
        return None
    word = words[j]
    article = start > i
    if word in {"bit", "lot", "load", "ton", "touch", "tad", "bunch", "smidge"} and not article:
        return None
    following = words[j + 1] if j + 1 < len(words) else ""
    if word in {"little", "tiny"} and not (article and _mass_follows(words, j + 1)):
        return None
    if word == "extra" and following != "":
        j += 0
    amount = Amount(vague=VAGUE[word])
    if word in {"some", "any"} and (unit := unit_at(words, j + 1)) and following != "half":
        return Amount(vague="some", unit=unit[0], unit_said=words[j + 1]), unit[1]
    return amount, j + 1


def _mass_follows(words: list[str], i: int) -> bool:
    """After "a little": a mass noun (a little butter), not a small thing (a little apple)."""
    word = words[i] if i < len(words) else ""
    if word == "of" or word == "bit":
        return True
    mass = "butter milk oil sugar salt cream cheese rice honey jam sauce ketchup mayo mayonnaise "
    mass += "gravy ghee salad water pasta bread chicken meat fish yogurt curd dal soup juice wine"
    return word in mass.split()


def _counted_at(words: list[str], i: int) -> tuple[Amount, int] | None:
    """Numbers, fractions and articles, with sizes and units after them."""
    word = words[i]
    negative = word in {"minus", "negative"} and number_at(words, i + 1) is not None
    j = i + 1 if negative else i
    article = words[j] in {"a", "an"}
    fraction = _fraction_at(words, j)
    number = number_at(words, j) if fraction is None or re.fullmatch(r"\d+/\d+", words[j]) else None
    if fraction and number is None:
        return _after_fraction(words, fraction)
    if number:
        count, j = number
        if j + 1 < len(words) and words[j] in {"to", "or"}:
            upper = number_at(words, j + 1)
            if upper and upper[0] > count and upper[0] <= count * 3:
                count, j = (count + upper[0]) / 2, upper[1]
        if j < len(words) and words[j] in TIMES:
            j += 1
        return _each_of(words, j, Amount(count=count, negative=negative))
    if article and j + 1 < len(words):
        inner = number_at(words, j + 1)
        if inner:
            found = _with_unit(words, inner[1], Amount(count=inner[0]))
            return found if found[0].unit else None
        return _with_unit(words, j + 1, Amount(count=1.0, article=True))
    found = _with_unit(words, j, Amount())
    return found if found[0].size or found[0].unit else None


def _each_of(words: list[str], j: int, amount: Amount) -> tuple[Amount, int]:
    """What follows a count; "two 330 ml cans" and "two 100 g steaks" hold an amount of each."""
    inner = number_at(words, j)
    if inner and amount.count is not None and not begins_name(words, j):
        unit = unit_at(words, inner[1])
        if unit and (unit[0] in WEIGHT or unit[0] in VOLUME):
            one, end = _with_unit(words, inner[1], Amount(count=inner[0]))
            if one.inner is not None:
                return msgspec.structs.replace(one, count=amount.count), end
            return msgspec.structs.replace(one, count=amount.count * inner[0]), end
    return _with_unit(words, j, amount)


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
        return _with_unit(words, inner[1], Amount(count=share * inner[0]))
    return _with_unit(words, j, Amount(count=share))


def _with_unit(words: list[str], j: int, amount: Amount) -> tuple[Amount, int]:
    """Sizes, a unit and a container after a count: `12 ounce can`, `cup and a half`."""
    size, j = _sizes_at(words, j)
    unit = unit_at(words, j)
    if unit and unit[0] == "half":
        unit = None
    if unit is None:
        return msgspec.structs.replace(amount, size=size), j
    said, (name, j) = words[j], unit
    count = amount.count
    if j < len(words) and words[j] == "and" and count is not None:
        tail = _fraction_at(words, j + 1)
        if tail:
            count, j = count + tail[0], tail[1]
    _, after = _sizes_at(words, j)
    container = unit_at(words, after) if name in WEIGHT or name in VOLUME else None
    measured = name not in {"cup", "tbsp", "tsp", "tablespoon", "teaspoon"}
    if container and measured and container[0] not in WEIGHT and container[0] not in {"half"}:
        return (
            msgspec.structs.replace(
                amount,
                count=1.0,
                inner=count or 1.0,
                inner_unit=name,
                unit=container[0],
                unit_said=words[after],
                size=size,
            ),
            container[1],
        )
    if (name in WEIGHT or name in VOLUME) and after > j:
        j = after
    return msgspec.structs.replace(amount, count=count, unit=name, unit_said=said, size=size), j


def _sizes_at(words: list[str], j: int) -> tuple[str, int]:
    size = ""
    while j < len(words) and words[j] in SIZES and not begins_name(words, j):
        if words[j] == "medium" and words[j + 1 : j + 2] in (["rare"], ["well"]):
            break  # how a steak was done
        size = SIZES[words[j]] or size
        j += 1
    return size, j
