"""Which tool a member's words are for, by likeness to the examples in the tools' descriptions.

Words that many tools share say little; words of one tool say much. A word no example holds is
taken for the matter of the sentence (a food, a name) and counts little against a match, while a
word that belongs to another tool counts in full. Numbers are one word. The form of the sentence
has to agree: a question about a thing is no order to write it down.

Where no tool has examples, as with clients of other engines, tools are known by their names and
descriptions alone: one is meant where the thing in its name is spoken of.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coach.engine.llm.sounds import correct_by_sound, index_by_sound
from coach.engine.llm.text import ParsedText, is_function, likeness, read, words
from coach.engine.llm.tool_examples import (
    ToolExamples,
    examples_of,
    objects_in,
    read_examples,
    things_in,
    word_pairs,
)
from coach.engine.llm.types import Tool

ToolTexts = tuple[tuple[str, str], ...]  # names and descriptions

ENOUGH = 0.36  # the likeness at which a tool is taken

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
class Match:
    """A tool's name and how much the words are like its examples, 0..1."""

    name: str
    likeness: float


@dataclass
class _Score:
    """What words and an example share, of what both hold. `used`: the example's words found."""

    shared: float = 0.0
    gained: float = 0.0  # weight of the words, as far as any tool knows them
    lost: float = 0.0  # weight of the example's words that are missing
    unknown: float = 0.0
    strange: bool = False  # the words have a matter that is no thing
    used: set[str] = field(default_factory=set)

    @property
    def share(self) -> float:
        total = self.gained + self.lost + min(self.unknown, _UNKNOWN_MOST)
        return self.shared / total if total else 0.0


