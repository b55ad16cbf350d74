"""Sentences about food as data: what is said, and what should be read in it.

    two eggs and toast => egg 90-115, toast 22-60
    I skipped lunch => nothing @lunch
    a bowl of florpnax => ?

Weights are in grams, as a range; "?" is a question, "@" the meal it was.
"""

import re
from pathlib import Path
from typing import NamedTuple


class Expected(NamedTuple):
    said: str
    foods: list[tuple[str, float, float]]
    question: bool
    nothing: bool
    slot: str | None


def lines(name: str) -> list[tuple[str, str]]:
    """(what is said, what is expected of it) of a file beside this one; `#` begins a comment."""
    text = (Path(__file__).parent / name).read_text()
    written = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(said, rest) for said, _, rest in (line.partition(" => ") for line in written)]


def sentences(name: str) -> list[Expected]:
    found = []
    for said, rest in lines(name):
        eaten, _, slot = rest.partition("@")
        foods = [
            (food.strip(), float(low), float(high))
            for food, low, high in re.findall(r"([^,?]+?) ([\d.]+)-([\d.]+)", eaten)
        ]
        found.append(Expected(said, foods, "?" in eaten, "nothing" in eaten, slot.strip() or None))
    return found
