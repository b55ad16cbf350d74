"""Numbers that should not have been said aloud."""

import re

CANDIDATE = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


def card_numbers(text: str) -> bool:
    """Whether `text` holds what passes as a payment card number (Luhn)."""
    return any(_luhn(re.sub(r"\D", "", m.group())) for m in CANDIDATE.finditer(text[:8000]))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
