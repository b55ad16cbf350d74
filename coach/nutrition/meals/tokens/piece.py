"""A piece of a sentence: what its words do, and what they carry."""

from typing import Literal

import msgspec

from coach.nutrition.foods.entry import Entry
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.time_phrases import When

Kind = Literal[
    "name", "amount", "colon", "and", "with", "on", "without", "instead", "comma", "stop", "but",
    "correct", "when", "denied", "refused", "intent", "eating", "describing", "unknown", "filler",
]  # fmt: skip


class Piece(msgspec.Struct, frozen=True):
    """Words `start` to `end` of a sentence (places of words), and what their kind carries.

    A name carries its `entry`, an amount its `amount`, a phrase of time its `when`. `ahead`:
    it speaks of what is still to come ("tomorrow").
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    entry: Entry | None = None
    amount: Amount | None = None
    when: When | None = None
    ahead: bool = False
