"""A placement chooses what to ask next, and knows when it is sure enough. Pure.

A step is an objective of a lesson: the partner's line invites it, and the lesson's own
understanding says whether the answer does it. The next one is at the level that the estimate names
so far, where an answer tells most.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from coach.lessons.partner import LessonState, newly_met
from coach.lessons.progress.level import Observation, estimate
from coach.lessons.scenario import LEVELS, Objective, Scenario

LEAST_STEPS, MOST_STEPS = 6, 8
ANSWER_MAX_CHARS = 400


@dataclass(frozen=True)
class Step:
    """One thing to say in one scene."""

    scenario: Scenario
    objective: Objective

    @property
    def key(self) -> tuple[str, str]:
        return self.scenario.slug, self.objective.id

    @property
    def line(self) -> str:
        """What the partner says before it."""
        first = self.objective is self.scenario.objectives[0]
        return self.scenario.partner.opening if first else self.objective.ask

    def is_reached_by(self, said: str) -> bool:
        """Whether the answer does it, read as it would be in the scene."""
        objectives = self.scenario.objectives
        before = tuple(o.id for o in objectives[: objectives.index(self.objective)])
        met = newly_met(self.scenario, LessonState(met=before), said)
        return self.objective in met


def is_over(so_far: Sequence[Observation]) -> bool:
    """Whether a further step would tell too little."""
    if len(so_far) < LEAST_STEPS:
        return False
    return len(so_far) >= MOST_STEPS or estimate(so_far).certain


def next_step(
    taught: Sequence[Scenario],
    asked: Collection[tuple[str, str]],
    so_far: Sequence[Observation],
    seed: int,
) -> Step | None:
    """The next of the lessons that are `taught`; None where all was asked.

    Openings come first, since they need nothing that was said before. `seed` varies the rest.
    """
    level = LEVELS.index(estimate(so_far).level)
    steps = [Step(scenario, o) for scenario in taught for o in scenario.objectives]
    left = [step for step in steps if step.key not in asked]
    Random(seed).shuffle(left)
    played = {slug for slug, _ in asked}

    def order(step: Step) -> tuple[int, bool, int]:
        away = LEVELS.index(step.scenario.level) - level
        place = step.scenario.objectives.index(step.objective)
        return abs(away), step.scenario.slug in played, place

    return min(left, key=order, default=None)
