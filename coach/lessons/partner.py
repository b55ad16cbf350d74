"""The offline partner: plays a scenario's authored lines, and only those.

Pure: what was said and the state of the lesson go in, the next line and the new state come out.
"""

import msgspec

from coach.lessons.evidence import chosen, even, groups_met, newly_met, says
from coach.lessons.scenario import Objective, Scenario

REPEAT = ("can you repeat", "repeat that", "say that again", "say it again", "pardon", "once more")
LOST = ("i do not understand", "what do you mean", "i do not know", "slowly", "slower", "help")


class LessonState(msgspec.Struct, frozen=True):
    """How far a lesson is. Stored as JSON with the attempt.

    `met` are the ids of reached objectives, `slots` what the learner chose, `misses` how many turns
    in a row reached nothing, `last` the partner's last line, `twisted` whether the twist was said.
    """

    met: tuple[str, ...] = ()
    slots: dict[str, str] = {}
    misses: int = 0
    last: str = ""
    twisted: bool = False


def open_objective(scenario: Scenario, state: LessonState) -> Objective | None:
    """The first objective that is not reached yet."""
    return next((o for o in scenario.objectives if o.id not in state.met), None)


def reply(scenario: Scenario, state: LessonState, said: str) -> tuple[str, LessonState]:
    """The partner's answer to `said`, and the state of the lesson after it."""
    slots = {**state.slots, **chosen(said, scenario)}
    met = newly_met(said, scenario, set(state.met))
    after = msgspec.structs.replace(state, slots=slots)
    if met:
        return _go_on(scenario, after, met)
    evened = even(said)
    if any(says(evened, phrase) for phrase in REPEAT):
        return state.last or scenario.partner.opening, state
    for aside in scenario.asides:
        if any(says(evened, phrase) for phrase in aside.when):
            return _finish(after, f"{aside.say} {_ask(scenario, after)}".strip())
    return _not_yet(scenario, after, said, evened)


def _go_on(scenario: Scenario, state: LessonState, met: list[Objective]) -> tuple[str, LessonState]:
    blanks = {name: words[0] for name, words in scenario.slots.items()}
    lines = [objective.met.format(**{**blanks, **state.slots}) for objective in met]
    state = msgspec.structs.replace(state, met=(*state.met, *(o.id for o in met)), misses=0)
    following = open_objective(scenario, state)
    if following is None:
        return _finish(state, " ".join([*lines, scenario.partner.closing]))
    if scenario.twist and not state.twisted:
        lines.append(scenario.twist.format(**{**blanks, **state.slots}))
        state = msgspec.structs.replace(state, twisted=True)
    return _finish(state, " ".join([*lines, following.ask]))


def _not_yet(
    scenario: Scenario, state: LessonState, said: str, evened: str
) -> tuple[str, LessonState]:
    objective = open_objective(scenario, state)
    if objective is None:
        return _finish(state, scenario.partner.goodbye)
    misses = state.misses + 1
    state = msgspec.structs.replace(state, misses=misses)
    if any(says(evened, phrase) for phrase in LOST) or misses >= 3:
        return _finish(state, f"No problem. You can say: {objective.hints[2]}")
    if objective.nudge and groups_met(said, objective):
        return _finish(state, objective.nudge[(misses - 1) % len(objective.nudge)])
    line = scenario.partner.lost[(misses - 1) % len(scenario.partner.lost)]
    return _finish(state, line.replace("{ask}", objective.ask))


def _ask(scenario: Scenario, state: LessonState) -> str:
    objective = open_objective(scenario, state)
    return objective.ask if objective else ""


def _finish(state: LessonState, line: str) -> tuple[str, LessonState]:
    return line, msgspec.structs.replace(state, last=line)
