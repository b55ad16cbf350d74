"""Plain facts of a sentence that its vector does not hold: who, when, whether, and what form.

In five languages; `facts.txt` holds how they show. The engine's machine reads them beside the
vector when it tells a kind of request. What may be written down, and what may be changed, hangs on
them alone.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from coach.meaning.patterns import read_patterns
from coach.meaning.plain_speech import plain_speech

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LENGTHS = (1, 2, 3, 5, 8, 14)  # words, at most: one fact each
_PATTERNS = read_patterns(Path(__file__).with_name("facts.txt"))
FACTS = (*_PATTERNS, *(f"up_to_{most}" for most in _LENGTHS), "longer")

Facts = frozenset[str]


def facts_of(sentence: str) -> Facts:
    """The names of the facts that hold, out of `FACTS`."""
    text = plain_speech(" ".join(sentence.replace("’", "'").split()))
    held = {name for name, pattern in _PATTERNS.items() if pattern.search(text)}
    count = len(_WORD.findall(text))
    held.add(next((f"up_to_{most}" for most in _LENGTHS if count <= most), "longer"))
    return frozenset(held)


def any_of(held: Facts, names: Sequence[str]) -> bool:
    """Whether one of the facts holds."""
    return not held.isdisjoint(names)
