"""How near a clause is to the sentences of a lesson, by the encoder.

In both, things are replaced by the first of their kind, so that only the act decides: «a cofee»
and «two teas» read alike. Clauses are remembered for a while, since a turn is read twice.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate, groupby

import numpy as np

from coach.lessons.scenario import SLOT, Objective, Scenario
from coach.lessons.understanding.clauses import Clause
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import lexicon
from coach.lessons.word_levels import LANGUAGE, describes
from coach.lessons.wording import fill, is_name
from coach.meaning.encoder import Vectors, encode

_HUM = re.compile(r"h+m+|u+h*m*|e+r*m*|a+h*|o+h*|e+u*h+|음+|어+")  # is nobody's name
_SUBJECT = re.compile(r"the _ (?:is|are|was|were)\b")  # nor is what has an article: «the grass»
_NOT_BEFORE_NAMES = frozenset(["a", "an", "my", "your", "his", "her", "our", "their", "this"])
REMEMBERED = 512  # clauses
SHORT = 2  # words: «what time?» is near to every question for a time
OF_A_SHORT = 0.2  # how much further such a sentence is from a longer clause
SAME_QUESTION = 0.08  # how much nearer two questions for a time are
FORBIDDEN = 9.0  # further than any sentence is
OTHER_QUESTION = 0.2  # how much further «where is it?» is from «when is it?»


@dataclass(frozen=True)
class Sentences:
    """Sentences of one kind with their vectors."""

    texts: tuple[str, ...]
    vectors: Vectors
    ask_for: tuple[str, ...]  # what each wants to know
    denied: tuple[bool, ...]
    marks: tuple[frozenset[str], ...]

    def nearest(self, said: "Said", *, alike_only: bool = False) -> tuple[float, int]:
        """The nearness of the nearest, and its index; (0, -1) without sentences.

        `alike_only`: those that deny as `said` does, or do not, as it does not; and tell of others,
        or of a time that is over, where it does.
        """
        alike = [
            not alike_only or (denied is said.denied and said.marks <= marks)
            for denied, marks in zip(self.denied, self.marks, strict=True)
        ]
        if not any(alike):
            return 0.0, -1
        near = self.vectors @ said.vector - FORBIDDEN * ~np.array(alike)
        if said.words > SHORT + 1:
            near = near - OF_A_SHORT * np.array([len(text.split()) <= SHORT for text in self.texts])
        if said.asks_for:
            other = [bool(asked) and asked != said.asks_for for asked in self.ask_for]
            near = near - OTHER_QUESTION * np.array(other)
            near = near + SAME_QUESTION * np.array([a == said.asks_for for a in self.ask_for])
        best = int(np.argmax(near))
        return float(near[best]), best


@dataclass(frozen=True)
class Book:
    """All sentences of a lesson."""

    said: dict[str, Sentences]  # by objective
    not_said: dict[str, Sentences]
    asides: tuple[Sentences, ...]

    @cached_property
    def known(self) -> dict[str, Vectors]:
        """Vectors of its own sentences, which learners often say word for word."""
        every = (*self.said.values(), *self.not_said.values(), *self.asides)
        return {text: s.vectors[i] for s in every for i, text in enumerate(s.texts)}


@lru_cache(maxsize=128)
def book(scenario: Scenario) -> Book:
    """Encodes a lesson's sentences: a tenth of a second, once for each lesson and process."""
    objectives, asides = scenario.objectives, scenario.asides
    groups = [o.said for o in objectives] + [o.not_said for o in objectives]
    groups += [aside.when for aside in asides]
    parts = iter(_sentences(scenario, groups))
    return Book(
        said={o.id: next(parts) for o in objectives},
        not_said={o.id: next(parts) for o in objectives},
        asides=tuple(parts),
    )


def _sentences(scenario: Scenario, groups: list[tuple[str, ...]]) -> list[Sentences]:
    """All groups of sentences, encoded in one go, which takes half the time."""
    grammar = lexicon(scenario).grammar
    evened = [
        tuple(even(fill(scenario, model, {}), scenario.language) for model in models)
        for models in groups
    ]
    vectors = encode([text for texts in evened for text in texts])
    ends = list(accumulate(map(len, evened)))
    return [
        Sentences(
            texts,
            vectors[end - len(texts) : end],
            tuple(map(grammar.asks_for, texts)),
            tuple(map(grammar.denies, texts)),
            tuple(map(grammar.marks, texts)),
        )
        for texts, end in zip(evened, ends, strict=True)
    ]


def plain(scenario: Scenario, clause: Clause) -> str:
    """The clause with the first thing of each kind in the place of what was said."""
    articled = _articled(scenario)
    forms = (
        f"{{a {one.slot}}}" if one.slot in articled else f"{{{one.slot}}}" for one in clause.found
    )
    words = (even(fill(scenario, form, {}), scenario.language) for form in forms)
    return " ".join(next(words) if token == "_" else token for token in clause.rest.split())


