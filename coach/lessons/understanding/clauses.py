"""A turn in clauses, each with its mood and speaker by grammar and the things in it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from coach.lessons.grammar.table import Grammar
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import Found, find, lexicon, repaired
from coach.lessons.wording import is_name

MOST = 12  # clauses of one turn that are read
READ_CHARS = 600  # of one turn: a scene is played in short sentences
_SIGNS = re.compile(r"((?<=[.!?;])\s+|[;:\n…]+|\s[-–—]+\s|—|[,、](?!\d)|(?<=[!?。？！])(?=\w))")
# What is put in between ends no clause: «je voudrais, s'il vous plaît, un café».
_BETWEEN = re.compile(
    r",\s*(please|if possible|perhaps|maybe|por favor|si es posible|quizas|s.il vous pla[iî]t|"
    r"par hasard|si possible|peut-[eê]tre|bitte|vielleicht|wenn m[oö]glich)\s*,",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?:or|nor)\b")
_ON = re.compile(
    r"_ (?:on|in|with|en|con|sur|dans|avec|auf|im|mit) (?:\w+ )?_(?! (?:and|y|et|und) )"
)
_TO = re.compile(r"\bto $")
_WITH = re.compile(r"\b(?:with|without)(?: \w+)? $")


@dataclass(frozen=True)
class Clause:
    text: str  # evened, and set right
    rest: str  # without the things, which stand there as «_»
    heard: str  # the same as it was said, nothing set right
    found: tuple[Found, ...]
    asks: bool  # wants to know something
    wants: bool  # a wish or a request
    denied: bool
    refuses: bool  # wants nothing
    told: bool  # of somebody else, another time, a habit
    changes: bool  # takes the place of what was said before
    only: bool = False  # and of all else of its kind
    beside: bool = False  # says what is not to go with it: «no onions on the pizza»
    ends: str = ""  # the sign behind it: «?», «,» or none of them

    @property
    def goes_on(self) -> bool:
        """A comma ends it, and no more."""
        return self.ends == ","


def read(scenario: Scenario, said: str) -> list[Clause]:
    """The clauses of a turn, in order."""
    grammar = lexicon(scenario).grammar
    clauses: list[Clause] = []
    changing = False
    said = unicodedata.normalize("NFKC", said[:READ_CHARS])  # one sign may stand for 18 letters
    for text, ends in _parts(scenario, said[:READ_CHARS])[:MOST]:
        clause = _read_one(scenario, grammar, text, ends, clauses[-1:], changing)
        clauses.append(clause)
        changing = clause.changes and not clause.found
    return _with_moods_behind(scenario, grammar, clauses)


def _with_moods_behind(scenario: Scenario, grammar: Grammar, clauses: list[Clause]) -> list[Clause]:
    """«The tea, is it hot?»: a thing before a comma has the mood of what takes it up."""
    moved = list(clauses)
    for at, (first, then) in enumerate(pairwise(clauses)):
        told_by = first.goes_on and first.asks and not first.found and not first.wants
        if told_by and then.ends == "?" and then.found and not _has_verb(grammar, then.rest):
            moved[at + 1] = replace(then, asks=True)
        alone = first.goes_on and first.found and not (first.wants or first.asks)
        if not alone or _has_verb(grammar, first.rest) or then.found:
            continue
        if (then.asks or then.denied) and not then.wants and grammar.resumes.search(then.rest):
            costs = grammar.cost.search(then.rest) is not None  # «two teas, how much is it?»
            asks = then.asks and not costs
            moved[at] = replace(first, asks=asks, denied=first.denied or then.denied)
    return moved


def says_something(scenario: Scenario, clause: Clause) -> bool:
    """Whether a clause is more than «yes, please»."""
    fillers = lexicon(scenario).grammar.fillers
    return any(word not in fillers for word in clause.rest.split())


def _parts(scenario: Scenario, said: str) -> list[tuple[str, str]]:
    """Pieces of a turn, each with the sign that ends it: «?», «,» or none of them."""
    grammar = lexicon(scenario).grammar
    parts: list[tuple[str, str]] = []
    told = _SIGNS.split(_BETWEEN.sub(r" \1 ", said))
    for sentence, sign in zip(told[::2], [*told[1::2], ""], strict=True):
        if sentence and (text := even(sentence, scenario.language)):
            cuts = [0, *(m.start() for m in grammar.splits.finditer(text) if m.start()), len(text)]
            pieces = [text[a:b].strip() for a, b in pairwise(cuts)]
            pieces = [piece for piece in pieces if piece]
            ends = "?" if set("?？") & set(sentence[-2:]) else sign.strip()
            parts += [(p, ends if p is pieces[-1] else "") for p in pieces]
    return parts


def _read_one(
    scenario: Scenario,
    grammar: Grammar,
    text: str,
    ends: str,
    before: list[Clause],
    changing: bool,
) -> Clause:
    tokens = heard = text.split()
    everything = find(scenario, tokens)
    inside = {i for one in everything for i in range(one.start, one.end)}
    right = repaired(scenario, tokens)
    tokens = [token if i in inside else right[i] for i, token in enumerate(tokens)]
    found = _without_origins(
        scenario, grammar, tokens, _without_extras(scenario, tokens, everything)
    )
    rest = _rest(tokens, found, [one for one in everything if one not in found])
    denied = grammar.denies(rest)
    if denied and len(found) > 1 and (on := _ON.search(rest)):  # «no onions on the pizza»
        kept = rest[: on.start()].count("_") + 1
        found, rest = found[:kept], rest[: on.start() + 1]
    wants = grammar.request.search(rest) is not None
    asks = grammar.question.search(rest) is not None and (
        not wants or grammar.asks_first.match(rest) is not None
    )
    asks = asks or (ends == "?" and not wants and (_has_verb(grammar, rest) or not found))
    if before and before[0].denied and (_JOINED.search(rest) or re.search(r"_ n?or _", rest)):
        denied = True
    for_others = grammar.for_others.search(rest) is not None
    told = grammar.not_now.search(rest) is not None or (
        grammar.others.search(rest) is not None and not for_others
    )
    named = bool(found) and all(is_name(scenario, one.slot, one.word) for one in found)
    told = told or (named and grammar.likes.search(rest) is not None)
    return Clause(
        text=" ".join(tokens),
        rest=rest,
        heard=_rest(heard, found, [one for one in everything if one not in found]),
        found=tuple(found),
        asks=asks,
        wants=wants or for_others,
        denied=denied,
        refuses=grammar.refusal.search(rest) is not None and not (found and not denied),
        told=told,
        changes=changing or grammar.change.search(rest) is not None,
        only=grammar.only.search(rest) is not None,
        beside=grammar.beside.search(rest) is not None,
        ends=ends,
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
            and not (
                is_name(scenario, one.slot, one.word) or _stands_after(scenario, one.slot, _TO)
            )
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
        if not is_name(scenario, one.slot, one.word)
        or not grammar.from_place.search(" ".join(tokens[: one.start]) + " ")
        or _stands_after(scenario, one.slot, grammar.from_place)
    ]


@lru_cache(maxsize=512)
def _stands_after(scenario: Scenario, slot: str, word: re.Pattern[str]) -> bool:
    """Whether a model sentence has the slot after such a word: then it is no extra, no origin."""
    before = (
        even(model[: match.start()], scenario.language) + " "
        for objective in scenario.objectives
        for model in objective.said
        for match in SLOT.finditer(model)
        if match["name"] == slot
    )
    return any(map(word.search, before))
