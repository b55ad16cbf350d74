"""The sentences that a lesson's author wrote, with any of their words in the slots.

What a learner says on purpose is told by them from what is their own. Order does not matter, since
exercises have words in any order, nor does a word for «please».
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from coach.lessons.files import sentences
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import even
from coach.lessons.wording import TOTAL, fill, some, the, with_article

Words = Counter[str]
PLEASE = re.compile(r"\b(?:please|por favor|s'?il (?:vous|te) plait|bitte)\b")


def words_of(line: str, language: str) -> Words:
    return Counter(PLEASE.sub(" ", even(line, language)).split())


@dataclass(frozen=True)
class Authored:
    """A sentence: the words around its slots, and for each slot all that can stand in it."""

    around: Words
    slots: tuple[tuple[Words, ...], ...] = ()

    @classmethod
    def of(cls, scenario: Scenario, line: str) -> Self:
        slots = []
        for match in SLOT.finditer(line):
            if match["name"] == TOTAL:
                forms = {fill(scenario, match[0], {})}
            else:
                forms = set(forms_of(scenario, match["name"]))
            slots.append(tuple(words_of(form, scenario.language) for form in sorted(forms)))
        return cls(words_of(SLOT.sub(" ", line), scenario.language), tuple(slots))

    def is_said(self, said: Words) -> bool:
        """Whether these are its very words."""
        near = self.around.keys() <= said.keys()  # of thousands, hardly any
        return near and self.around <= said and _fit(said - self.around, self.slots)


def _fit(left: Words, slots: tuple[tuple[Words, ...], ...]) -> bool:
    if not slots:
        return not left
    return any(form <= left and _fit(left - form, slots[1:]) for form in slots[0])


def forms_of(scenario: Scenario, slot: str) -> Iterator[str]:
    """Everything that a thing of the slot is called, with articles as they are usual."""
    for word, of in scenario.slots.get(slot, {}).items():
        yield from (some(word, of, 1, scenario.language), the(word, of, 1, scenario.language))
        for name in filter(None, (word, of.one, *of.also)):
            yield name
            if scenario.language == "en":
                yield from (with_article(name), f"the {name}")


def authored(scenario: Scenario) -> list[Authored]:
    """All sentences of a lesson, target phrases included."""
    lines = [*scenario.phrases, *(line for _field, line in sentences(scenario))]
    return [Authored.of(scenario, line) for line in lines]
