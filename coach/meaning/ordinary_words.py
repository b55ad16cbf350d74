"""Which words are ordinary ones, that everybody uses: "funeral" is, "florpnax" is not."""

from functools import lru_cache
from typing import Final

from coach.meaning.encoder import pieces_of

# Forms of verbs and adverbs tell what was done, whatever the verb.
FORMS: Final = ("ed", "ing", "ly", "er", "est", "ous", "ness", "ment")
FEWEST_LETTERS: Final = 5
MOST_CACHED: Final = 50_000


@lru_cache(maxsize=MOST_CACHED)
def is_ordinary(word: str) -> bool:
    """Whether it is a common word, in any form; names of things that few people know are not."""
    if len(word) >= FEWEST_LETTERS and word.endswith(FORMS):
        return True
    return pieces_of(word) == 1 or (word.endswith("ies") and pieces_of(f"{word[:-3]}y") == 1)
