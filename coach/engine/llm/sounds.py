"""Words that sound alike: what a recogniser makes of a word it does not know.

`doll` for `tall`, `do leet` for `delete`, `and do` for `undo`. Compared by the consonants, in
classes of those that are mistaken for one another.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_CLASSES = (
    (r"ph|[bpfv]+", "P"),
    (r"tch|ch|sh|[szxj]+|c(?=[eiy])", "S"),
    (r"ck|[cgkq]+", "K"),
    (r"th|[dt]+", "T"),
    (r"l+", "L"),
    (r"[mn]+", "N"),
    (r"r+", "R"),
)
_SHORTEST = 2  # consonants: with fewer, too many words are alike
_LETTERS = 0.5
_LETTERS_OF_TWO = 0.65  # two words for one, such as `do leet`; `diet one` is no `dietitian`
_SILENT = re.compile(r"gh|(?<![a-z])(?:kn|wr)|[^a-zA-Z]")
_VOWELS = re.compile(r"[a-z]+")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The classes of a word's consonants, in order."""
    text = _SILENT.sub(lambda match: match[0][-1] if match[0].isalpha() else "", word.lower())
    for pattern, mark in _CLASSES:
        text = re.sub(pattern, mark, text)
    return _REPEATED.sub(r"\1", _VOWELS.sub("", text))


def index_by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their sound."""
    found: dict[str, list[str]] = {}
    for word in words:
        key = sound(word)
        if len(key) >= _SHORTEST:
            found.setdefault(key, []).append(word)
    return found


def correct_by_sound(
    heard: list[str], known: frozenset[str], sounds: dict[str, list[str]]
) -> list[str]:
    """The words with those that nobody knows, alone or two together, taken for known ones."""
    said: list[str] = []
    place = 0
    while place < len(heard):
        pair = heard[place : place + 2]
        joined = "".join(pair)
        both = _like(joined, sounds, _LETTERS_OF_TWO) if joined not in pair else ""
        if both and both not in pair:
            said.append(both)
            place += 2
            continue
        word = heard[place]
        said.append((word not in known and _like(word, sounds)) or word)
        place += 1
    return said


def _like(word: str, sounds: dict[str, list[str]], enough: float = _LETTERS) -> str:
    """The known word of this sound with the most letters in common; "" where none has enough."""
    scored = [(_letters(word, one), one) for one in sounds.get(sound(word), ())]
    share, best = max(scored, default=(0.0, ""))
    return best if share >= enough else ""


def _letters(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
