"""Things of a lesson in a clause, however they are spelled, and words set right around them.

A word is what it is called, its plural, its other names, or its name in a learner's language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from coach.lessons.grammar import grammar_of
from coach.lessons.grammar.table import Grammar
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import even
from coach.lessons.wording import plural

WINDOW = 5  # words: the longest name of a thing
LIKE = 0.75  # of the letters, or of the sounds
_ENDING = re.compile(r"(?:e?s|e?d|ing|er|ly)$")
PARTS = 0.5  # of each word in a name of several
SHORTEST = 4  # letters of a word that may be misspelled other than by its sound
MAX_COUNT = 20
_SOUNDS = (
    (r"ph", "f"), (r"^kn", "n"), (r"^th", "d"), (r"wh", "w"),
    (r"ght", "t"), (r"ck|qu|c(?![eiyh])", "k"),
    (r"c|z", "s"), (r"(\w)\1", r"\1"), (r"ee|ea|ie|ei|y|e(?=a)", "i"), (r"ou|oo", "u"), (r"e$", ""),
)  # fmt: skip
_SOUND = tuple((re.compile(spelled), sound) for spelled, sound in _SOUNDS)


@dataclass(frozen=True)
class Name:
    slot: str
    word: str
    foreign: bool = False
    other: bool = False  # not what the lesson calls it: «cuppa» for a tea


@dataclass(frozen=True)
class Found:
    """A thing in a clause: which words it takes up, its number and measure included."""

    name: Name
    count: int
    start: int
    end: int
    plain: bool = False  # neither number nor measure before it

    @property
    def slot(self) -> str:
        return self.name.slot

    @property
    def word(self) -> str:
        return self.name.word


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Roughly how an English word sounds: «tee» and «tea» are the same."""
    word = word.replace("ee", "i").replace("ea", "i")
    for spelled, heard in _SOUND:
        word = spelled.sub(heard, word)
    return word


@dataclass(frozen=True)
class Lexicon:
    """The words of one lesson."""

    names: dict[str, Name]  # evened
    by_length: dict[int, list[str]]  # names by their number of words
    own: frozenset[str]  # words of its sentences
    known: frozenset[str]  # and common words
    grammar: Grammar
    korean: bool


@lru_cache(maxsize=128)
def lexicon(scenario: Scenario) -> Lexicon:
    grammar = grammar_of(scenario.language)
    written = [model for o in scenario.objectives for model in (*o.said, *o.not_said, o.ask)]
    written += [*scenario.phrases, *(w for aside in scenario.asides for w in aside.when)]
    own = frozenset(word for line in written for word in even(SLOT.sub(" ", line)).split())
    known = own | grammar.known
    names = _names(scenario, known)
    by_length: dict[int, list[str]] = {}
    for name in names:
        by_length.setdefault(len(name.split()), []).append(name)
    return Lexicon(
        names=names,
        by_length=by_length,
        own=own,
        known=known,
        grammar=grammar,
        korean=scenario.language == "ko",
    )


def _names(scenario: Scenario, known: frozenset[str]) -> dict[str, Name]:
    """Names by what is said. A foreign one that is a word of ours is left out: «thé» is «the»."""
    grammar = grammar_of(scenario.language)
    found: dict[str, Name] = {}
    foreign: dict[str, Name] = {}
    for slot, words in scenario.slots.items():
        for word, of in words.items():
            for name in (word, *of.also):
                called = Name(slot, word, other=name != word)
                found[even(name)] = called
                if scenario.language == "en":
                    for form in (plural(name), *_as_learners_count(grammar, name)):
                        found.setdefault(even(form), called)
            for language, name in scenario.words.get(word, {}).items():
                if language != "means" and _is_foreign(even(name), even(word), known):
                    foreign.setdefault(even(name), Name(slot, word, foreign=True))
    return {key: name for key, name in {**foreign, **found}.items() if key}


def _as_learners_count(grammar: Grammar, name: str) -> list[str]:
    """«two night», «2 nights» and «2 night» for a thing that is called «two nights»."""
    first, _, rest = name.partition(" ")
    n = grammar.numbers.get(first, 0)
    if n < 2 or not rest.endswith("s"):
        return []
    return [f"{of} {what}" for of in (first, str(n)) for what in (rest, rest.removesuffix("s"))]


