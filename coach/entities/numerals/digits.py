"""Numbers in digits: what parts thousands and what begins decimals depends on the language."""

import re
import unicodedata
from typing import Final

DECIMAL_COMMA: Final = frozenset({"es", "fr", "de"})
MOST_DIGITS: Final = 12
THOUSANDS: Final = {
    ".": re.compile(r"[1-9]\d{0,2}(?:[,'’\u00a0\u202f]\d{2,3})*[,'’\u00a0\u202f]\d{3}(?:\.\d+)?"),
    ",": re.compile(r"[1-9]\d{0,2}(?:[.'’\u00a0\u202f]\d{3})+(?:,\d+)?"),
}
ONE_MARK: Final = re.compile(r"\d*[.,]\d+")


def value_of(raw: str, language: str) -> float | None:
    """ "1,500", "0,5", "½" as a number; None for what is none ("1.2.3", too many digits)."""
    if len(raw) > 2 * MOST_DIGITS or sum(sign.isdigit() for sign in raw) > MOST_DIGITS:
        return None
    if len(raw) == 1 and not raw.isdecimal():
        return unicodedata.numeric(raw, None)
    if raw.isdecimal():
        return float(int(raw))
    decimal = "," if language in DECIMAL_COMMA else "."
    if THOUSANDS[decimal].fullmatch(raw):
        plain = "".join(sign for sign in raw if sign.isdigit() or sign == decimal)
        return float(plain.replace(",", "."))
    if ONE_MARK.fullmatch(raw):
        return float(raw.replace(",", "."))
    return None


def written(value: float, language: str) -> str:
    """A number as people of `language` write it, so that `value_of` gives it back."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    if language in DECIMAL_COMMA:
        return text.translate(str.maketrans(",.", ".,"))
    return text
