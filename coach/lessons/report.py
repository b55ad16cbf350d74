"""What a learner reads after a lesson: corrections before any score."""

from dataclasses import dataclass

from coach.lessons.models import Attempt, ObjectiveMet
from coach.lessons.natural import natural_way
from coach.lessons.scenario import Objective
from coach.lessons.slips import Correction, corrections
from coach.lessons.spoken import Spoken, how_spoken
from coach.lessons.understanding.text import phrase_used
from coach.lessons.wording import example
from coach.talk.models import Turn


@dataclass(frozen=True)
class ObjectiveReport:
    objective: Objective
    met: ObjectiveMet | None
    hints: int
    example: str  # a sentence that does it
    natural: str  # another way to say what was said; empty where there is none to show

    @property
    def written(self) -> bool:
        return self.met is not None and self.met.turn.source == Turn.Source.TEXT

    @property
    def quote(self) -> str:
        return self.met.turn.text if self.met else ""


@dataclass(frozen=True)
class Report:
    objectives: list[ObjectiveReport]
    corrections: list[Correction]
    phrases: list[tuple[str, bool]]
    spoken: int
    written: int
    words: int
    minutes: int
    speaking: Spoken

    @property
    def turns(self) -> int:
        return self.spoken + self.written

    @property
    def met(self) -> int:
        return sum(o.met is not None for o in self.objectives)

    @property
    def natural(self) -> list[ObjectiveReport]:
        return [o for o in self.objectives if o.natural]

    @property
    def all_met(self) -> bool:
        return bool(self.objectives) and self.met == len(self.objectives)


def make_report(attempt: Attempt) -> Report:
    scenario = attempt.scenario
    talk = list(attempt.session.turns.filter(speaker__in=(Turn.Speaker.MEMBER, Turn.Speaker.COACH)))
    turns = [turn for turn in talk if turn.speaker == Turn.Speaker.MEMBER]
    said, sources = [turn.text for turn in turns], [turn.source for turn in turns]
    met = attempt.met()
    objectives = [_objective(attempt, o, met.get(o.id)) for o in scenario.objectives]
    shown = [o.quote for o in objectives if o.natural]  # said better already
    return Report(
        objectives=objectives,
        corrections=[c for c in corrections(said) if not any(c.said in quote for quote in shown)],
        phrases=[
            (phrase, any(phrase_used(text, phrase) for text in said)) for phrase in scenario.phrases
        ],
        spoken=sources.count(Turn.Source.VOICE),
        written=sources.count(Turn.Source.TEXT),
        words=sum(len(text.split()) for text in said),
        minutes=attempt.minutes,
        speaking=how_spoken(talk, str(attempt.session.brief["persona_name"])),
    )


def _objective(attempt: Attempt, objective: Objective, met: ObjectiveMet | None) -> ObjectiveReport:
    scenario = attempt.scenario
    return ObjectiveReport(
        objective=objective,
        met=met,
        hints=attempt.hints.get(objective.id, 0),
        example=example(scenario, objective),
        natural=natural_way(scenario, objective, met.turn.text) if met else "",
    )
