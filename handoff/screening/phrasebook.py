"""The rules of a language other than English, and what changes the meaning of its phrases.

Words are read folded: lower case, without accents, apostrophes parted ("j'ai" is "j ai"). A rule
says all that it needs, so that it is exact; what is said in other words is the score's.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from handoff.screening.normalise import MAX_CHARS, Normal
from handoff.screening.patterns import Rule
from handoff.screening.tokens import END, Word

TOKEN = re.compile(r"(?P<word>\d+[.,]\d+|[^\W_]+)|(?P<end>[.!?;…\n]+)|(?P<comma>,)")
NO = frozenset(["no", "non", "nein"])  # "No, quiero morir" denies nothing
BEFORE = 60  # characters before a match in which it may be denied
REMEMBERED_WORDS = 8192


@dataclass(frozen=True)
class Phrasebook:
    """`common`: words that tell the language; a text that has none is not read by these rules.

    denied   what stands right before a match that is denied, and `still` what only looks like it
    past     what puts a sentence years back, unless `present` stands in it as well
    lesson   a phrase to translate, a line of a song
    """

    language: str
    rules: tuple[Rule, ...]
    common: re.Pattern[str]
    denied: re.Pattern[str]
    still: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]
    lesson: re.Pattern[str]

    def reads(self, text: str, language: str) -> bool:
        return language.split("-")[0] == self.language or bool(self.common.search(text))


class Hit(NamedTuple):
    """A match; `severity` None: in this context it is nothing."""

    rule: Rule
    severity: int | None
    start: int
    end: int
    lesson: bool


@lru_cache(maxsize=4)
def folded(source: str) -> Normal:
    """The words of `source` without accents; linear in its length."""
    words: list[Word] = []
    for match in TOKEN.finditer(source[:MAX_CHARS].lower()):
        text = _folded(match.group()) if match.lastgroup == "word" else END
        if match.lastgroup == "comma" and not (words and words[-1].text in NO):
            continue
        if not words or words[-1].text != text:
            words.append(Word(text, match.start(), match.end()))
    return Normal(source, words)


@lru_cache(maxsize=REMEMBERED_WORDS)
def _folded(word: str) -> str:
    if word.isascii():
        return word.replace(",", ".")
    plain = unicodedata.normalize("NFKC", word.replace("ß", "ss"))
    return "".join(_base(char) for char in plain)


def _base(char: str) -> str:
    """A Latin letter without its accent; a syllable of Hangul stays whole."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


def hits(book: Phrasebook, text: str, most: int) -> Iterator[Hit]:
    """What `book` finds in folded `text`: at most `most` a rule."""
    for rule in book.rules:
        for count, match in enumerate(rule.find.finditer(text)):
            if count >= most:
                break
            start, end = match.span()
            left, right = _sentence(text, start, end)
            if rule.unless is not None and rule.unless.search(text, left, right):
                continue
            if rule.number is not None and not any(
                rule.number(float(number)) for number in match.groupdict().values() if number
            ):
                continue
            lesson = bool(book.lesson.search(text, left, right)) and rule.code != "ASK"
            yield Hit(rule, _severity(book, rule, text, start, left, right), start, end, lesson)


def _severity(
    book: Phrasebook, rule: Rule, text: str, start: int, left: int, right: int
) -> int | None:
    before = text[max(left, start - BEFORE) : start]
    severity = rule.severity
    if book.denied.search(before) and not book.still.search(before):
        return rule.negated if rule.negated is None else max(severity, rule.negated)
    around = text[left:right]
    if rule.past is not None and book.past.search(around) and not book.present.search(around):
        severity = max(severity, rule.past)
    return severity


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = text.rfind(" . ", 0, start)
    right = text.find(" . ", end)
    return (left + 3 if left >= 0 else 0), (right if right >= 0 else len(text))
