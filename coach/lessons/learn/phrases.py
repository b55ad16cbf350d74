"""The target phrases of a lesson, each with a whole sentence in which it is said."""

from dataclasses import dataclass

from coach.lessons.learn.judging import GAP
from coach.lessons.scenario import Scenario, slots_in
from coach.lessons.understanding.text import phrase_used
from coach.lessons.wording import fill


@dataclass(frozen=True)
class TargetPhrase:
    """`sentence` is what is heard and said: the phrase, with something in its gap."""

    number: int  # its place in the lesson, from 0
    text: str
    sentence: str
    translation: str  # into the member's language; empty: there is none

    @property
    def has_gap(self) -> bool:
        return GAP in self.text


def target_phrases(scenario: Scenario, language: str) -> list[TargetPhrase]:
    """All of them, in the teacher's order, for who reads `language`."""
    sentences = _sentences(scenario)
    return [
        TargetPhrase(number, text, _said(text, sentences), glossed.get(language, ""))
        for number, (text, glossed) in enumerate(scenario.phrases.items())
    ]


def _said(phrase: str, sentences: list[str]) -> str:
    """The first of the teacher's sentences that has the phrase in it, or the phrase itself."""
    if GAP not in phrase:
        return phrase
    return next((s for s in sentences if phrase_used(s, phrase)), phrase)


def _sentences(scenario: Scenario) -> list[str]:
    """In the teacher's order; first those that name a thing, which is what a gap is for."""
    models = [said for objective in scenario.objectives for said in objective.said]
    models += [when for aside in scenario.asides for when in aside.when]
    models.sort(key=lambda model: not slots_in(model))
    return [fill(scenario, model, {}) for model in models]
