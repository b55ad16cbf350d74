"""The CEFR level of an English word, from a table of some thousand words; others have none."""

from collections.abc import Iterable
from functools import cache
from string import ascii_lowercase

from cefrpy import CEFRAnalyzer

from coach.meaning.slips import swapped

LANGUAGE = "en"
_DESCRIBING = ("JJ", "RB", "VB", "VBD", "VBG", "VBN", "VBZ")  # of the tags of the table


@cache
def _table() -> CEFRAnalyzer:
    return CEFRAnalyzer()


def word_level(word: str, language: str) -> str | None:
    """“A1” to “C2” over all that the word may mean. None: another language, or not in the table.

    Of several words the hardest counts, and all must be known: a “boarding pass” is no easier.
    """
    parts = word.casefold().replace("’", "'").split()
    if language != LANGUAGE or not parts:
        return None
    levels = [_table().get_average_word_level_CEFR(part) for part in parts]
    return None if None in levels else max(map(str, levels))


def describes(word: str) -> bool:
    """Whether an English word tells what somebody is or does, and names nobody: «nervous»."""
    tags = set(_table().get_all_pos_for_word_as_str(word))
    if tags >= {"JJ", "RB"} or "IN" in tags:
        return True
    noun = "NN" in tags and not word.endswith(("ing", "ed"))
    return not noun and "NNP" not in tags and not tags.isdisjoint(_DESCRIBING)


def is_misspelled(word: str) -> bool:
    """Whether one letter more, less or other makes a word of the table of it."""
    w = word.casefold()
    cuts = [(w[:at], w[at:]) for at in range(len(w) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near |= set(swapped(w))
    near |= {a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase}
    near |= {a + c + b for a, b in cuts for c in ascii_lowercase}
    return any(_table().is_word_in_database(one) for one in near)


def words_by_level(words: Iterable[str], language: str) -> list[tuple[str, int]]:
    """How many of the words are of each level, the easiest first; levels without any left out."""
    levels = [level for word in words if (level := word_level(word, language))]
    return [(level, levels.count(level)) for level in sorted(set(levels))]
