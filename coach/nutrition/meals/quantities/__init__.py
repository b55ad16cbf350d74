"""The grammar of quantities: numbers in words and digits, fractions, sizes and units.

amount_at(["two", "slices", "of", "toast"], 0) → (Amount(count=2, unit="slice"), 3)
"""

from coach.nutrition.meals.quantities.amount import Amount, for_each, is_bare, is_share, refined
from coach.nutrition.meals.quantities.numbers import Words, number_at
from coach.nutrition.meals.quantities.phrases import amount_at
from coach.nutrition.meals.quantities.units import unit_at

__all__ = [
    "Amount",
    "Words",
    "amount_at",
    "for_each",
    "is_bare",
    "is_share",
    "number_at",
    "refined",
    "unit_at",
]
