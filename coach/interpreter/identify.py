"""Which of two languages a text is in.

Where they are written in different scripts, letters are counted, which is exact. Two languages of
one script are told apart by a trained model, which weighs nothing but the two.
"""

import re
from functools import cache
from typing import Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from coach.interpreter.languages import LANGUAGES, Script

Side = Literal["a", "b"]

# Han stands in Japanese, too: kana decide there.
_LETTERS: dict[Script, re.Pattern[str]] = {
    "latin": re.compile(r"[A-Za-zÀ-ɏẠ-ỹ]"),
    "hangul": re.compile(r"[가-힣ㄱ-ㆎ]"),
    "kana": re.compile(r"[ぁ-ヿ]"),
    "han": re.compile(r"[一-鿿]"),
    "cyrillic": re.compile(r"[Ѐ-ӿ]"),
    "devanagari": re.compile(r"[ऀ-ॿ]"),
}
# One Hangul syllable or Han character is as much as this many letters of an alphabet.
_WEIGHT: dict[Script, int] = {"hangul": 3, "kana": 2, "han": 3}
ENOUGH_LETTERS = 2  # weighed; less is a sound or a slip
CLEAR_SHARE = 0.6  # of the letters of both scripts
MODEL_LETTERS = 8  # less tells a model nothing
MODEL_SURE = 2.2  # so much more likely, as a logarithm: nine to one


class Identifier:
    """Tells side "a", who speaks `languages[0]`, from side "b"."""

    def __init__(self, a: str, b: str) -> None:
        self._codes: dict[Side, str] = {"a": a, "b": b}
        self._scripts: dict[Side, Script] = {"a": LANGUAGES[a].script, "b": LANGUAGES[b].script}

    def __call__(self, text: str) -> Side | None:
        """Whose language this is; None: the text does not tell yet."""
        a, b = self._scripts["a"], self._scripts["b"]
        if a == b:
            return self._by_model(text)
        counts: dict[Side, int] = {"a": count(text, a, b), "b": count(text, b, a)}
        whole = counts["a"] + counts["b"]
        if whole < ENOUGH_LETTERS:
            return None
        best: Side = "a" if counts["a"] >= counts["b"] else "b"
        return best if counts[best] >= CLEAR_SHARE * whole else None

    def _by_model(self, text: str) -> Side | None:
        if len(_LETTERS[self._scripts["a"]].findall(text)) < MODEL_LETTERS:
            return None
        scores = dict(_model().rank(text))
        ahead = scores[self._codes["a"]] - scores[self._codes["b"]]
        if abs(ahead) < MODEL_SURE:
            return None
        return "a" if ahead > 0 else "b"


def warm(a: str, b: str) -> None:
    """Load the model if these two need it: half a second, and 100 MB for the process."""
    if LANGUAGES[a].script == LANGUAGES[b].script:
        _model()


def count(text: str, script: Script, other: Script) -> int:
    """The letters of `script`, weighed; Japanese beside anything but Chinese has its Han, too."""
    found = len(_LETTERS[script].findall(text)) * _WEIGHT.get(script, 1)
    if script == "kana":
        if other != "han":
            return found + len(_LETTERS["han"].findall(text)) * _WEIGHT["han"]
        if found:  # no Chinese sentence has kana: all of it is Japanese
            return found + len(_LETTERS["han"].findall(text)) * _WEIGHT["han"]
    if script == "han" and other == "kana" and _LETTERS["kana"].search(text):
        return 0
    return found


@cache
def _model() -> LanguageIdentifier:
    """It scores every language that it knows, as logarithms of how likely each is."""
    return LanguageIdentifier.from_model_file(MODEL_FILE)
