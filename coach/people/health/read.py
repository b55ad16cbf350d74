"""Reads a text clause by clause into one `Reading`."""

from coach.meaning.in_english import in_english
from coach.meaning.plain_speech import plain_speech
from coach.people.health.clauses import OTHERS, clauses
from coach.people.health.facts import facts
from coach.people.health.measures import LIFTING, measured
from coach.people.health.signs import signs
from coach.people.health.told import Fact, Measured, Reading, Sign

MOST = 8  # of each kind in one text


def read(said: str) -> Reading:
    """What `said` tells of the speaker's own health, each thing once."""
    found: dict[tuple[str, str], Fact] = {}
    numbers: dict[str, Measured] = {}
    felt: dict[str, Sign] = {}
    asks = others = False
    plain = in_english(plain_speech(said))
    lifts = bool(LIFTING.search(plain.lower()))
    for clause in clauses(plain):
        asks = asks or clause.asks
        others = others or bool(OTHERS.search(clause.words))
        if clause.asks:
            continue
        if not clause.supposes:
            for fact in facts(clause):
                found.setdefault((fact.kind, fact.value), fact)
            for sign in signs(clause.words):
                felt.setdefault(sign.name, sign)
            for one in measured(clause.words, lifts=lifts):
                numbers.setdefault(one.kind, one)
    return Reading(
        tuple(found.values())[:MOST],
        tuple(numbers.values()),
        tuple(felt.values())[:MOST],
        question=asks,
        other=others,
    )
