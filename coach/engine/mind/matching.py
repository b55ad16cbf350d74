"""Which tool a member's words are for, by likeness to the examples in the tools' descriptions.

Words that many tools share say little; words of one tool say much. A word no example holds is
taken for the matter of the sentence (a food, a name) and counts little against a match, while a
word that belongs to another tool counts in full. Numbers are one word. The form of the sentence
has to agree: a question about a thing is no order to write it down.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coach.engine.mind.text import Utterance, is_function, likeness, read

ALWAYS = "Use this for every turn."
ENOUGH = 0.40  # the likeness at which a tool is taken

_EXAMPLES = re.compile(r"^Examples?:\s*(?P<list>.*)$", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(r'["“](.+?)["”](?=\s*(?:;|,|\.|$))')
_SAME = 0.72  # letters in common at which two words are taken for one
_FORMS = {
    ("question", "statement"): 0.55,
    ("question", "request"): 0.75,
    ("statement", "request"): 0.70,
}
_FUNCTION_WEIGHT = 0.22
_PAIR_WEIGHT = 0.45
_UNKNOWN_WEIGHT = 0.30
_MISSING_WEIGHT = 0.45
_ELSEWHERE_WEIGHT = 0.7  # a word this tool knows from another of its examples
_DESCRIPTION_WEIGHT = 0.45


@dataclass(frozen=True)
class Known:
    """A tool's examples, read."""

    name: str
    examples: tuple[Utterance, ...]
    stems: frozenset[str]
    about: frozenset[str]


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

    def best(self, text: str) -> Match | None:
        """The tool most alike, if it is alike enough."""
        ranked = self.ranked(text)
        return ranked[0] if ranked and ranked[0].likeness >= ENOUGH else None

    def ranked(self, text: str) -> list[Match]:
        """All tools, the most alike first."""
        heard = read(text)
        matches = [Match(known.name, self._likeness(heard, known)) for known in self._known]
        return sorted(matches, key=lambda match: -match.likeness)

    def _likeness(self, heard: Utterance, known: Known) -> float:
        best = max((self._compare(heard, one, known) for one in known.examples), default=0.0)
        matter = [stem for stem in heard.stems if not is_function(stem)]
        told = sum(1 for stem in matter if self._nearest(stem, known.about))
        described = told / len(matter) if matter else 0.0
        return best + (1 - best) * described * _DESCRIPTION_WEIGHT * 0.5

    def _compare(self, heard: Utterance, example: Utterance, known: Known) -> float:
        mine, theirs = heard.stems, example.stems
        if not mine or not theirs:
            return 0.0
        shared = gained = lost = 0.0
        used: set[str] = set()
        for stem in dict.fromkeys(mine):
            near = self._nearest(stem, frozenset(theirs))
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
                gained += self._weight(stem)
            else:
                gained += _UNKNOWN_WEIGHT
        for stem in dict.fromkeys(theirs):
            if stem not in used:
                lost += self._weight(stem) * _MISSING_WEIGHT
        mine_pairs, their_pairs = _pairs(mine), _pairs(theirs)
        for pair in mine_pairs & their_pairs:
            weight = _PAIR_WEIGHT / math.sqrt(self._pairs[pair])
            shared += weight
            gained += weight
        total = gained + lost
        form = 1.0 if heard.form == example.form else _form(heard.form, example.form)
        return form * shared / total if total else 0.0

    def _weight(self, stem: str) -> float:
        rarity = 1 / math.sqrt(self._spread[stem] or 1)
        return rarity * (_FUNCTION_WEIGHT if is_function(stem) else 1.0)

    def _nearest(self, stem: str, among: frozenset[str]) -> str | None:
        if stem in among:
            return stem
        if is_function(stem) or len(stem) < 5:
            return None
        best = max(among, key=lambda one: likeness(stem, one), default=None)
        return best if best is not None and likeness(stem, best) >= _SAME else None


def _known(name: str, description: str) -> Known:
    examples = tuple(read(example) for example in examples_of(description))
    stems = frozenset(stem for example in examples for stem in example.stems)
    matter = read(f"{name.replace('_', ' ')} {about(description)}").stems
    return Known(name, examples, stems, frozenset(one for one in matter if not is_function(one)))


def _pairs(stems: tuple[str, ...]) -> set[str]:
    return {f"{one} {other}" for one, other in zip(("^", *stems), stems, strict=False)}


def _form(one: str, other: str) -> float:
    return _FORMS.get((one, other)) or _FORMS.get((other, one)) or 1.0
