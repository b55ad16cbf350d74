"""Text as words: where each stood, its contraction undone, its digits for letters read."""

import re
from functools import lru_cache
from typing import NamedTuple

from handoff.screening.spelling import (
    CONTRACTIONS,
    EMOJI,
    FILLERS,
    LEET,
    WITH_APOSTROPHE,
    WORDS,
)

TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+\.\d+)"
    r"|(?P<word>[^\W_]+(?:['*@$!|+][^\W_]+)*)"
    r"|(?P<end>[.!?;\n…—–]+|\s-\s)"
    r"|(?P<comma>[,:])"
    r"|(?P<mark>[^\w\s,'\"()*@$|+\-/&#%<>=\[\]{}^`~\\])"
)
LEET_INSIDE = re.compile(r"(?<=[a-z])[0134578@$!|](?=[a-z])")
LONG_RUN = re.compile(r"([a-z])\1{2,}")
VOWELS = "aeiou"
MARKS = str.maketrans("", "", "*@$!|+")
END = "."
COMMA = ","


class Word(NamedTuple):
    text: str
    start: int  # where it stood in the original
    end: int


def tokens(text: str) -> list[Word]:
    """The words of `text`, which is lower case; linear in its length."""
    words: list[Word] = []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "number":
            words.append(Word(match.group().replace(",", ""), start, end))
        elif kind == "word":
            words += _word(match.group(), start, end)
        elif kind == "end":
            words.append(Word(END, start, end))
        elif kind == "comma":
            # "No, I want to die" denies nothing; elsewhere a comma only parts two numbers.
            after_no = bool(words) and words[-1].text == "no"
            words.append(Word(END if after_no else COMMA, start, end))
        elif match.group() in EMOJI:
            words.append(Word(EMOJI[match.group()], start, end))
    return words


def _word(raw: str, start: int, end: int) -> list[Word]:
    return [Word(part, start, end) for part in _spelt(raw)]


@lru_cache(maxsize=8192)
def _spelt(raw: str) -> tuple[str, ...]:
    """One written word as the words it stands for; none for "um"."""
    text = raw
    if "'" in raw:
        if raw in WITH_APOSTROPHE:
            return tuple(WITH_APOSTROPHE[raw].split())
        text = raw.replace("'", "")
    text = LEET_INSIDE.sub(lambda m: LEET[m.group()], text)
    text = text.translate(MARKS)
    text = LONG_RUN.sub(lambda m: m[1] if m[1] in VOWELS else m[1] * 2, text)
    if len(text) > 1:  # single letters may yet be spelling a word
        text = WORDS.get(text, text)
    if text in FILLERS:
        return ()
    return tuple(CONTRACTIONS.get(text, text).split())
