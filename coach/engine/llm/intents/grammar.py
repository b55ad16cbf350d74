"""Plain facts of a sentence that its vector does not hold: who, when, whether, and what form.

In five languages; `grammar.txt` holds how they show. They stand beside the vector when a kind is
told, and they are the gates: what is asked, planned, denied or somebody else's is never written
down as eaten.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from coach.engine.llm.intents.patterns import read_patterns

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LENGTHS = (1, 2, 3, 5, 8, 14)  # words, at most: one fact each
_PATTERNS = read_patterns(Path(__file__).with_name("grammar.txt"))
FACTS = (*_PATTERNS, *(f"up_to_{most}" for most in _LENGTHS), "longer")


@lru_cache(maxsize=64)
def facts_of(sentence: str) -> frozenset[str]:
    """The names of the facts that hold, out of `FACTS`. Kept while one answer is made."""
    text = " ".join(sentence.replace("’", "'").split())
    held = {name for name, pattern in _PATTERNS.items() if pattern.search(text)}
    count = len(_WORD.findall(text))
    held.add(next((f"up_to_{most}" for most in _LENGTHS if count <= most), "longer"))
    return frozenset(held)


def row(sentence: str) -> list[float]:
    """1.0 where a fact holds, in the order of `FACTS`."""
    held = facts_of(sentence)
    return [1.0 if name in held else 0.0 for name in FACTS]


def any_of(held: frozenset[str], names: Sequence[str]) -> bool:
    """Whether one of the facts holds."""
    return not held.isdisjoint(names)
