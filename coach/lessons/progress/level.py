"""At which level somebody speaks, with how sure that is. Pure.

Each objective that was tried is evidence. How likely somebody of level k reaches an objective of a
lesson of level l depends on k - l alone:

    P(reached) = LUCK + (1 - LUCK - SLIP) * logistic(STEEP * (k - l) + OWN)

At one's own level that is about 0.72, a level above 0.38, two above 0.15, a level below 0.9. LUCK:
an easy part of a hard scene. SLIP: nobody does everything. By Bayes' rule each observation
multiplies the weight of every level by its likelihood, beginning with PRIOR, in which more people
begin than are masters.

What is shown is the median level, and around it the shortest run of levels that holds at least SURE
of the weight. With nothing observed that run is nearly the whole scale, and the page says so. It is
an estimate of what is done in our scenes: no examination, and no verdict on a voice.
"""

import math
from collections.abc import Iterable

import msgspec

from coach.lessons.scenario import LEVELS

PRIOR = (0.27, 0.25, 0.2, 0.14, 0.09, 0.05)
LUCK, SLIP = 0.06, 0.04
STEEP, OWN = 1.6, 1.0
SURE = 0.8
LEAST = 3  # objectives, before any level is named


class Observation(msgspec.Struct, frozen=True):
    """An objective of a lesson of `level`, and whether it was reached."""

    level: str
    reached: bool


class Estimate(msgspec.Struct, frozen=True):
    """`weights` of the levels, which sum up to 1; `seen` observations they stand on."""

    weights: tuple[float, ...]
    seen: int

    @property
    def known(self) -> bool:
        return self.seen >= LEAST

    @property
    def level(self) -> str:
        """The median."""
        below = 0.0
        for level, weight in zip(LEVELS, self.weights, strict=True):
            below += weight
            if below >= 0.5:
                return level
        return LEVELS[-1]

    @property
    def range(self) -> tuple[str, str]:
        """The shortest run of levels around the median with at least SURE of the weight."""
        median, last = LEVELS.index(self.level), len(LEVELS) - 1
        runs = [
            (end - start, -sum(self.weights[start : end + 1]), start, end)
            for start in range(median + 1)
            for end in range(median, last + 1)
            if sum(self.weights[start : end + 1]) >= SURE
        ]
        _, _, start, end = min(runs, default=(0, 0.0, 0, last))
        return LEVELS[start], LEVELS[end]

    @property
    def certain(self) -> bool:
        """Whether the range is one level."""
        low, high = self.range
        return low == high


def likelihood(level: int, of_lesson: int, *, reached: bool) -> float:
    """How likely somebody of `level` does as observed in a lesson `of_lesson`, both as places."""
    exponent = STEEP * (level - of_lesson) + OWN
    hit = LUCK + (1 - LUCK - SLIP) / (1 + math.exp(-exponent))
    return hit if reached else 1 - hit


def estimate(observations: Iterable[Observation]) -> Estimate:
    """What the observations say. Their order does not matter."""
    weights, seen = list(PRIOR), 0
    for one in observations:
        seen += 1
        lesson = LEVELS.index(one.level)
        weights = [
            weight * likelihood(level, lesson, reached=one.reached)
            for level, weight in enumerate(weights)
        ]
        whole = sum(weights)
        weights = [weight / whole for weight in weights]
    return Estimate(tuple(weights), seen)
