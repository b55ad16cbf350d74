"""«A natural way to say it»: the teacher's nearest sentence, with the learner's own order in it.

It is right in any case, since a teacher wrote it, and it covers every kind of slip. What was said
in quite another way, or of a thing by another name, is left alone: it may be better than ours.
"""

from coach.lessons.scenario import SLOT, Objective, Scenario, slots_in
from coach.lessons.slips import sentences
from coach.lessons.understanding.acts import Understood, understand
from coach.lessons.understanding.clauses import Clause
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import Found, lexicon
from coach.lessons.wording import fill

CLOSE = 0.8  # nearness from which the two say the same thing in nearly the same way
LONGER = 1.5  # who needs so many more words has said more than the sentence does
_DETERMINERS = {"the", "some", "your", "my", "that", "this"}
_POLITE = "please thanks thank you hello hi ok okay yes um uh well so and just"


def natural_way(scenario: Scenario, objective: Objective, said: str) -> str:
    """Another way to say what reached `objective`; empty if it would differ in spelling alone."""
    turn = understand(scenario, (), {}, said, asked=objective)
    proof = turn.proof.get(objective.id)
    if proof is None or proof.near < CLOSE:
        return ""
    if _is_well_said(scenario, turn, proof.clause):
        return ""
    if _is_a_model(scenario, objective, turn, [proof.clause, proof.plain, said]):
        return ""
    model = objective.said[proof.model]
    if slots_in(model) and not _names_its_things(turn, proof.clause):
        return ""
    if any(len(turn.chosen.get(slot, {})) > 1 for slot in _bare_slots(model)):
        return ""
    if len(proof.plain.split()) > LONGER * len(
        even(fill(scenario, model, {}), scenario.language).split()
    ):
        return ""
    return fill(scenario, model, turn.chosen)


def _bare_slots(model: str) -> list[str]:
    """Slots that take one thing: «my {pain} hurts» is no sentence with two."""
    return [match["name"] for match in SLOT.finditer(model) if not match["form"]]


def _is_a_model(
    scenario: Scenario, objective: Objective, turn: Understood, told: list[str]
) -> bool:
    """Whether the turn, or some sentences of it, is what the teacher wrote, but for spelling."""
    told_apart = sentences(told)
    runs = [" ".join(told_apart[a:b]) for a in range(len(told_apart)) for b in range(a + 1, a + 4)]
    texts = {_words(scenario, text) for text in (*told, *runs)}
    return any(
        _words(scenario, fill(scenario, model, order)) in texts
        for model in objective.said
        for order in (turn.chosen, {})
    )


def _is_well_said(scenario: Scenario, turn: Understood, text: str) -> bool:
    """Whether the clause is right as it is: a frame that we know, and articles before things."""
    well_said = lexicon(scenario).grammar.well_said
    return any(
        clause.text == text
        and well_said.match(clause.rest)
        and all(_has_article(scenario, clause, one) for one in clause.found)
        for clause in turn.clauses
    )


def _has_article(scenario: Scenario, clause: Clause, one: Found) -> bool:
    if not one.plain or one.word[:1].isupper() or scenario.slots[one.slot][one.word].one:
        return True
    return one.start > 0 and clause.text.split()[one.start - 1] in _DETERMINERS


def _names_its_things(turn: Understood, text: str) -> bool:
    """Whether each thing has its own name: «my head hurts» is no slip for «my headache hurts»."""
    found = [one for clause in turn.clauses if clause.text == text for one in clause.found]
    return bool(found) and not any(one.name.other for one in found)


def _words(scenario: Scenario, text: str) -> tuple[str, ...]:
    grammar = lexicon(scenario).grammar
    polite = set(_POLITE.split()) if scenario.language == "en" else grammar.fillers
    return tuple(word for word in even(text, scenario.language).split() if word not in polite)
