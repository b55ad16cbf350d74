"""Text as words: where each stood, its contraction undone, its digits for letters read."""

import re
from collections.abc import Iterable, Iterator
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
LONE_DASH = re.compile(r"\s-\s")  # ends a sentence, and is the one thing read over spaces
CHUNK_CHARS = 40  # of what is remembered between two spaces
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


Piece = tuple[str, int, int]  # a word, and where it stands


def tokens(text: str) -> list[Word]:
    """The words of `text`, which is lower case; linear in its length."""
    if LONE_DASH.search(text):
        return _placed([(0, tuple(_read(text)))])
    chunks, at = [], 0
    for chunk in text.split(" "):  # nothing else that is read goes over a space
        if chunk:
            chunks.append((at, _pieces(chunk) if len(chunk) <= CHUNK_CHARS else _read(chunk)))
        at += len(chunk) + 1
    return _placed(chunks)


def _placed(chunks: Iterable[tuple[int, Iterable[Piece]]]) -> list[Word]:
    words: list[Word] = []
    for at, pieces in chunks:
        for piece, start, end in pieces:
            # "No, I want to die" denies nothing; elsewhere a comma only parts two numbers.
            after_no = piece == COMMA and words and words[-1].text == "no"
            words.append(Word(END if after_no else piece, at + start, at + end))
    return words


@lru_cache(maxsize=8192)
def _pieces(chunk: str) -> tuple[Piece, ...]:
    """People use few words, and what the coach says is read again with each word it adds."""
    return tuple(_read(chunk))


def _read(text: str) -> Iterator[Piece]:
    for match in TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "number":
            yield match.group().replace(",", ""), start, end
        elif kind == "word":
            for part in _spelt(match.group()):
                yield part, start, end
        elif kind == "end":
            yield END, start, end
        elif kind == "comma":
            yield COMMA, start, end
        elif match.group() in EMOJI:
            yield EMOJI[match.group()], start, end


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
