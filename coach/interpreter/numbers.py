"""Whether a translation says the numbers that were said. A hint for people, never a correction."""

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_CLOCK = re.compile(r"\d[:h.]\d|\d ?(?:[ap]\.?m|uhr|시|時|点|點|ч)", re.IGNORECASE)
NOON = 12


def numbers_differ(original: str, translation: str) -> bool:
    """Whether each says a number in figures that the other does not.

    Where one of them says its numbers in words, or says more of them in figures, nothing is known.
    """
    said, told = _numbers(original), _numbers(translation)
    clock = bool(_CLOCK.search(original) or _CLOCK.search(translation))
    return bool(_lacking(said, told, clock) and _lacking(told, said, clock))


def _numbers(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text)
    found = (_THOUSANDS.sub("", number).replace(",", ".") for number in _NUMBER.findall(plain))
    return {number.lstrip("0") or "0" for number in found}


def _lacking(these: set[str], others: set[str], clock: bool) -> set[str]:
    return {number for number in these if not _forms(number, clock) & others}


def _forms(number: str, clock: bool) -> set[str]:
    """2:30 in the afternoon is 14:30."""
    if not clock or not number.isdecimal() or int(number) > 2 * NOON:
        return {number}
    hour = int(number)
    return {number, str(hour + NOON if hour <= NOON else hour - NOON)}
