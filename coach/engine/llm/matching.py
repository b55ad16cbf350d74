"""Which tool a member's words are for, by likeness to the examples in the tools' descriptions.

Words that many tools share say little; words of one tool say much. A word no example holds is
taken for the matter of the sentence (a food, a name) and counts little against a match, while a
word that belongs to another tool counts in full. Numbers are one word. The form of the sentence
has to agree: a question about a thing is no order to write it down.

Where no tool has examples, as with clients of other engines, tools are known by their names and
descriptions alone: one is meant where the thing in its name is spoken of.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coach.engine.llm.sounds import by_sound, meant
from coach.engine.llm.text import NUMBER, Utterance, is_function, likeness, read, words

ALWAYS = "Use this for every turn."
ENOUGH = 0.36  # the likeness at which a tool is taken

_EXAMPLES = re.compile(r"^Examples?:\s*(?P<list>.*)$", re.MULTILINE | re.IGNORECASE)
_IN_NAMES = re.compile(r"[_\-.]+|(?<=[a-z])(?=[A-Z])")  # between the words of a name
_QUOTED = re.compile(r'["“](.+?)["”](?=\s*(?:;|,|\.|$))')
_AMOUNTS = frozenset({"a", "some", NUMBER})  # alike before a thing
_LEADERS = frozenset({"a", "the", NUMBER, "of", "with", "and", "some", "in"})
_BEFORE_THINGS = _LEADERS | {"have", "much", "many", "eat", "drink"}
_SAME = 0.72  # letters in common at which two words are taken for one
_SHORTEST = 5  # letters of a word that may have a slip
_FORMS = {
    ("question", "statement"): 0.55,
    ("question", "request"): 0.75,
    ("statement", "request"): 0.58,
}
_FUNCTION_WEIGHT = 0.42
_PAIR_WEIGHT = 0.28
_UNKNOWN_WEIGHT = 0.40
_UNKNOWN_OBJECT_WEIGHT = 0.49
_UNKNOWN_MOST = 1.00  # however long the list of things
_WHOLE = 0.55  # where all of an example is in the words, however much else is
_ADRIFT = 0.90  # where neither a telling word nor the beginning is shared
_OTHER_MATTER = 0.85  # where no telling word is shared, and the words have one of their own
_OTHER_PERSON = 0.70  # a question about the speaker, and one about a thing
_SURE = 0.57  # the likeness at which words changed by their sound are believed
_MISSING_WEIGHT = 0.69
_ELSEWHERE_WEIGHT = 1.00  # a word this tool knows from another of its examples
_OBJECT_WEIGHT = 0.20  # a word that names a thing among things
_FOREIGN_OBJECT_WEIGHT = 0.20  # the same where another tool knows the word
_DESCRIPTION_WEIGHT = 0.25


@dataclass(frozen=True)
class ToolExamples:
    """A tool's examples, read."""

    name: str
    examples: tuple[Utterance, ...]
    stems: frozenset[str]
    about: frozenset[str]
    thing: frozenset[str]


@dataclass(frozen=True)
class Match:
    """A tool's name and how much the words are like its examples, 0..1."""

    name: str
    likeness: float


def examples_of(description: str) -> list[str]:
    """The quoted sentences of the description's `Examples:` line."""
    found = _EXAMPLES.search(description)
    return _QUOTED.findall(found["list"]) if found else []


def about(description: str) -> str:
    """The description without its examples and standing orders."""
    return _EXAMPLES.sub("", description).replace(ALWAYS, "").strip()


