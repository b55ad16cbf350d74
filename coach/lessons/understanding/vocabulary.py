"""Words that are right as they are said, though a lesson does not have them.

No list of a language's words comes with us. Two lists are near to one: the words of all lessons in
it, and the pieces of the sentence encoder that begin a word, which are of 16 languages.
"""

from functools import cache
from typing import Final

from coach.lessons.files import as_written, catalogue, sentences
from coach.lessons.scenario import SLOT
from coach.lessons.understanding.text import even, folded
from coach.meaning.encoder import pieces

SHORTEST: Final = 4  # letters of a piece that is a word: shorter ones begin all kinds of words


@cache
def words_of(language: str) -> frozenset[str]:
    """The evened words of all lessons in a language, and of their translations into it."""
    lines: list[str] = []
    for scenario in catalogue().values():
        for word, glossed in (*scenario.words.items(), *scenario.phrases.items()):
            lines += [word] if scenario.language == language else [glossed.get(language, "")]
        if scenario.language == language:
            told = [*sentences(scenario), *as_written(scenario)]
            lines += [*(line for _, line in told), scenario.setting]
            for words in scenario.slots.values():
                for word, of in words.items():
                    lines += [word, of.one, of.many.replace("{n}", ""), *of.also]
    return frozenset(word for line in lines for word in even(SLOT.sub(" ", line), language).split())


def is_piece(word: str) -> bool:
    """Whether the encoder knows an evened `word`, in whatever language."""
    return word in _pieces()


@cache
def _pieces() -> frozenset[str]:
    return frozenset(word for word in map(folded, pieces()) if len(word) >= SHORTEST)