class Matcher:
    """Compares words with a set of tools. Made once for a set; has no state that changes."""

    def __init__(self, tools: Sequence[tuple[str, str]]) -> None:
        """`tools` are names with descriptions."""
        self._tools = [read_examples(name, description) for name, description in tools]
        self._spread = Counter(stem for tool in self._tools for stem in tool.stems)
        self._pairs: Counter[str] = Counter()
        for tool in self._tools:
            self._pairs.update({pair for one in tool.examples for pair in word_pairs(one.stems)})
        self._vocabulary = frozenset(self._spread)
        self._objects = self._only_objects()
        said = {word for _, text in tools for one in examples_of(text) for word in words(one)}
        telling = {word for word in said if not any(map(is_function, read(word).stems))}
        self._said = frozenset(said)
        self._sounds = index_by_sound(sorted(telling))

    def ranked(self, text: str) -> list[Match]:
        """All tools, the most alike first."""
        matches = self._rank(read(text))
        if matches and matches[0].likeness < ENOUGH:
            # No tool is meant by these words; perhaps by words that sound like them.
            heard = words(text)
            corrected = correct_by_sound(heard, self._said, self._sounds)
            if corrected != heard:
                others = self._rank(read(" ".join(corrected)))
                if others[0].likeness >= _SURE:
                    return others
        return matches

    def _rank(self, heard: ParsedText) -> list[Match]:
        matches = [Match(tool.name, self._likeness(heard, tool)) for tool in self._tools]
        return sorted(matches, key=lambda match: -match.likeness)

    def _likeness(self, heard: ParsedText, tool: ToolExamples) -> float:
        if not self._vocabulary:
            return self._by_name(heard, tool)
        best = max((self._compare(heard, one, tool) for one in tool.examples), default=0.0)
        matter = [stem for stem in heard.stems if not is_function(stem)]
        told = sum(1 for stem in matter if self._nearest(stem, tool.about))
        described = told / len(matter) if matter else 0.0
        return best + min(best, 1 - best) * described * _DESCRIPTION_WEIGHT

    def _by_name(self, heard: ParsedText, tool: ToolExamples) -> float:
        """How much of the thing in a tool's name is spoken of, and of the words, how many are in
        its description."""
        named = sum(1 for stem in tool.thing if self._nearest(stem, heard.words))
        if not named:
            return 0.0
        matter = [stem for stem in heard.stems if not is_function(stem)]
        told = sum(1 for stem in matter if self._nearest(stem, tool.about))
        described = told / len(matter) if matter else 1.0
        return (named / len(tool.thing) + described) / 2

    def _compare(self, heard: ParsedText, example: ParsedText, tool: ToolExamples) -> float:
        if not heard.stems or not example.stems:
            return 0.0
        # An example of grammar words alone, such as `take that back`, means just what it says.
        bare = all(is_function(stem) for stem in example.stems)
        score = _Score()
        self._count_words(score, heard, example, tool, bare)
        missing = 1.0 if bare else _MISSING_WEIGHT
        for stem in dict.fromkeys(example.stems):
            if stem not in score.used:
                score.lost += self._weight(stem) * missing
        for pair in word_pairs(heard.stems) & word_pairs(example.stems):
            weight = _PAIR_WEIGHT / math.sqrt(self._pairs[pair])
            score.shared += weight
            score.gained += weight
        alike = score.share
        if len(example.stems) > 1 and score.used >= example.words:
            alike = max(alike, _WHOLE)
        return self._agreement(score, heard, example, bare) * alike

    def _count_words(
        self,
        score: _Score,
        heard: ParsedText,
        example: ParsedText,
        tool: ToolExamples,
        bare: bool,
    ) -> None:
        """Weighs each of the words: shared with the example, with the tool, with others, or new."""
        objects, things = objects_in(heard.stems), things_in(heard.stems)
        for stem in dict.fromkeys(heard.stems):
            if near := self._nearest(stem, example.words):
                weight = self._weight(near) * likeness(stem, near)
                score.shared += weight
                score.gained += weight
                score.used.add(near)
            elif elsewhere := self._nearest(stem, tool.stems):
                weight = self._weight(elsewhere)
                score.shared += weight * _ELSEWHERE_WEIGHT
                score.gained += weight
            elif self._nearest(stem, self._vocabulary):
                most = _FOREIGN_OBJECT_WEIGHT if stem in objects else 1.0
                score.gained += min(self._weight(stem), most)
            elif not is_function(stem):
                score.gained += 1.0 if bare else 0.0
                score.unknown += _UNKNOWN_OBJECT_WEIGHT if stem in objects else _UNKNOWN_WEIGHT
                score.strange = score.strange or stem not in things
            else:
                score.gained += _FUNCTION_WEIGHT

    def _agreement(
        self, score: _Score, heard: ParsedText, example: ParsedText, bare: bool
    ) -> float:
        """How far form and matter of two sentences agree, whatever their words."""
        agreement = 1.0 if heard.form == example.form else _form(heard.form, example.form)
        telling = {one for one in score.used if not is_function(one)} - self._objects
        same = 3 if heard.form == "question" else 2 if heard.form == "statement" else 1
        if not telling and heard.stems[:same] != example.stems[:same]:
            agreement *= _ADRIFT
        if score.strange and not telling and not bare:
            agreement *= _OTHER_MATTER
        if heard.form == example.form == "question" and heard.personal != example.personal:
            agreement *= _OTHER_PERSON
        return agreement

    def _weight(self, stem: str) -> float:
        rarity = 1 / math.sqrt(self._spread[stem] or 1)
        if is_function(stem):
            return rarity * _FUNCTION_WEIGHT
        return rarity * (_OBJECT_WEIGHT if stem in self._objects else 1.0)

    def _only_objects(self) -> frozenset[str]:
        """Words that stand in one example of a tool at most, and only as `the toast` does:
        they fill a place that any other thing could fill."""
        often: set[str] = set()
        for tool in self._tools:
            seen: set[str] = set()
            for example in tool.examples:
                stems = set(example.stems)
                often |= (stems & seen) | (stems - objects_in(example.stems))
                seen |= stems
        return self._vocabulary - often

    @staticmethod
    def _nearest(stem: str, among: frozenset[str]) -> str | None:
        return stem if stem in among else _closest(stem, among)


def tool_texts(tools: Sequence[Tool]) -> ToolTexts:
    return tuple((tool.name, tool.description) for tool in tools)


@lru_cache(maxsize=64)
def matcher_for(tools: ToolTexts) -> Matcher:
    """The matcher of a set of tools."""
    return Matcher(tools)


@lru_cache(maxsize=20_000)
def _closest(stem: str, among: frozenset[str]) -> str | None:
    """The word that differs by a slip at most."""
    if is_function(stem) or len(stem) < _SHORTEST:
        return None
    best = max(among, key=lambda one: likeness(stem, one), default=None)
    return best if best is not None and likeness(stem, best) >= _SAME else None


def _form(one: str, other: str) -> float:
    return _FORMS.get((one, other)) or _FORMS.get((other, one)) or 1.0
