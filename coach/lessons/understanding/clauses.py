"""A turn in clauses, each with its mood and speaker by grammar and the things in it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coach.lessons.grammar.table import Grammar
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import Found, find, lexicon, repaired

MOST = 12  # clauses of one turn that are read
READ_CHARS = 600  # of one turn: a scene is played in short sentences
_SIGNS = re.compile(r"(?<=[.!?;])\s+|[;:\n…]+|\s[-–—]+\s|—|,(?!\d)|(?<=[!?])(?=\w)")
_JOINED = re.compile(r"^(?:or|nor)\b")
_TO = re.compile(r"\bto $")
_WITH = re.compile(r"\b(?:with|without)(?: \w+)? $")


@dataclass(frozen=True)
class Clause:
    text: str  # evened, and set right
    rest: str  # without the things, which stand there as «_»
    found: tuple[Found, ...]
    asks: bool  # wants to know something
    wants: bool  # a wish or a request
    denied: bool
    refuses: bool  # wants nothing
    told: bool  # of somebody else, another time, a habit
    changes: bool  # takes the place of what was said before


def read(scenario: Scenario, said: str) -> list[Clause]:
    """The clauses of a turn, in order."""
    grammar = lexicon(scenario).grammar
    clauses: list[Clause] = []
    changing = False
    said = unicodedata.normalize("NFKC", said[:READ_CHARS])  # one sign may stand for 18 letters
    for text, questioned in _parts(grammar, said[:READ_CHARS])[:MOST]:
        clause = _read_one(scenario, grammar, text, questioned, clauses[-1:], changing)
        clauses.append(clause)
        changing = clause.changes and not clause.found
    return clauses


def says_something(scenario: Scenario, clause: Clause) -> bool:
    """Whether a clause is more than «yes, please»."""
    fillers = lexicon(scenario).grammar.fillers
    return any(word not in fillers for word in clause.rest.split())


def _parts(grammar: Grammar, said: str) -> list[tuple[str, bool]]:
    parts = []
    for sentence in _SIGNS.split(said):
        if sentence and (text := even(sentence)):
            cuts = [0, *(m.start() for m in grammar.splits.finditer(text) if m.start()), len(text)]
            ends = "?" in sentence[-2:]
            pieces = [text[a:b].strip() for a, b in pairwise(cuts)]
            pieces = [piece for piece in pieces if piece]
            parts += [(p, ends and p is pieces[-1]) for p in pieces]
    return parts


def _read_one(
    scenario: Scenario,
    grammar: Grammar,
    text: str,
    questioned: bool,
    before: list[Clause],
    changing: bool,
) -> Clause:
    tokens = text.split()
    everything = find(scenario, tokens)
    inside = {i for one in everything for i in range(one.start, one.end)}
    right = repaired(scenario, tokens)
    tokens = [token if i in inside else right[i] for i, token in enumerate(tokens)]
    found = _without_origins(
        scenario, grammar, tokens, _without_extras(scenario, tokens, everything)
    )
    rest = _rest(tokens, found, [one for one in everything if one not in found])
    wants = grammar.request.search(rest) is not None
    asks = grammar.question.search(rest) is not None and (
        not wants or grammar.asks_first.match(rest) is not None
    )
    asks = asks or (questioned and bool(found) and not wants and _has_verb(grammar, rest))
    denied = grammar.negation.search(rest) is not None
    if before and before[0].denied and (_JOINED.search(rest) or re.search(r"_ n?or _", rest)):
        denied = True
    for_others = grammar.for_others.search(rest) is not None
    told = grammar.not_now.search(rest) is not None or (
        grammar.others.search(rest) is not None and not for_others
    )
    named = bool(found) and all(one.word[:1].isupper() for one in found)
    told = told or (named and grammar.likes.search(rest) is not None)
    return Clause(
        text=" ".join(tokens),
        rest=rest,
        found=tuple(found),
        asks=asks,
        wants=wants or for_others,
        denied=denied,
        refuses=grammar.refusal.search(rest) is not None and not (found and not denied),
        told=told,
        changes=changing or grammar.change.search(rest) is not None,
    )


def _has_verb(grammar: Grammar, rest: str) -> bool:
    return any(word not in grammar.fillers for word in rest.replace("_", " ").split())


def _rest(tokens: list[str], found: list[Found], aside: list[Found]) -> str:
    """The words around things. What only goes with one leaves with its preposition."""
    starts = {one.start for one in found}
    inside = {i for one in found for i in range(one.start, one.end)}
    inside |= {i for one in aside for i in range(one.start - 1, one.end)}
    return " ".join(
        "_" if i in starts else token
        for i, token in enumerate(tokens)
        if i in starts or i not in inside
    )


def _without_extras(scenario: Scenario, tokens: list[str], found: list[Found]) -> list[Found]:
    """What comes with a thing of its own kind is no thing: «a coffee with milk»."""
    kept: list[Found] = []
    for one in found:
        extra = one.plain and _WITH.search(" ".join(tokens[: one.start]) + " ")
        if (
            one.end - one.start == 1
            and tokens[one.start - 1 : one.start] == ["to"]
            and not (one.word[:1].isupper() or _stands_after(scenario, one.slot, _TO))
        ):
            continue  # «I need to return it», «tea rather than coffee»
        first = one.start < 2 and not _stands_after(scenario, one.slot, _WITH)
        if not extra or not (first or any(other.slot == one.slot for other in kept)):
            kept.append(one)
    return kept


def _without_origins(
    scenario: Scenario, grammar: Grammar, tokens: list[str], found: list[Found]
) -> list[Found]:
    """Where somebody comes from is no thing, unless the lesson asks for just that."""
    return [
        one
        for one in found
        if not one.word[:1].isupper()
        or not grammar.from_place.search(" ".join(tokens[: one.start]) + " ")
        or _stands_after(scenario, one.slot, grammar.from_place)
    ]


@lru_cache(maxsize=512)
def _stands_after(scenario: Scenario, slot: str, word: re.Pattern[str]) -> bool:
    """Whether a model sentence has the slot after such a word: then it is no extra, no origin."""
    before = (
        even(model[: match.start()]) + " "
        for objective in scenario.objectives
        for model in objective.said
        for match in SLOT.finditer(model)
        if match["name"] == slot
    )
    return any(map(word.search, before))
