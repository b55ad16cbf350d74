"""Things of a lesson in a clause, however they are spelled, and words set right around them.

A word is what it is called, its plural, its other names, or its name in a learner's language. A
number is the same in words and in figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from coach.lessons.grammar import grammar_of
from coach.lessons.grammar.table import NEVER, Grammar
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.letters import distance, likeness, sound, sounds_alone
from coach.lessons.understanding.text import even
from coach.lessons.understanding.vocabulary import is_piece, words_of
from coach.lessons.wording import plural, plurals

WINDOW = 5  # words: the longest name of a thing
LIKE = 0.75  # of the letters, or of the sounds
_ENDING = re.compile(r"(?:e?s|e?d|ing|er|ly)$")
PARTS = 0.5  # of each word in a name of several
PARTS_RIGHT = 0.8  # of those that are a word: «water without gas» is not «water with gas»
MAX_COUNT = 20
SHORT = 3  # letters of a word with which one other letter makes another word
_ARTICLE = re.compile(
    r"^(?:le|la|les|l'|un|une|el|los|las|una|der|die|das|den|ein|eine|einen) ?(?=\w{3})"
)
_COUNTED = re.compile(r"(?<!\d)(\d{1,2}) (시|명|분|개|장|박|일|잔|층|번)")


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


@dataclass(frozen=True)
class Lexicon:
    """The words of one lesson."""

    names: dict[str, Name]  # evened
    by_length: dict[int, list[str]]  # names by their number of words
    own: frozenset[str]  # words of its sentences
    known: frozenset[str]  # and common words
    grammar: Grammar
    language: str
    english: bool  # learners write it as they hear it
    inflects: bool  # words have many forms, which are no misspellings of each other
    parts: dict[str, Name]  # words that stand in the name of one thing alone: «cabeza»


@lru_cache(maxsize=128)
def lexicon(scenario: Scenario) -> Lexicon:
    grammar = grammar_of(scenario.language)
    written = [model for o in scenario.objectives for model in (*o.said, *o.not_said, o.ask)]
    written += [*scenario.phrases, *(w for aside in scenario.asides for w in aside.when)]
    own = frozenset(
        word for line in written for word in even(SLOT.sub(" ", line), scenario.language).split()
    )
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
        language=scenario.language,
        english=scenario.language == "en",
        inflects=scenario.language in ("es", "fr", "de"),
        parts=_parts(names, known),
    )


def _names(scenario: Scenario, known: frozenset[str]) -> dict[str, Name]:
    """Names by what is said. A foreign one that is a word of ours is left out: «thé» is «the»."""
    language = scenario.language
    grammar = grammar_of(language)
    found: dict[str, Name] = {}
    foreign: dict[str, Name] = {}
    for slot, words in scenario.slots.items():
        for word, of in words.items():
            for name in (word, *of.also):
                called = Name(slot, word, other=name != word)
                found[even(name, language)] = called
                for form in _forms(language, grammar, name):
                    found.setdefault(even(form, language), called)
            if of.many:
                found.setdefault(even(of.many.replace("{n}", ""), language), Name(slot, word))
            for learners, name in scenario.words.get(word, {}).items():
                said = even(name, learners)
                if learners != "means" and _is_foreign(said, even(word, language), known):
                    foreign.setdefault(said, Name(slot, word, foreign=True))
    for key, called in _of_two_things(scenario, found).items():
        found.setdefault(key, called)
    names = {key: name for key, name in {**foreign, **found}.items() if key}
    return {in_figures(grammar, key): name for key, name in names.items()} | names


def _of_two_things(scenario: Scenario, names: dict[str, Name]) -> dict[str, Name]:
    """«Pizza with mushrooms» for a mushroom pizza, where there are other pizzas, too."""
    if scenario.language != "en":
        return {}
    found = {}
    for said, name in names.items():
        first, _, thing = said.partition(" ")
        plain = names.get(thing)
        if plain and plain.slot == name.slot and plain.word != name.word:
            for kind in (first, plural(first)):
                found[f"{thing} with {kind}"] = replace(name, other=True)
    return found


def _parts(names: dict[str, Name], known: frozenset[str]) -> dict[str, Name]:
    found: dict[str, set[Name]] = {}
    for said, name in names.items():
        for word in said.split() if " " in said else ():
            if len(word) > 3 and word not in known:
                found.setdefault(word, set()).add(Name(name.slot, name.word))
    return {word: next(iter(of)) for word, of in found.items() if len(of) == 1}


def _forms(language: str, grammar: Grammar, name: str) -> list[str]:
    """Other forms of a name: its plural, or what hangs on the words around its spaces."""
    if language == "en":
        return [plural(name), *_as_learners_count(grammar, name), *_as_learners_aim(name)]
    if grammar.ending is not NEVER:
        return [name.replace(" ", "")]
    bare = _ARTICLE.sub("", name)
    return [bare, *plurals(bare, language)]


def in_figures(grammar: Grammar, text: str) -> str:
    """`text` with its numbers from two on in figures: «deux tranches», «두 시» as «2시»."""
    tokens = [
        str(n) if (n := grammar.numbers.get(word, 0)) > 1 and len(word) + n > 2 else word
        for word in text.split()
    ]
    told = " ".join(tokens)
    return _COUNTED.sub(r"\1\2", told) if grammar.ending is not NEVER else told


def renumbered(scenario: Scenario, word: str, n: int) -> str:
    """The name of as many as `n`, where a name has its number in it: «three nights»."""
    words = lexicon(scenario)
    first, _, rest = in_figures(words.grammar, even(word, scenario.language)).partition(" ")
    other = words.names.get(f"{n} {rest}") if first.isdecimal() else None
    return other.word if other else ""


def of_number(scenario: Scenario, slot: str, said: str) -> Name | None:
    """The first thing of a slot whose name begins with a number that was said alone."""
    numbers = lexicon(scenario).grammar.numbers
    firsts = {word: even(word, scenario.language).partition(" ") for word in scenario.slots[slot]}
    n = int(said) if said.isdecimal() else numbers[said]
    alike = (word for word, (first, _, rest) in firsts.items() if rest and numbers.get(first) == n)
    word = next(alike, "")
    return Name(slot, word, other=True) if word else None


def _as_learners_count(grammar: Grammar, name: str) -> list[str]:
    """«two night», «2 nights» and «2 night» for a thing that is called «two nights»."""
    first, _, rest = name.partition(" ")
    n = grammar.numbers.get(first, 0)
    if n < 2 or not rest.endswith("s"):
        return []
    return [f"{of} {what}" for of in (first, str(n)) for what in (rest, rest.removesuffix("s"))]


def _as_learners_aim(name: str) -> list[str]:
    """«For see friends» and «for to see friends», for what is called «to see friends»."""
    first, _, rest = name.partition(" ")
    return [f"for {rest}", f"for to {rest}"] if first == "to" and rest else []


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
                    one = _counted(words.grammar, tokens, name, start, end)
                    taken.update(range(start, one.end))
                    found.append(one)
    return sorted(found, key=lambda one: one.start)


def _same(words: Lexicon, window: list[str]) -> Name | None:
    return next((words.names[said] for said in _said(words, window) if said in words.names), None)


def _said(words: Lexicon, window: list[str]) -> Iterator[str]:
    """The window as a name may be written: bare, with its numbers in figures, in one word."""
    for bare in _bare(words.grammar, window):
        told = " ".join(bare)
        yield told
        yield in_figures(words.grammar, told)
        if len(bare) > 1 and words.grammar.ending is not NEVER:
            yield "".join(bare)


def _bare(grammar: Grammar, window: list[str]) -> Iterator[list[str]]:
    """The window as it is, and without what hangs on it: particles behind, «l'» before."""
    yield window
    if elided := grammar.elided.match(window[0]):
        yield [window[0][elided.end() :], *window[1:]]
    if grammar.ending is not NEVER:
        last = window[-1]
        for at in range(len(last) - 1, 0, -1):
            if grammar.ending.fullmatch(last, at):
                yield [*window[:-1], last[:at]]


