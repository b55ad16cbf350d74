"""Units that all languages write alike."""

from typing import Final

from coach.entities.vocabulary.vocabulary import Row, unit_table

METRIC: Final = {
    "g": "g", "kg": "kg", "mg": "mg", "mcg": "mcg|µg|μg", "ml": "ml|cc", "cl": "cl", "dl": "dl",
    "l": "l", "mm": "mm", "cm": "cm", "m": "m", "km": "km", "kcal": "kcal|cal", "kj": "kj",
    "%": "%",
    "mg/dl": "mg / dl", "mmol/l": "mmol / l|mmol", "mmhg": "mmhg", "lb": "lb|lbs", "oz": "oz",
    "celsius": "° c", "degree": "°",
}  # fmt: skip


def units_with(
    shared: dict[str, str], own: dict[str, str]
) -> dict[str, tuple[tuple[Row, str], ...]]:
    """The units of `shared` and the words that a language has for them and for others."""
    names = dict.fromkeys([*shared, *own])
    ways = {name: "|".join(filter(None, (shared.get(name), own.get(name)))) for name in names}
    return unit_table(ways)
