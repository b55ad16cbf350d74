# ruff: noqa: SIM905  word lists are read best as words
"""Numbers that were said in words, as digits."""

import re

from handoff.screening.patterns import LISTS
from handoff.screening.tokens import Word

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_BEGINNINGS = frozenset((*NUMBERS, "a", "hundred"))
_BEFORE_TIMES = frozenset(("at", "by", "from", "to", "till", "until", "past", "before", "after"))
_MEASURES = frozenset(("mg", "milligram", "milligrams", "mcg", "g", "gram", "grams", "ml", "units"))
_PILLS = re.compile(LISTS["PILLS"])
SHORT = re.compile(r"[0-9]{1,4}")  # digits that may be half of an estimate
MOST_TIMES = 2  # the greater of an estimate is no more than so many times the lesser


def with_digits(words: list[Word]) -> list[Word]:
    """ "five hundred" is 500, "two point eight" is 2.8; a lone "one" stays a word."""
    out: list[Word] = []
    at, counted = 0, False  # whether the word before is a number
    while at < len(words):
        value, used = _number_at(words, at)
        lone = used == 1 and words[at].text in ("one", "a", "point", "hundred")
        if not used or lone:
            out.append(words[at])
            counted = words[at].text == "one"
            at += 1
            continue
        start, end = words[at].start, at + used
        if counted and (about := _estimate(out, value, words[end : end + 3])):
            value, start = about, out.pop().start
        out.append(Word(value, start, words[end - 1].end))
        at, counted = end, True
    return out


def _estimate(before: list[Word], value: str, after: list[Word]) -> str | None:
    """The number meant by «10-15», the lesser, or of pills the greater.

    By «three four hundred» the last is meant. None: it is no estimate but a time of day, or two
    numbers that have nothing to do with another, as in "four 500 mg tablets".
    """
    first = before[-1].text
    timed = len(before) > 1 and before[-2].text in _BEFORE_TIMES
    if "." in first + value or timed or (after and after[0].text in _MEASURES):
        return None
    least, most = int(NUMBERS.get(first, first)), int(value)
    if least <= most <= MOST_TIMES * least:
        return value if any(_PILLS.fullmatch(word.text) for word in after) else first
    units = (unit for unit in (100, 1000) if most % unit == 0)
    return value if any(least < most // unit <= MOST_TIMES * least for unit in units) else None


def _number_at(words: list[Word], at: int) -> tuple[str, int]:
    """The number that begins at `at`, as digits, and how many words it takes."""
    if SHORT.fullmatch(words[at].text):
        return words[at].text, 1
    if words[at].text not in _BEGINNINGS:
        return "", 0
    total = current = used = 0
    while at + used < len(words):
        text = words[at + used].text
        after = words[at + used + 1].text if at + used + 1 < len(words) else ""
        if text in NUMBERS and current >= 100 and after == "hundred":
            break  # «three hundred four hundred»
        if text in NUMBERS:
            joined = _joined(current, NUMBERS[text], used)
            if joined is None:
                break
            current = joined
        elif text in ("oh", "o") and used == 1 and 0 < current < 10 > NUMBERS.get(after, 10):
            current *= 100  # «one oh four» is 104
        elif text == "a" and not used and after in ("hundred", "thousand"):
            current = 1
        elif text == "hundred" and (0 < current < 100 or not used):
            current = max(1, current) * 100
        elif text == "thousand" and current:
            total, current = total + current * 1000, 0
        elif text == "and" and current >= 100 and after in NUMBERS:
            pass
        else:
            break
        used += 1
    if used and at + used + 1 < len(words) and words[at + used].text == "point":
        digit = words[at + used + 1].text
        if digit in NUMBERS and NUMBERS[digit] < 10:
            return f"{total + current}.{NUMBERS[digit]}", used + 2
    return str(total + current), used


def _joined(current: int, value: int, used: int) -> int | None:
    """What `value` makes of the number before it: «one forty» is 140; None: it begins another.

    «eight ten» is no 810, but eight or ten.
    """
    if not used or current % 100 == 0:
        return current + value
    if current % 100 >= 20 and current % 10 == 0 and 0 < value < 10:
        return current + value
    if used == 1 and current < 10 <= value and value > MOST_TIMES * current:
        return 100 * current + value
    return None