@lru_cache(maxsize=128)
def _articled(scenario: Scenario) -> frozenset[str]:
    """The slots whose words take an article. «To a get fit» is near to no sentence."""
    models = (model for objective in scenario.objectives for model in objective.said)
    slots = (match for model in models for match in SLOT.finditer(model))
    return frozenset(match["name"] for match in slots if match["form"])


def with_example(
    scenario: Scenario, objective: Objective, clause: Clause, *, asked: bool
) -> list[str]:
    """The clause, and with a teacher's example for the words that we do not know, such as a name.

    A name may look like a misspelling. So where it was `asked` for, both what was said and what
    was set right are tried. Of several kinds of names, it is the kind that was asked for.
    """
    texts = [plain(scenario, clause)]
    open_slot = next((slot for slot in objective.slots if slot in scenario.open_slots), "")
    if clause.found or not open_slot or not (asked or len(scenario.open_slots) == 1):
        return texts
    known = lexicon(scenario).known
    example = even(fill(scenario, f"{{{open_slot}}}", {}), scenario.language)
    for said in (clause.rest, clause.heard) if asked else (clause.rest,):
        unknown = partial(_is_unknown, known)
        tokens: list[str] = []
        for may_be_name, group in groupby(said.split(), unknown):
            run = list(group)
            named = may_be_name and _may_be_name(scenario, open_slot, tokens[-1:], run)
            tokens += [example] if named else run
        told = " ".join(tokens)
        if not _SUBJECT.match(told.replace(example, "_")):
            texts.append(told)
    return list(dict.fromkeys(texts))


def names_nobody(scenario: Scenario, frame: frozenset[str], text: str) -> bool:
    """Whether all that a text has beside the words of its `frame` describes: «my name is long»."""
    if scenario.language != LANGUAGE:
        return False
    fillers = lexicon(scenario).grammar.fillers
    left = [word for word in text.split() if word not in frame and word not in fillers]
    return bool(left) and all(map(describes, left))


def _is_unknown(known: frozenset[str], token: str) -> bool:
    return token not in known and not _HUM.fullmatch(token)


def _may_be_name(scenario: Scenario, slot: str, before: list[str], run: list[str]) -> bool:
    """Whether words that we do not know may fill an open slot. «I'm nervous» tells no name.

    Nor does «for my grandmother» tell a place: what names one has no such word before it.
    """
    if scenario.language != LANGUAGE:
        return True
    if all(map(describes, run)):
        return False
    example = next(iter(scenario.slots[slot]))
    return not (is_name(scenario, slot, example) and not _NOT_BEFORE_NAMES.isdisjoint(before))


@dataclass(frozen=True)
class Said:
    """A clause as it is compared."""

    vector: Vectors
    asks_for: str
    denied: bool
    marks: frozenset[str]
    words: int


@lru_cache(maxsize=REMEMBERED)
def _vector(text: str) -> Vectors:
    vector: Vectors = encode([text])[0]
    return vector


def _said(scenario: Scenario, text: str) -> Said:
    vector = book(scenario).known.get(text)
    vector = _vector(text) if vector is None else vector
    grammar = lexicon(scenario).grammar
    return Said(
        vector,
        grammar.asks_for(text),
        grammar.denies(text),
        grammar.marks(text),
        len(text.split()),
    )


@dataclass(frozen=True)
class Nearness:
    """How near a clause is to doing an act, and to what only looks like it."""

    said: float
    model: int  # which model sentence
    other: float
    miss: float  # the nearest of those that only look like it
    asks_else: bool = False  # the two are questions, and for different things


def nearness(
    scenario: Scenario, objective: Objective, text: str, beside: frozenset[str] = frozenset()
) -> Nearness:
    """How near `text` is; the objectives `beside` may be done by it, too, and are no rivals."""
    sentences, said = book(scenario), _said(scenario, text)
    near, model = sentences.said[objective.id].nearest(said, alike_only=True)
    miss = sentences.not_said[objective.id].nearest(said, alike_only=True)[0]
    others = [miss]
    others += [aside.nearest(said)[0] for aside in sentences.asides]
    rivals = sentences.said.keys() - beside - {objective.id}
    others += [sentences.said[key].nearest(said)[0] for key in rivals]
    asked = sentences.said[objective.id].ask_for[model] if model >= 0 else ""
    asks_else = bool(asked and said.asks_for) and asked != said.asks_for
    return Nearness(near, model, max(others), miss, asks_else)


def nearest_aside(scenario: Scenario, text: str) -> tuple[float, int]:
    """The nearness of the nearest aside, and which one it is."""
    said = _said(scenario, text)
    near = [aside.nearest(said)[0] for aside in book(scenario).asides]
    best = max(range(len(near)), key=near.__getitem__, default=-1)
    return (near[best], best) if best >= 0 else (0.0, -1)
