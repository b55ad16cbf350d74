"""How the model sentences of an objective are said, so that grammar forbids nothing they do.

Who tells of last weekend speaks in the past, and who asks for a size asks. Derived, not written.
"""

from dataclasses import dataclass
from functools import lru_cache

from coach.lessons.scenario import SLOT, Objective, Scenario
from coach.lessons.understanding.clauses import Clause, read
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import lexicon
from coach.lessons.wording import fill


@dataclass(frozen=True)
class Moods:
    told: bool  # some sentence tells of others, another time, a habit
    denied: bool
    asks: bool
    only_asks: bool
    wants: bool
    weighs: bool  # some sentence speaks of words, or thinks aloud
    is_thing: bool  # some sentence says «I am _»
    words: frozenset[str]  # of the sentences, without things

    def forbid(self, clause: Clause) -> bool:
        """Whether a clause cannot be this act, by its mood."""
        return (
            (clause.told and not self.told)
            or (clause.denied and not self.denied)
            or (clause.asks and not self.asks)
            or (clause.weighs and not self.weighs)
        )

    def leave_to_meaning(self, clause: Clause) -> bool:
        """Whether grammar alone must not take the clause for this act."""
        unlike = self.only_asks or (clause.wants and not self.wants)
        return clause.told or clause.denied or clause.asks or unlike


@lru_cache(maxsize=512)
def moods(scenario: Scenario, objective: Objective) -> Moods:
    models = [read(scenario, fill(scenario, model, {})) for model in objective.said]
    things = [[c for c in clauses if c.found] or clauses for clauses in models]
    being = lexicon(scenario).grammar.being
    framed = [even(SLOT.sub("thing0", model), scenario.language) for model in objective.said]
    frames = [frame.replace("thing0", "_") for frame in framed]
    return Moods(
        told=any(c.told for clauses in things for c in clauses),
        denied=any(c.denied for clauses in things for c in clauses),
        asks=any(c.asks for clauses in things for c in clauses),
        wants=any(c.wants for clauses in things for c in clauses),
        only_asks=all(any(c.asks for c in clauses) for clauses in things),
        weighs=any(c.weighs for clauses in things for c in clauses),
        is_thing=any(map(being.search, frames)),
        words=frozenset(word for frame in frames for word in frame.split()) - {"_"},
    )
