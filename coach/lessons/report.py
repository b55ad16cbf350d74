"""What a learner reads after a lesson: corrections before any score."""

from dataclasses import dataclass

from coach.lessons.evidence import phrase_used
from coach.lessons.models import Attempt, ObjectiveMet
from coach.lessons.scenario import Objective
from coach.lessons.slips import Correction, corrections
from coach.talk.models import Turn


@dataclass(frozen=True)
class ObjectiveReport:
    objective: Objective
    met: ObjectiveMet | None
    hints: int

    @property
    def quote(self) -> str:
        return self.met.turn.text if self.met else ""


@dataclass(frozen=True)
class Report:
    objectives: list[ObjectiveReport]
    corrections: list[Correction]
    phrases: list[tuple[str, bool]]
    turns: int
    words: int
    minutes: int

    @property
    def met(self) -> int:
        return sum(o.met is not None for o in self.objectives)

    @property
    def all_met(self) -> bool:
        return self.met == len(self.objectives)


def make_report(attempt: Attempt) -> Report:
    scenario = attempt.scenario
    said = list(
        attempt.session.turns.filter(speaker=Turn.Speaker.MEMBER).values_list("text", flat=True)
    )
    met = attempt.met()
    ended = attempt.finished_at or attempt.session.ended_at
    seconds = (ended - attempt.started_at).total_seconds() if ended else 0
    return Report(
        objectives=[
            ObjectiveReport(o, met.get(o.id), attempt.hints.get(o.id, 0))
            for o in scenario.objectives
        ],
        corrections=corrections(said),
        phrases=[(p, any(phrase_used(text, p) for text in said)) for p in scenario.phrases],
        turns=len(said),
        words=sum(len(text.split()) for text in said),
        minutes=max(1, round(seconds / 60)),
    )
