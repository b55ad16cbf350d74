"""Text as it is written to text as it is said.

The synthesiser's own reader knows words; figures, units, dates, signs and markup are put into words
here. Each rule is a pattern and a replacement; they run in order over the whole text, from the
most particular (an address, a telephone number) to the most general (a bare figure).
"""

import re
import unicodedata

from coach.engine.tts import addresses, amounts, dates, numbers, signs
from coach.engine.tts.markup import plain

_RULES = [
    *addresses.ADDRESSES,
    *addresses.SHORT_NUMBERS,
    *dates.IN_FIGURES,
    *addresses.TELEPHONES,
    *dates.IN_WORDS,
    *dates.TIMES,
    *dates.YEARS,
    *amounts.MONEY,
    *amounts.FRACTIONS,
    *amounts.UNITS,
    *signs.ORDINALS,
    *signs.MULTIPLES,
    *signs.SIGNS,
    *signs.ABBREVIATIONS,
    *signs.LAST,
]


def normalise(text: str) -> str:
    """The words to say for a written text; "" when there is nothing to say. Never raises."""
    said = unicodedata.normalize("NFC", plain(text))
    said = re.sub(r"\d{16,}", lambda match: f" {numbers.digits(match[0])} ", said)
    for pattern, replace in _RULES:
        said = pattern.sub(replace, said)
    said = re.sub(r"\d+", lambda match: f" {numbers.number(match[0])} ", said)
    said = re.sub(r"[^\w\s.,;:!?'\"()—–…-]+|_", " ", said)
    said = re.sub(r"\s+", " ", said)
    said = re.sub(r" +([,.;:!?])", r"\1", said)
    said = re.sub(r"([,;:])(?:[,;:]\s*)+", r"\1 ", said)
    said = re.sub(r",+([.!?])|([.!?])\s*,+", r"\1\2", said).strip(" ,;:")
    return said if re.search(r"[^\W_]", said) else ""
