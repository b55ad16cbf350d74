"""The sentences that a lesson's author wrote for the learner to say, word for word.

What is not scored must be no more than what was written: so neither the partner's lines nor what
only looks like an answer, and no other order of the same words. `authored` compares exercises.
"""

import re
from collections.abc import Iterator
from functools import cache

from coach.lessons.authored import PLEASE, forms_of
from coach.lessons.files import catalogue
from coach.lessons.scenario import SLOT, Scenario
from coach.lessons.understanding.text import even
from coach.lessons.wording import TOTAL, fill

_MARK = "qslot{}q"  # survives `even`; no lesson has such a word


def is_for_the_learner(slug: str, sentence: str) -> bool:
    """Whether it is a whole sentence of this shipped lesson, with one of its words in each slot."""
    said = _compared(sentence, catalogue()[slug].language)
    return bool(said) and any(line.fullmatch(said) for line in _lines(slug))


def _compared(line: str, language: str) -> str:
    """As it is compared: a «please» more or less says nothing else."""
    return " ".join(PLEASE.sub(" ", even(line, language)).split())


@cache
def _lines(slug: str) -> tuple[re.Pattern[str], ...]:
    scenario = catalogue()[slug]
    return tuple(_pattern(scenario, line) for line in dict.fromkeys(_of_the_learner(scenario)))


def _of_the_learner(scenario: Scenario) -> Iterator[str]:
    yield from scenario.phrases
    for objective in scenario.objectives:
        yield from objective.said
    for aside in scenario.asides:
        yield from aside.when


def _pattern(scenario: Scenario, line: str) -> re.Pattern[str]:
    slots = list(SLOT.finditer(line))
    count = iter(range(len(slots)))
    marked = SLOT.sub(lambda _: _MARK.format(next(count)), line)
    pattern = re.escape(_compared(marked, scenario.language))
    for n, slot in enumerate(slots):
        pattern = pattern.replace(_MARK.format(n), _any_word(scenario, slot))
    return re.compile(pattern)


def _any_word(scenario: Scenario, slot: re.Match[str]) -> str:
    if slot["name"] == TOTAL:
        words = {fill(scenario, slot[0], {})}
    else:
        words = set(forms_of(scenario, slot["name"]))
    compared = {_compared(word, scenario.language) for word in words} - {""}
    return "(?:" + "|".join(re.escape(word) for word in sorted(compared)) + ")"
