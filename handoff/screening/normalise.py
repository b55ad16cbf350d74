"""Text as the rules read it: lower case, words only, one spelling for each thing.

A recogniser writes "killing my cells" and people write "k1ll my s3lf", "dont wanna", "two point
eight": all become plain words. Every word remembers where it stood in the original, so that a
flag can quote what was really said. Sentence ends become a lone ".", which no gap crosses.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from handoff.screening.words import (
    CONTRACTIONS,
    EMOJI,
    FILLERS,
    LEET,
    NUMBERS,
    PHRASES,
    WITH_APOSTROPHE,
    WORDS,
)

MAX_CHARS = 32_000  # of one utterance; all of what a live talk lets through

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


class Normal:
    """Normalised text; `text` is matched by the rules, `original(a, b)` is what was said there."""

    def __init__(self, source: str, words: list[Word]) -> None:
        self.source = source
        self.words = words
        self.text = " ".join(word.text for word in words)
        self._starts: list[int] = []
        at = 0
        for word in words:
            self._starts.append(at)
            at += len(word.text) + 1

    def original(self, start: int, end: int) -> str:
        """The original words behind `text[start:end]`."""
        if not self.words:
            return ""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        return self.source[self.words[first].start : self.words[last].end].strip()


def normalise(source: str) -> Normal:
    """Read at most the first `MAX_CHARS` of `source`; linear in its length."""
    source = source[:MAX_CHARS]
    plain = source.lower() if source.isascii() else "".join(map(_plain_char, source))
    words = _tokens(plain)
    words = _join_letters(words)
    words = _respell(words)
    words = [word for word in _numbers(words) if word.text != COMMA]
    return Normal(source, _without_repeats(words))


def _plain_char(char: str) -> str:
    """One character for one character, so that positions hold."""
    if char.isascii():
        return char.lower()
    if char in "’‘`´ʼ":
        return "'"
    plain = unicodedata.normalize("NFKC", char).lower()
    return plain if len(plain) == 1 else char


def _tokens(text: str) -> list[Word]:
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


def _join_letters(words: list[Word]) -> list[Word]:
    """ "s u i c i d e" is one word."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*words, Word(END, 0, 0)]:
        if len(word.text) == 1 and word.text.isalpha() and word.text not in ("i", "a"):
            run.append(word)
            continue
        if run and len(word.text) == 1 and word.text in "ia":
            run.append(word)
            continue
        if len(run) >= 4:
            text = "".join(w.text for w in run)
            joined.append(Word(WORDS.get(text, text), run[0].start, run[-1].end))
        else:
            joined += [w._replace(text=WORDS.get(w.text, w.text)) for w in run]
        run = []
        joined.append(word)
    return joined[:-1]


def _respell(words: list[Word]) -> list[Word]:
    """Put the meant words for phrases that a recogniser mishears."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        for phrase, meant in PHRASES.get(words[at].text, ()):
            found = words[at : at + len(phrase)]
            if len(found) == len(phrase) and all(
                w.text == p for w, p in zip(found, phrase, strict=True)
            ):
                out += [Word(part, found[0].start, found[-1].end) for part in meant]
                at += len(phrase)
                break
        else:
            out.append(words[at])
            at += 1
    return out


def _numbers(words: list[Word]) -> list[Word]:
    """ "five hundred" is 500, "two point eight" is 2.8; a lone "one" stays a word."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        value, used = _number_at(words, at)
        if used and not (used == 1 and words[at].text in ("one", "a", "point", "hundred")):
            out.append(Word(value, words[at].start, words[at + used - 1].end))
            at += used
        else:
            out.append(words[at])
            at += 1
    return out


def _number_at(words: list[Word], at: int) -> tuple[str, int]:
    """The number that begins at `at`, as digits, and how many words it takes."""
    total = current = used = 0
    while at + used < len(words):
        text = words[at + used].text
        after = words[at + used + 1].text if at + used + 1 < len(words) else ""
        if text in NUMBERS:
            current += NUMBERS[text]
        elif text == "a" and not used and after in ("hundred", "thousand"):
            current = 1
        elif text == "hundred" and (current or not used):
            current = max(1, current) * 100
        elif text == "thousand" and current:
            total, current = total + current * 1000, 0
        elif text == "and" and current >= 100 and after in NUMBERS:
            pass
        else:
            break
        used += 1
    if used and at + used + 1 < len(words) and words[at + used].text == "point":
        digit = words[at + used + 1].text
        if digit in NUMBERS and NUMBERS[digit] < 10:
            return f"{total + current}.{NUMBERS[digit]}", used + 2
    return str(total + current), used


def _without_repeats(words: list[Word]) -> list[Word]:
    """ "I I want to to die": a word said twice counts once; so do sentence ends."""
    out: list[Word] = []
    for word in words:
        if out and out[-1].text == word.text and not word.text[0].isdigit():
            out[-1] = Word(word.text, out[-1].start, word.end)
        else:
            out.append(word)
    return out
