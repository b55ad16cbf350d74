"""Numbers in words and digits, and fractions."""

import re

from coach.entities import cardinal_at
from coach.nutrition.meals.measures import FRACTION_WORDS


class Words(list[str]):
    """Words of a sentence that knows where names of several words begin (`cup noodles`)."""

    def __init__(self, words: list[str], compounds: frozenset[int] = frozenset()) -> None:
        super().__init__(words)
        self.compounds = compounds


def begins_name(words: list[str], i: int) -> bool:
    """Whether a name of several words begins at `i`, so that its first word is no unit or size."""
    return isinstance(words, Words) and i in words.compounds


def number_at(words: list[str], i: int) -> tuple[float, int] | None:
    """A cardinal in digits or words at `i`, with fractions: (value, index after it)."""
    digits = digits_at(words, i)
    value = digits or cardinal_at(words, i)
    if value is None:
        return None
    total, j = value
    joined = j
    if joined < len(words) and words[joined] == "and":
        joined += 1
    tail = fraction_at(words, joined, after_number=True)
    if tail and (joined > j or digits is not None):
        return total + tail[0], tail[1]
    return total, j


def digits_at(words: list[str], i: int) -> tuple[float, int] | None:
    if i >= len(words):
        return None
    word = words[i]
    if re.fullmatch(r"\d+/\d+", word):
        above, below = word.split("/")
        return (int(above) / int(below), i + 1) if int(below) else None
    if re.fullmatch(r"\d*\.?\d+", word):
        return float(word), i + 1
    return None


def fraction_at(
    words: list[str], i: int, *, after_number: bool = False
) -> tuple[float, int] | None:
    """half, a half, a quarter, three quarters, two thirds, 1/2 at `i`."""
    if i >= len(words):
        return None
    word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
    if re.fullmatch(r"\d+/\d+", word):
        return digits_at(words, i)
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
