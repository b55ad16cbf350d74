"""Words of a food name or a sentence, and the key under which forms of a word meet."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

FRACTIONS: Final = {
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8",
}  # fmt: skip
TOKEN: Final = re.compile(r"\d+/\d+|\d+:\d\d|\d*\.\d+|\d+|[^\W\d_]+|[,.:;!?\n]|[\ue000-\uf8ff]")
IRREGULAR: Final = {
    "halves": "half", "leaves": "leaf", "loaves": "loaf", "knives": "knife", "calves": "calf",
    "wolves": "wolf", "shelves": "shelf", "geese": "goose", "feet": "foot", "children": "child",
    "data": "data", "gas": "gas", "peas": "pea", "molasses": "molasses", "yes": "yes", "has": "has",
    "was": "was", "is": "is", "as": "as", "this": "this", "its": "its", "plus": "plus",
    "minus": "minus", "chips": "chip", "hummus": "hummus", "asparagus": "asparagus", "lens": "lens",
    "his": "his", "tennis": "tennis", "cassis": "cassis", "basis": "basis", "chassis": "chassis",
}  # fmt: skip


def stands_in(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether the keys `words` stand in the keys `own`, next to each other."""
    return any(own[start : start + len(words)] == words for start in range(len(own)))


def words_of(text: str) -> frozenset[str]:
    """A set of words written as text."""
    return frozenset(text.split())


def tokens(text: str) -> list[str]:
    """Lower-case words, numbers and pauses of `text`; hyphens part words, apostrophes go."""
    text = text.lower().replace("’", "").replace("'", "").replace("`", "")
    for sign, plain in FRACTIONS.items():
        text = text.replace(sign, f" {plain} ")
    # Accents go: who says phở or purée may write pho and puree.
    text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    text = unicodedata.normalize("NFKC", text).lower()  # 𝐄𝐆𝐆 has become EGG
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text)  # 9 a.m.
    text = text.replace("&", " and ").replace("%", " percent ").replace("+", " plus ")
    text = re.sub(r"(?:^|(?<=\s))[-−](?=\d)", " minus ", text)
    text = re.sub(r"\s-\s", " , ", text)
    text = re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", " to ", text)
    text = re.sub(r"[–—]", " , ", text)
    return TOKEN.findall(text)


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """One key for the forms of a word: egg, eggs → egg; cookie, cookies → cooky."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith(("oes", "ches", "shes", "xes", "sses", "zzes")):
        return word[:-2] if not word.endswith("ches") or word != "quiches" else "quiche"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural."""
    return word.endswith("s") and key(word) != word


@lru_cache(maxsize=50_000)
def keys(text: str) -> tuple[str, ...]:
    """The keys of the words of a name, without pauses."""
    return tuple(key(word) for word in tokens(text) if word[0].isalnum())
