"""How alike two words are: by their letters, and by how they sound.

A syllable of Hangul is taken apart into its letters. Where a lesson is in English, learners write
as they hear; in Korean they mix up the vowels that sound alike.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

SHORTEST: Final = 4  # letters of a word that may be misspelled other than by its sound
SHORTEST_HANGUL: Final = 6
LIKE_HANGUL: Final = 0.8
_HANGUL: Final = re.compile(r"[가-힣ᄀ-ᇿ]")
_ENGLISH: Final = (
    (r"ph", "f"), (r"^kn", "n"), (r"^th", "d"), (r"wh", "w"),
    (r"ght", "t"), (r"ck|qu|c(?![eiyh])", "k"),
    (r"c|z", "s"), (r"(\w)\1", r"\1"), (r"ee|ea|ie|ei|y|e(?=a)", "i"), (r"ou|oo", "u"), (r"e$", ""),
)  # fmt: skip
_KOREAN: Final = (
    ("\u1162", "\u1166"), ("\u1164", "\u1168"),  # ㅐ ㅔ, ㅒ ㅖ
    ("[\u116b\u1170]", "\u116c"),  # ㅙ ㅞ ㅚ
    ("\u110b\u1167$", "\u110b\u116d"),  # 여 요
    ("\u1101", "\u1100"), ("\u1104", "\u1103"), ("\u1108", "\u1107"), ("\u110d", "\u110c"),
    ("\u11bb", "\u11ba"),  # ㅆ ㅅ below
)  # fmt: skip
_SOUND = {
    False: tuple((re.compile(spelled), heard) for spelled, heard in _ENGLISH),
    True: tuple((re.compile(spelled), heard) for spelled, heard in _KOREAN),
}


@lru_cache(maxsize=8192)
def letters(word: str) -> str:
    """The word in letters, Hangul taken apart."""
    return unicodedata.normalize("NFD", word)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Roughly how a word sounds: «tee» and «tea» are the same, and so are «주새요» and «주세요»."""
    hangul = sounds_alone(word)
    word = letters(word) if hangul else word.replace("ee", "i").replace("ea", "i")
    for spelled, heard in _SOUND[hangul]:
        word = spelled.sub(heard, word)
    return word


def sounds_alone(word: str) -> bool:
    """Whether one other letter makes another word: «가세요», «주세요». Only its sound may tell."""
    return _HANGUL.search(word) is not None


def distance(said: str, known: str, most: int) -> int:
    """How many letters are wrong; more than `most` if there are more."""
    return OSA.distance(letters(said), letters(known), score_cutoff=most)


def likeness(said: str, name: str) -> float:
    """From 0 to 1: how far `said` may be `name` in other letters."""
    a, b = letters(said), letters(name)
    if a[0] != b[0]:
        return 0
    if sound(said) == sound(name):
        return 0.99
    hangul = sounds_alone(name)
    if min(len(a), len(b)) < (SHORTEST_HANGUL if hangul else SHORTEST):
        return 0
    like: float = OSA.normalized_similarity(a, b)
    sounds: float = OSA.normalized_similarity(sound(said), sound(name))
    if hangul:
        return like if like >= LIKE_HANGUL else 0
    return max(like, sounds if len(name) >= 6 else 0)