def _like(words: Lexicon, window: list[str]) -> Name | None:
    """The name that the window is a misspelling of, if it is no word of its own."""
    right = [_is_word(words, t) or t in words_of(words.language) for t in window]
    if all(_is_word(words, token) for token in window) or right == [True]:
        return None
    best, score = None, LIKE
    for said in _bare(words.grammar, window):
        for name in words.by_length.get(len(said), ()):
            pairs = list(zip(said, name.split(), strict=True))
            parts = [likeness(a, b) for a, b in pairs]
            near = all(
                part >= (PARTS_RIGHT if one and _stem(a) != _stem(b) else PARTS)
                for part, one, (a, b) in zip(parts, right, pairs, strict=True)
            )
            like = sum(parts) / len(parts) if near else 0
            if like >= score:
                best, score = words.names[name], like
    return best


def _stem(word: str) -> str:
    """«leav» of «leave» and «leaving»."""
    return _ENDING.sub("", word).rstrip("e")


def _counted(grammar: Grammar, tokens: list[str], name: Name, start: int, end: int) -> Found:
    named_at = start
    before = " ".join(tokens[:start]) + " "
    measure = grammar.measures.search(before) if start else None
    if measure:
        start -= len(measure[0].split())
    count = 1
    leads = grammar.counted is NEVER or tokens[start - 1].isdecimal()  # «네» is also a yes
    if start and leads and (n := _number(grammar, tokens[start - 1])):
        count, start = n, start - 1
    elif behind := grammar.counted.match(" ".join(tokens[end : end + 2])):
        count = _number(grammar, behind["n"] or behind["alone"]) or 1
        end += len(behind[0].split())
    return Found(name, count, start, end, plain=start == named_at)


