# ruff: noqa: SIM905  word lists are read best as words
"""Numbers that were said in words, as digits."""

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


def with_digits(words: list[Word]) -> list[Word]:
    """ "five hundred" is 500, "two point eight" is 2.8; a lone "one" stays a word."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        if words[at].text not in _BEGINNINGS:
            out.append(words[at])
            at += 1
            continue
        value, used = _number_at(words, at)
        if used and not (used == 1 and words[at].text in ("one", "a", "point", "hundred")):
            out.append(Word(value, words[at].start, words[at + used - 1].end))
            at += used
        else:
            out.append(words[at])
            at += 1
    return out


def _number_at(words: list[Word], at: int) -> tuple[str, int]:
    """The number that begins at `at`, as digits, and how many words it takes."""
    total = current = used = 0
    while at + used < len(words):
        text = words[at + used].text
        after = words[at + used + 1].text if at + used + 1 < len(words) else ""
        if text in NUMBERS:
            joined = _joined(current, NUMBERS[text], used)
            if joined is None:
                break
            current = joined
        elif text in ("oh", "o") and used == 1 and 0 < current < 10 > NUMBERS.get(after, 10):
            current *= 100  # «one oh four» is 104
        elif text == "a" and not used and after in ("hundred", "thousand"):
            current = 1
        elif text == "hundred" and (current or not used):
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
    """What `value` makes of the number before it: «one forty» is 140; None: it begins another."""
    if not used or current % 100 == 0:
        return current + value
    if current % 100 >= 20 and current % 10 == 0 and 0 < value < 10:
        return current + value
    if used == 1 and current < 10 <= value:
        return 100 * current + value
    return None
