"""The facts of a sentence (`coach.meaning.facts`) as the machine and the gates read them."""

from functools import lru_cache

from coach.meaning import facts
from coach.meaning.facts import FACTS


@lru_cache(maxsize=64)
def facts_of(sentence: str) -> facts.Facts:
    """The names of the facts that hold. Kept while one answer is made."""
    return facts.facts_of(sentence)


def row(sentence: str) -> list[float]:
    """1.0 where a fact holds, in the order of `FACTS`."""
    held = facts_of(sentence)
    return [1.0 if name in held else 0.0 for name in FACTS]
