"""Text as the rules read it: lower case, words only, one spelling for each thing.

A recogniser writes "killing my cells" and people write "k1ll my s3lf", "dont wanna", "two point
eight": all become plain words. Every word remembers where it stood in the original, so that a
flag can quote what was really said. Sentence ends become a lone ".", which no gap crosses.
"""

import unicodedata
from bisect import bisect_right

from handoff.screening.adverbs import without_adverbs
from handoff.screening.misheard import PHRASES
from handoff.screening.spelling import WORDS
from handoff.screening.spoken_numbers import with_digits
from handoff.screening.tokens import COMMA, END, Word, tokens

MAX_CHARS = 32_000  # of one utterance; all of what a live talk lets through


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

    def place(self, start: int) -> int:
        """Where the word behind `text[start]` began in the original."""
        return self.words[max(0, bisect_right(self._starts, start) - 1)].start

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
    words = tokens(plain)
    words = _join_letters(words)
    words = _respell(words)
    words = [word for word in with_digits(words) if word.text != COMMA]
    words = without_adverbs(words)
    return Normal(source, _without_repeats(words))


def _plain_char(char: str) -> str:
    """One character for one character, so that positions hold."""
    if char.isascii():
        return char.lower()
    if char in "’‘`´ʼ":
        return "'"
    plain = unicodedata.normalize("NFKC", char).lower()
    return plain if len(plain) == 1 else char


def _join_letters(words: list[Word]) -> list[Word]:
    """ "s u i c i d e" is one word."""
    if not any(len(w.text) == 1 and w.text.isalpha() and w.text not in "ia" for w in words):
        return words
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
    if not any(word.text in PHRASES for word in words):
        return words
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


def _without_repeats(words: list[Word]) -> list[Word]:
    """ "I I want to to die": a word said twice counts once; so do sentence ends."""
    out: list[Word] = []
    for word in words:
        if out and out[-1].text == word.text and not word.text[0].isdigit():
            out[-1] = Word(word.text, out[-1].start, word.end)
        else:
            out.append(word)
    return out
