"""The offline partner: plays a scenario's authored lines, and only those.

Pure: what was said and where the lesson stands in, the next line and the new standing out.
"""

import msgspec

from coach.lessons.evidence import chosen, even, groups_met, newly_met, says
from coach.lessons.scenario import Objective, Scenario

REPEAT = ("can you repeat", "repeat that", "say that again", "say it again", "pardon", "once more")
LOST = ("i do not understand", "what do you mean", "i do not know", "slowly", "slower", "help")


class LessonState(msgspec.Struct, frozen=True):
    """Where a lesson stands. Stored as JSON with the attempt."""

    met: tuple[str, ...] = ()
    slots: dict[str, str] = {}
    misses: int = 0
    last: str = ""  # the partner's last line
    twisted: bool = False


def open_objective(scenario: Scenario, standing: LessonState) -> Objective | None:
    return next((o for o in scenario.objectives if o.id not in standing.met), None)


def reply(scenario: Scenario, standing: LessonState, said: str) -> tuple[str, LessonState]:
    """The partner's answer to `said`, and where the lesson stands after it."""
    slots = {**standing.slots, **chosen(said, scenario)}
    met = newly_met(said, scenario, set(standing.met))
    after = msgspec.structs.replace(standing, slots=slots)
    if met:
        return _go_on(scenario, after, met)
    evened = even(said)
    if any(says(evened, phrase) for phrase in REPEAT):
        return standing.last or scenario.partner.opening, standing
    for aside in scenario.asides:
        if any(says(evened, phrase) for phrase in aside.when):
            return _finish(after, f"{aside.say} {_ask(scenario, after)}".strip())
    return _not_yet(scenario, after, said, evened)


def _go_on(
    scenario: Scenario, standing: LessonState, met: list[Objective]
) -> tuple[str, LessonState]:
    blanks = {name: words[0] for name, words in scenario.slots.items()}
    lines = [objective.met.format(**{**blanks, **standing.slots}) for objective in met]
    standing = msgspec.structs.replace(
        standing, met=(*standing.met, *(o.id for o in met)), misses=0
    )
    following = open_objective(scenario, standing)
    if following is None:
        return _finish(standing, " ".join([*lines, scenario.partner.closing]))
    if scenario.twist and not standing.twisted:
        lines.append(scenario.twist.format(**{**blanks, **standing.slots}))
        standing = msgspec.structs.replace(standing, twisted=True)
    return _finish(standing, " ".join([*lines, following.ask]))


def _not_yet(
    scenario: Scenario, standing: LessonState, said: str, evened: str
) -> tuple[str, LessonState]:
    objective = open_objective(scenario, standing)
    if objective is None:
        return _finish(standing, scenario.partner.goodbye)
    misses = standing.misses + 1
    standing = msgspec.structs.replace(standing, misses=misses)
    if any(says(evened, phrase) for phrase in LOST) or misses >= 3:
        return _finish(standing, f"No problem. You can say: {objective.hints[2]}")
    if objective.nudge and groups_met(said, objective):
        return _finish(standing, objective.nudge[(misses - 1) % len(objective.nudge)])
    line = scenario.partner.lost[(misses - 1) % len(scenario.partner.lost)]
    return _finish(standing, line.replace("{ask}", objective.ask))


def _ask(scenario: Scenario, standing: LessonState) -> str:
    objective = open_objective(scenario, standing)
    return objective.ask if objective else ""


def _finish(standing: LessonState, line: str) -> tuple[str, LessonState]:
    return line, msgspec.structs.replace(standing, last=line)
