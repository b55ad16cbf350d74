"""The CEFR level of an English word, from a table of some thousand words; others have none."""

from collections.abc import Iterable
from functools import cache

from cefrpy import CEFRAnalyzer

LANGUAGE = "en"


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


def words_by_level(words: Iterable[str], language: str) -> list[tuple[str, int]]:
    """How many of the words are of each level, the easiest first; levels without any left out."""
    levels = [level for word in words if (level := word_level(word, language))]
    return [(level, levels.count(level)) for level in sorted(set(levels))]