def _is_foreign(name: str, word: str, known: frozenset[str]) -> bool:
    return not known.issuperset(name.split()) and likeness(name, word) < LIKE


def find(scenario: Scenario, tokens: list[str]) -> list[Found]:
    """The things in a clause, in order. The longest name wins, and a right one over a like one."""
    words = lexicon(scenario)
    found: list[Found] = []
    taken: set[int] = set()
    for size in range(min(WINDOW, len(tokens)), 0, -1):
        for alike in (_same, _like):
            for start in range(len(tokens) - size + 1):
                end = start + size
                free = taken.isdisjoint(range(start, end))
                if free and (name := alike(words, tokens[start:end])):
                    taken.update(range(start, end))
                    found.append(_counted(words.grammar, tokens, name, start, end))
    return sorted(found, key=lambda one: one.start)


def _same(words: Lexicon, window: list[str]) -> Name | None:
    name = words.names.get(" ".join(window))
    if name is None and words.korean and len(window) == 1:  # particles are part of the word
        return next(
            (words.names[window[0][:-n]] for n in (1, 2) if window[0][:-n] in words.names), None
        )
    return name


def _like(words: Lexicon, window: list[str]) -> Name | None:
    """The name that the window is a misspelling of, if it is no word of its own."""
    if all(_is_word(words, token) for token in window):
        return None
    best, score = None, LIKE
    for name in words.by_length.get(len(window), ()):
        parts = [likeness(a, b) for a, b in zip(window, name.split(), strict=True)]
        like = sum(parts) / len(parts) if min(parts) >= PARTS else 0
        if like >= score:
            best, score = words.names[name], like
    return best


def likeness(said: str, name: str) -> float:
    """From 0 to 1: how far `said` may be `name` in other letters."""
    if said[0] != name[0]:
        return 0
    if sound(said) == sound(name):
        return 0.99
    if min(len(said), len(name)) < SHORTEST:
        return 0
    letters: float = OSA.normalized_similarity(said, name)
    sounds: float = OSA.normalized_similarity(sound(said), sound(name))
    return max(letters, sounds if len(name) >= 6 else 0)


def _counted(grammar: Grammar, tokens: list[str], name: Name, start: int, end: int) -> Found:
    named_at = start
    before = " ".join(tokens[:start]) + " "
    measure = grammar.measures.search(before) if start else None
    if measure:
        start -= len(measure[0].split())
    count = 1
    if start and (n := _number(grammar, tokens[start - 1])):
        count, start = n, start - 1
    return Found(name, count, start, end, plain=start == named_at)


def _number(grammar: Grammar, token: str) -> int:
    n = int(token) if token.isdecimal() and len(token) < 3 else grammar.numbers.get(token, 0)
    return n if 0 < n <= MAX_COUNT else 0


def repaired(scenario: Scenario, tokens: list[str]) -> list[str]:
    """`tokens` with misspelled words of everyday and of the lesson set right."""
    words = lexicon(scenario)
    return [
        token
        if _is_word(words, token) or not token.isalpha() or len(token) < 3
        else _nearest(words, token)
        for token in tokens
    ]


def _is_word(words: Lexicon, token: str) -> bool:
    """Whether it is a word that we know, or a form of one: «wanted», «closes»."""
    base = _ENDING.sub("", token)
    forms = (token, base, f"{base}e") if 2 < len(base) < len(token) else (token,)
    return token in words.names or any(form in words.known for form in forms)


def _nearest(words: Lexicon, token: str) -> str:
    best, score = token, 0.0
    for known in words.known:
        allowed = 2 if len(token) > 5 and known in words.own else 1
        if abs(len(known) - len(token)) > allowed:
            continue
        distance = OSA.distance(token, known, score_cutoff=allowed)
        alike = sound(token) == sound(known)
        if distance > allowed and not alike:
            continue
        value = 1 - distance / 10 + 0.3 * alike + 0.15 * (known in words.own)
        value += 0.1 * (known[0] == token[0]) + 0.1 * known.startswith(token)
        if (value, known) > (score, best):  # whatever order the set has
            best, score = known, value
    return best
