"""Slips of the keyboard and of a recogniser put right, against the words that foods have."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coach.entities import cardinal_at
from coach.meaning.encoder import pieces_of
from coach.meaning.ordinary_words import is_ordinary
from coach.meaning.slips import swapped
from coach.nutrition.foods.idle_words import DESCRIBING, FILLER
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import key
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.measures import HOUSEHOLD, SIZES, VAGUE, VOLUME, WEIGHT

FEWEST_LETTERS: Final = 6
LONG: Final = 9
FEWEST_CONSONANTS: Final = 4
VOWELS: Final = re.compile(r"(?<=.)[aeiou]")
DOUBLED: Final = re.compile(r"(.)\1+")
SWAPPED_LETTERS: Final = (4, 5)


class Spelling:
    """Knows the words of an index; one per index."""

    def __init__(self, index: FoodIndex) -> None:
        known = set(index.words) | lexicon.EATING | DESCRIBING | FILLER
        known |= lexicon.AND | lexicon.WITH | lexicon.ON | lexicon.WITHOUT | lexicon.BRANDS
        known |= lexicon.NOT_FOOD_AFTER | set(lexicon.SLOTS)
        for table in (HOUSEHOLD, SIZES, VAGUE, VOLUME, WEIGHT):
            known |= set(table)
        self.known = known
        self.rare = index.postings()
        self.food_words = sorted(word for word in index.words if len(word) >= FEWEST_LETTERS - 1)
        self.vowelless = vowelless(self.food_words)
        self.corrected_word = lru_cache(maxsize=20_000)(self._corrected)

    def corrected(self, words: list[str]) -> list[str]:
        """The words, with unknown ones replaced where one food word is a slip away."""
        return [self.corrected_word(word) for word in words]

    def _corrected(self, word: str) -> str:
        if len(word) in SWAPPED_LETTERS and word.isascii() and word.isalpha():
            word = self._put_back(word)
        written_out = self._with_vowels(word)
        if written_out is not None:
            return written_out
        short = len(word) < FEWEST_LETTERS or not word.isalpha()
        if short or self._is_known(word) or pieces_of(word) == 1:
            return word
        most = 2 if len(word) >= LONG else 1
        plain = key(word)
        found = process.extractOne(
            plain, self.food_words, scorer=OSA.distance, score_cutoff=most, processor=None
        )
        if found is None or found[0][0] != plain[0] or len(plain) < FEWEST_LETTERS - 1:
            return word
        return str(found[0])

    def _with_vowels(self, word: str) -> str | None:
        """ "grlld chckn": the one word of foods that has these consonants, and these vowels."""
        plain = key(word)
        if len(plain) < FEWEST_CONSONANTS or not word.isalpha() or self._is_known(word):
            return None
        found = [
            full
            for full in self.vowelless.get(bare_of_vowels(plain), ())
            if len(full) > len(plain) and is_within(plain, full) and full[0] == plain[0]
        ]
        if len(found) != 1 or is_ordinary(word):
            return None
        return found[0]

    def _put_back(self, word: str) -> str:
        """A short word whose neighbouring letters changed places, if it can be one word only."""
        if self._is_known(word) or is_ordinary(word):
            return word
        found = [one for one in set(swapped(word, 1)) if self._is_known(one)]
        return found[0] if len(found) == 1 else word

    def _is_known(self, word: str) -> bool:
        number = cardinal_at([word], 0) is not None
        return number or word in self.known or key(word) in self.known or key(word) in self.rare


def bare_of_vowels(word: str) -> str:
    """Its consonants, each doubled one once."""
    consonants = VOWELS.sub("", word)
    return DOUBLED.sub(r"\1", consonants)


def vowelless(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[bare_of_vowels(word)].append(word)
    return dict(found)


def is_within(short: str, full: str) -> bool:
    """Whether all letters of the one are in the other, in their order."""
    letters = iter(full)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=4)
def spelling_of(index: FoodIndex) -> Spelling:
    """The spelling for an index; made once."""
    return Spelling(index)


def put_right(word: str) -> list[str]:
    """A word that is misheard or shortened, written out; of a plural, the plural."""
    if word in lexicon.SHORT:
        return lexicon.SHORT[word].split()
    singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    if word not in lexicon.HOMOPHONES and singular != word and singular in lexicon.HOMOPHONES:
        right = lexicon.HOMOPHONES[singular]
        return [f"{right[:-1]}ies" if right.endswith("y") else f"{right}s"]
    return [lexicon.HOMOPHONES.get(word, word)]


def slips_put_right(words: list[str]) -> list[str]:
    """Mishearings and misspellings that can mean only one thing here, put right."""
    fixed: list[str] = []
    i = 0
    while i < len(words):
        for wrong, right in lexicon.PHRASE_SLIPS:
            if tuple(words[i : i + len(wrong)]) == wrong:
                fixed.extend(right)
                i += len(wrong)
                break
        else:
            fixed.extend(put_right(words[i]))
            i += 1
    return fixed
