"""What the parser and the search know about a food: plain records, free of the database.

Nutrients are per 100 g: energy in kcal, everything else in grams but sodium, which is in mg.
"""

from typing import Final

import msgspec

SR28: Final = "sr28"
FNDDS: Final = "fndds"
EVERYDAY: Final = "everyday"
CUSTOM: Final = "custom"

FoodId = int | str


class Nutrients(msgspec.Struct, frozen=True):
    """Amounts in 100 g of a food (sodium in mg, energy in kcal, the rest in g)."""

    kcal: float = 0.0
    protein: float = 0.0
    carbohydrate: float = 0.0
    fat: float = 0.0
    fibre: float = 0.0
    sugar: float = 0.0
    sodium: float = 0.0
    saturated_fat: float = 0.0

    def of(self, grams: float) -> "Nutrients":
        """The same nutrients in `grams` grams."""
        share = grams / 100.0
        return Nutrients(*(round(value * share, 2) for value in msgspec.structs.astuple(self)))


class FoodRecord(msgspec.Struct, frozen=True):
    """One food. `id` is the row's key, or `source:source_id` where there is no database.

    `portions` are (what it is called, grams); FNDDS calls its default "Quantity not specified".
    """

    id: FoodId
    source: str
    source_id: str
    name: str
    nutrients: Nutrients
    portions: tuple[tuple[str, float], ...] = ()
    names: tuple[str, ...] = ()
    searchable: bool = True

    @property
    def key(self) -> str:
        return f"{self.source}:{self.source_id}"


def mix(parts: list[tuple[Nutrients, float]]) -> Nutrients:
    """Nutrients per 100 g of a mixture of (nutrients per 100 g, grams)."""
    total = sum(grams for _, grams in parts)
    columns = zip(
        *(
            [value * grams / total for value in msgspec.structs.astuple(nutrients)]
            for nutrients, grams in parts
        ),
        strict=True,
    )
    return Nutrients(*(round(sum(column), 3) for column in columns))
