"""A turn in clauses, each with its mood and speaker by grammar and the things in it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from coach.lessons.grammar.table import Grammar
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import QUOTED, even
from coach.lessons.understanding.words import Found, find, lexicon, repaired
from coach.lessons.wording import is_name

MOST = 12  # clauses of one turn that are read
READ_CHARS = 600  # of one turn: a scene is played in short sentences
FRAGMENT = 4  # words
QUOTATION = 3  # words: who quotes one or two may want them, «a "flat white", please»
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
_EITHER = re.compile(r"_ (?:or|o|ou|oder|아니면) (?:\w+ ){0,2}?_")
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
    weighs: bool = False  # speaks of words, thinks aloud, says what would be: does nothing
    ends: str = ""  # the sign behind it: «?», «,» or none of them

    @property
    def settled(self) -> bool:
        """A sentence of its own, and no mere list of words."""
        return self.ends in (".", "!") or len(self.rest.split()) > FRAGMENT

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
    said = _without_quotations(scenario, grammar, said[:READ_CHARS])
    for text, ends in _parts(scenario, said)[:MOST]:
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
        if first.goes_on and grammar.mentions.search(first.rest) and _is_of(grammar, first, then):
            moved[at + 1] = replace(moved[at + 1], weighs=True)
        alone = first.goes_on and first.found and not (first.wants or first.asks)
        if not alone or _has_verb(grammar, first.rest) or then.found:
            continue
        if (then.asks or then.denied) and not then.wants and grammar.resumes.search(then.rest):
            costs = grammar.cost.search(then.rest) is not None  # «two teas, how much is it?»
            asks = then.asks and not costs
            moved[at] = replace(first, asks=asks, denied=first.denied or then.denied)
    return _with_weighed_before(grammar, moved)


def _is_of(grammar: Grammar, first: Clause, then: Clause) -> bool:
    """Whether what follows a comma are the words that `first` speaks of, and no wish of its own."""
    if first.asks:  # «how do you say it, I want a latte» wants one
        return not then.asks and (not then.wants or then.ends == "?")
    return not then.asks and grammar.splits.match(then.rest) is None


def _with_weighed_before(grammar: Grammar, clauses: list[Clause]) -> list[Clause]:
    """«To return, to refund … three verbs»: words in a row are weighed by what follows them."""
    moved, in_row = list(clauses), False
    for at in range(len(moved) - 2, -1, -1):
        first, then = moved[at], moved[at + 1]
        bare = not (first.wants or first.settled or grammar.question.search(first.rest))
        of_it = not then.found or grammar.resumes.match(then.rest) is not None
        in_row = bare and then.weighs and (in_row or of_it)
        moved[at] = replace(first, weighs=first.weighs or in_row)
    return moved


def _without_quotations(scenario: Scenario, grammar: Grammar, said: str) -> str:
    """The turn without the words that it quotes, unless nothing else is said."""
    beside = even(QUOTED.sub(" ", said), scenario.language)
    if not _has_verb(grammar, beside):
        return said
    weighs = grammar.mentions.search(beside) or grammar.reports.search(beside)
    wants = grammar.request.search(beside) is not None  # «could we write „…“ there?»

    def kept(match: re.Match[str]) -> str:
        quoted = match[1] or match[2]
        return " " if weighs or (not wants and len(quoted.split()) >= QUOTATION) else quoted

    return QUOTED.sub(kept, said)


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
        weighs=_weighs(grammar, rest, found, before),
        ends=ends,
    )


def _weighs(grammar: Grammar, rest: str, found: list[Found], before: list[Clause]) -> bool:
    """Whether a clause speaks of words, tells those of others, cannot choose, or says «if»."""
    either = len({one.slot for one in found}) == 1 < len(found) and _EITHER.search(rest) is not None
    marks = (grammar.mentions, grammar.undecided, grammar.unreal)
    marked = any(mark.search(rest) for mark in marks)
    return either or marked or any(_says_of_next(grammar, clause) for clause in before)


def _says_of_next(grammar: Grammar, clause: Clause) -> bool:
    """«My book says»: the next words are nobody's here. «If I was rich,»: nothing of it is so."""
    unreal = clause.goes_on and grammar.unreal.search(clause.rest) is not None
    return unreal or grammar.reports.search(clause.rest) is not None


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
