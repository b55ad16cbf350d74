"""The vocabulary of each language that is read."""

from typing import Final

from coach.entities.vocabulary.english import ENGLISH
from coach.entities.vocabulary.french import FRENCH
from coach.entities.vocabulary.german import GERMAN
from coach.entities.vocabulary.korean import KOREAN
from coach.entities.vocabulary.spanish import SPANISH
from coach.entities.vocabulary.vocabulary import Vocabulary

VOCABULARIES: Final[dict[str, Vocabulary]] = {
    "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN, "ko": KOREAN,
}  # fmt: skip


def vocabulary_of(language: str) -> Vocabulary:
    """That of a code of two letters ("es", "es-MX"); English for a language that is not known."""
    return VOCABULARIES.get(language[:2].lower(), ENGLISH)


def unit_named(word: str, language: str = "en") -> str | None:
    """The canonical unit that one folded word names ("grams": "g"); None: it is no unit."""
    rows = vocabulary_of(language).units.get(word, ())
    return next((name for rest, name in rows if not rest), None)


def cardinal_at(words: list[str], i: int, language: str = "en") -> tuple[float, int] | None:
    """The number that folded words say at `i`, and the place after it.

    Of "three fifty", said without a hundred, it is the three: only a unit makes it 350.
    """
    read = vocabulary_of(language).numbers.cardinal(words, i)
    if read is None:
        return None
    if read.spoken:
        first = vocabulary_of(language).numbers.cardinal(words[i : i + 1], 0)
        return (first.value, i + 1) if first else None
    return read.value, read.end
