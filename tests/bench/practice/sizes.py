"""How large a practice is: a small one, a middle one, and a large one after three years."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Regular:
    """One member who has been there all the time, with a talk that is going on."""

    meals: int
    talks: int
    turns: int  # of the live talk
    cards: int


@dataclass(frozen=True)
class Size:
    """About the totals of the whole practice, the regular's included."""

    name: str
    members: int
    meals: int
    talks: int
    turns: int
    cases: int
    offers: int
    waiting: int  # live talks with a case, besides the regular's
    experts: int
    regular: Regular


REGULAR = Regular(meals=4_380, talks=500, turns=800, cards=200)

S = Size("S", 20, 1_000, 200, 4_000, 40, 74, 3, 4, Regular(60, 12, 120, 30))
M = Size("M", 500, 25_000, 5_000, 100_000, 1_000, 1_860, 100, 12, REGULAR)
L = Size("L", 5_000, 250_000, 50_000, 1_000_000, 10_000, 18_600, 1_000, 40, REGULAR)
# For the suite: more of each kind than S has, and more than a page shows.
SMALL_M = Size("small M", 130, 2_600, 520, 7_800, 260, 480, 60, 12, Regular(300, 60, 240, 60))

SIZES = {size.name: size for size in (S, M, L)}
