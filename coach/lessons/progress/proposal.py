"""Which lesson comes next."""

from coach.lessons.library import taught
from coach.lessons.models import Attempt
from coach.lessons.scenario import LEVELS, Scenario
from coach.types import Member


def propose(member: Member, language: str, level: str) -> Scenario | None:
    """A lesson of `level` or near it: first what was never played, then what was not finished."""
    best = Attempt.objects.for_member(member).best()
    place = LEVELS.index(level)

    def order(scenario: Scenario) -> tuple[int, int, int, str]:
        reached = best.get(scenario.slug, -1)
        state = 0 if reached < 0 else 1 if reached < len(scenario.objectives) else 2
        away = LEVELS.index(scenario.level) - place
        return state == 2, abs(away) * 2 + (away < 0), state, scenario.slug

    return min(taught(member, language), key=order, default=None)
