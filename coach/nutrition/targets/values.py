"""Targets of a day: energy in kcal, nutrients in the units of their names."""

from dataclasses import dataclass, field

SPREAD = 0.10  # of the goal, to either side


@dataclass(frozen=True)
class Target:
    """A goal and the range around it that counts as met; grams or kilocalories."""

    goal: int
    low: int
    high: int

    @classmethod
    def around(cls, goal: float) -> "Target":
        return cls(round(goal), round(goal * (1 - SPREAD)), round(goal * (1 + SPREAD)))


@dataclass(frozen=True)
class Targets:
    """`why` is a sentence for the member where a number is missing or was held back."""

    kcal: Target | None = None
    protein_g: Target | None = None
    carbohydrate_g: Target | None = None
    fat_g: Target | None = None
    fibre_g: int | None = None  # at least
    saturated_fat_g: int | None = None  # at most
    sodium_mg: int | None = None  # at most
    source: str = ""  # "formula", "dietitian" or "" where there are no numbers
    why: str = ""
    missing: tuple[str, ...] = ()  # field names of the profile
    offer_person: bool = False
    steps: tuple[str, ...] = field(default=())  # how the energy was worked out

    def of(self, nutrient: str) -> Target | None:
        """The target of a nutrient by its field name; None where it has none."""
        found = getattr(self, nutrient, None)
        return found if isinstance(found, Target) else None
