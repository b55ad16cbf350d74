"""Phrases written as patterns, and where a sentence holds one.

    "the? day before yesterday <part>?"

A word may be one of several (`on|at`), `?` makes it optional, and `<slot>` is a kind of word.
"""

from collections.abc import Callable
from itertools import product

import msgspec

Element = frozenset[str] | str  # words to choose from, or the name of a slot
# Reads a slot at a token: what it holds and the token after it.
Slots = dict[str, Callable[[int], tuple[object, int] | None]]


class Phrase(msgspec.Struct, frozen=True):
    """A pattern without optional words; `offset` is what its kind makes of it (days, say)."""

    kind: str
    elements: tuple[Element, ...]
    offset: int
    part: str


class Found(msgspec.Struct, frozen=True):
    """A phrase in a sentence, what its slots hold, and the token after it."""

    phrase: Phrase
    slots: dict[str, object]
    end: int


class Phrases:
    """All phrases of a language, by their first word."""

    def __init__(self, rows: list[tuple[str, str, int, str]]) -> None:
        self.by_word: dict[str, list[Phrase]] = {}
        self.by_slot: dict[str, list[Phrase]] = {}
        for kind, pattern, offset, part in rows:
            for elements in variants(pattern):
                phrase = Phrase(kind, elements, offset, part)
                if isinstance(elements[0], str):
                    self.by_slot.setdefault(elements[0], []).append(phrase)
                else:
                    for word in elements[0]:
                        self.by_word.setdefault(word, []).append(phrase)

    def longest_at(self, words: list[str], i: int, slots: Slots) -> list[Found]:
        """All phrases that stand at `i`, the longest first."""
        if i >= len(words):
            return []
        found = [match(phrase, words, i, slots) for phrase in self.by_word.get(words[i], ())]
        for slot, phrases in self.by_slot.items():
            if slots[slot](i) is not None:
                found += [match(phrase, words, i, slots) for phrase in phrases]
        return sorted((one for one in found if one is not None), key=lambda one: -one.end)


def variants(pattern: str) -> list[tuple[Element, ...]]:
    """The pattern with and without each of its optional words."""
    choices: list[tuple[tuple[Element, ...], ...]] = []
    for element in pattern.split():
        optional = element.endswith("?")
        element = element.removesuffix("?")
        read: Element = element if element[0] == "<" else frozenset(element.split("|"))
        choices.append(((read,), ()) if optional else ((read,),))
    joined = (tuple(e for part in chosen for e in part) for chosen in product(*choices))
    return [elements for elements in joined if elements]


def match(phrase: Phrase, words: list[str], i: int, slots: Slots) -> Found | None:
    held: dict[str, object] = {}
    for element in phrase.elements:
        if i >= len(words):
            return None
        if isinstance(element, frozenset):
            if words[i] not in element:
                return None
            i += 1
            continue
        read = slots[element](i)
        if read is None:
            return None
        held[element], i = read
    return Found(phrase, held, i)