class Matcher:
    """Compares words with a set of tools. Made once for a set; has no state that changes."""

    def __init__(self, tools: Sequence[tuple[str, str]]) -> None:
        """`tools` are names with descriptions."""
        self._known = [_known(name, description) for name, description in tools]
        self._spread = Counter(stem for known in self._known for stem in known.stems)
        self._pairs: Counter[str] = Counter()
        for known in self._known:
            self._pairs.update({pair for one in known.examples for pair in _pairs(one.stems)})
        self._vocabulary = frozenset(self._spread)
        self._objects = self._only_objects()
        said = {word for _, text in tools for one in examples_of(text) for word in words(one)}
        telling = {word for word in said if not any(map(is_function, read(word).stems))}
        self._said = frozenset(said)
        self._sounds = by_sound(sorted(telling))

    def ranked(self, text: str) -> list[Match]:
        """All tools, the most alike first."""
        matches = self._rank(read(text))
        if matches and matches[0].likeness < ENOUGH:
            # No tool is meant by these words; perhaps by words that sound like them.
            heard = words(text)
            meaning = meant(heard, self._said, self._sounds)
            if meaning != heard:
                others = self._rank(read(" ".join(meaning)))
                if others[0].likeness >= _SURE:
                    return others
        return matches

    def _rank(self, heard: Utterance) -> list[Match]:
        matches = [Match(known.name, self._likeness(heard, known)) for known in self._known]
        return sorted(matches, key=lambda match: -match.likeness)

    def _likeness(self, heard: Utterance, known: ToolExamples) -> float:
        if not self._vocabulary:
            return self._by_name(heard, known)
        best = max((self._compare(heard, one, known) for one in known.examples), default=0.0)
        matter = [stem for stem in heard.stems if not is_function(stem)]
        told = sum(1 for stem in matter if self._nearest(stem, known.about))
        described = told / len(matter) if matter else 0.0
        return best + min(best, 1 - best) * described * _DESCRIPTION_WEIGHT

    def _by_name(self, heard: Utterance, known: ToolExamples) -> float:
        """How much of the thing in a tool's name is spoken of, and of the words, how many are in
        its description."""
        named = sum(1 for stem in known.thing if self._nearest(stem, heard.words))
        if not named:
            return 0.0
        matter = [stem for stem in heard.stems if not is_function(stem)]
        told = sum(1 for stem in matter if self._nearest(stem, known.about))
        described = told / len(matter) if matter else 1.0
        return (named / len(known.thing) + described) / 2

    def _compare(self, heard: Utterance, example: Utterance, known: ToolExamples) -> float:
        mine, theirs = heard.stems, example.stems
        if not mine or not theirs:
            return 0.0
        shared = gained = lost = unknown = 0.0
        used: set[str] = set()
        strange = False
        objects, things = _objects(mine), _things(mine)
        # An example of grammar words alone, such as `take that back`, means just what it says.
        bare = all(is_function(stem) for stem in theirs)
        missing = 1.0 if bare else _MISSING_WEIGHT
        for stem in dict.fromkeys(mine):
            near = self._nearest(stem, example.words)
            if near:
                weight = self._weight(near) * likeness(stem, near)
                shared += weight
                gained += weight
                used.add(near)
                continue
            elsewhere = self._nearest(stem, known.stems)
            if elsewhere:
                weight = self._weight(elsewhere)
                shared += weight * _ELSEWHERE_WEIGHT
                gained += weight
            elif self._nearest(stem, self._vocabulary):
                most = _FOREIGN_OBJECT_WEIGHT if stem in objects else 1.0
                gained += min(self._weight(stem), most)
            elif not is_function(stem):
                if bare:
                    gained += 1.0
                unknown += _UNKNOWN_OBJECT_WEIGHT if stem in objects else _UNKNOWN_WEIGHT
                strange = strange or stem not in things
            else:
                gained += _FUNCTION_WEIGHT
        for stem in dict.fromkeys(theirs):
            if stem not in used:
                lost += self._weight(stem) * missing
        mine_pairs, their_pairs = _pairs(mine), _pairs(theirs)
        for pair in mine_pairs & their_pairs:
            weight = _PAIR_WEIGHT / math.sqrt(self._pairs[pair])
            shared += weight
            gained += weight
        total = gained + lost + min(unknown, _UNKNOWN_MOST)
        agreement = 1.0 if heard.form == example.form else _form(heard.form, example.form)
        telling = {one for one in used if not is_function(one)} - self._objects
        same = 3 if heard.form == "question" else 2 if heard.form == "statement" else 1
        if not telling and mine[:same] != theirs[:same]:
            agreement *= _ADRIFT
        if strange and not telling and not bare:
            agreement *= _OTHER_MATTER
        if heard.form == example.form == "question" and heard.personal != example.personal:
            agreement *= _OTHER_PERSON
        alike = shared / total if total else 0.0
        if len(theirs) > 1 and used >= example.words:
            alike = max(alike, _WHOLE)
        return agreement * alike

    def _weight(self, stem: str) -> float:
        rarity = 1 / math.sqrt(self._spread[stem] or 1)
        if is_function(stem):
            return rarity * _FUNCTION_WEIGHT
        return rarity * (_OBJECT_WEIGHT if stem in self._objects else 1.0)

    def _only_objects(self) -> frozenset[str]:
        """Words that stand in one example of a tool at most, and only as `the toast` does:
        they fill a place that any other thing could fill."""
        often: set[str] = set()
        for known in self._known:
            seen: set[str] = set()
            for example in known.examples:
                stems = set(example.stems)
                often |= (stems & seen) | (stems - _objects(example.stems))
                seen |= stems
        return self._vocabulary - often

    @staticmethod
    def _nearest(stem: str, among: frozenset[str]) -> str | None:
        return stem if stem in among else _closest(stem, among)


@lru_cache(maxsize=20_000)
def _closest(stem: str, among: frozenset[str]) -> str | None:
    """The word that differs by a slip at most."""
    if is_function(stem) or len(stem) < _SHORTEST:
        return None
    best = max(among, key=lambda one: likeness(stem, one), default=None)
    return best if best is not None and likeness(stem, best) >= _SAME else None


def _known(name: str, description: str) -> ToolExamples:
    examples = tuple(read(example) for example in examples_of(description))
    stems = frozenset(stem for example in examples for stem in example.stems)
    named = _IN_NAMES.sub(" ", name)
    matter = read(f"{named} {about(description)}").stems
    # The first word of several says what is done, as `get` of `get_weather`.
    thing = frozenset(read(" ".join(named.split()[1:] or [named])).stems)
    return ToolExamples(
        name, examples, stems, frozenset(one for one in matter if not is_function(one)), thing
    )


def _pairs(stems: tuple[str, ...]) -> set[str]:
    marks = ["^", *("~" if stem in _AMOUNTS else stem for stem in stems)]
    return {f"{one} {other}" for one, other in pairwise(marks)}


def _objects(stems: tuple[str, ...]) -> set[str]:
    """The words right after an article, a number, `of`, `with` or `and`."""
    return {word for before, word in pairwise(stems) if before in _LEADERS}


def _things(stems: tuple[str, ...]) -> set[str]:
    """The same with all words after them, as in `a small green apple`, and after `have`."""
    things: set[str] = set()
    for before, word in pairwise(stems):
        if (before in _BEFORE_THINGS or before in things) and not is_function(word):
            things.add(word)
    return things


def _form(one: str, other: str) -> float:
    return _FORMS.get((one, other)) or _FORMS.get((other, one)) or 1.0
