"""«A natural way to say it»: the teacher's nearest sentence, with the learner's own order in it.

It is right in any case, since a teacher wrote it, and it covers every kind of slip. Pure.
"""

from coach.lessons.scenario import Objective, Scenario
from coach.lessons.understanding.acts import understand
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import lexicon
from coach.lessons.wording import fill

_POLITE = "please thanks thank you hello hi ok okay yes um uh well so and just"


def natural_way(scenario: Scenario, objective: Objective, said: str) -> str:
    """Another way to say what reached `objective`; empty if it would differ in spelling alone."""
    turn = understand(scenario, (), {}, said, asked=objective)
    proof = turn.proof.get(objective.id)
    if proof is None or proof.model < 0:
        return ""
    model = objective.said[proof.model]
    if _words(scenario, proof.plain) == _words(scenario, even(fill(scenario, model, {}))):
        return ""
    return fill(scenario, model, turn.chosen)


def _words(scenario: Scenario, text: str) -> list[str]:
    grammar = lexicon(scenario).grammar
    polite = set(_POLITE.split()) if scenario.language == "en" else grammar.fillers
    return [word for word in text.split() if word not in polite]