def _number(grammar: Grammar, token: str) -> int:
    n = int(token) if token.isdecimal() and len(token) < 3 else grammar.numbers.get(token, 0)
    return n if 0 < n <= MAX_COUNT else 0


def repaired(scenario: Scenario, tokens: list[str]) -> list[str]:
    """`tokens` with misspelled words of everyday and of the lesson set right.

    A word of the language is no misspelling of another one.
    """
    words = lexicon(scenario)
    return [
        token
        if len(token) < 3
        or not token.isalpha()
        or _is_word(words, token)
        or token in words_of(scenario.language)
        else _nearest(words, token)
        for token in tokens
    ]


def _is_word(words: Lexicon, token: str) -> bool:
    """Whether it is a word that we know, or a form of one: «wanted», «closes»."""
    base = _ENDING.sub("", token)
    forms = (token, base, f"{base}e") if 2 < len(base) < len(token) else (token,)
    return token in words.names or any(form in words.known for form in forms)


def _is_form(token: str, known: str) -> bool:
    """Whether they may be two forms of one word: they differ in their last two letters at most."""
    longest = max(len(token), len(known))
    return longest > 3 and token[: longest - 2] == known[: longest - 2]


def _nearest(words: Lexicon, token: str) -> str:
    """The word that it is a misspelling of. In English, who writes as they hear may write a word
    of another language, and begin it otherwise: «wat is the prise», «nife».
    """
    hangul, foreign = sounds_alone(token), is_piece(token)
    if not words.english and not hangul and (len(token) <= SHORT or foreign):
        return token
    best, score, by_sound_alone = token, 0.0, foreign or hangul
    for known in words.known:
        allowed = 2 if len(token) > 5 and known in words.own and not words.inflects else 1
        if abs(len(known) - len(token)) > allowed:
            continue
        if words.inflects and _is_form(token, known):
            continue
        alike = sound(token) == sound(known)
        if known[0] != token[0] and not (alike and words.english):
            continue
        far = distance(token, known, allowed)
        if (far > allowed or by_sound_alone) and not alike:
            continue
        value = 1 - far / 10 + 0.3 * alike + 0.15 * (known in words.own)
        value += 0.1 * (known[0] == token[0]) + 0.1 * known.startswith(token)
        if (value, known) > (score, best):  # whatever order the set has
            best, score = known, value
    return best
