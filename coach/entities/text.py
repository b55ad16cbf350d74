"""A text cut into words, numbers and marks that know where they stand."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

import msgspec

FRACTIONS: Final = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
LETTERS: Final = rf"[^\W\d_{FRACTIONS}][^\W\d_{FRACTIONS}\u0300-\u036f]*[\u0300-\u036f]*"
# Groups of digits keep what joins them ("1,500", "14.30", "25.11.2026"): languages read it.
TOKEN: Final = re.compile(
    rf"""(?P<number>\d+(?:[.,'’\u00a0\u202f]\d+)*|(?<![\d\w.,])[.,]\d+|[{FRACTIONS}])
    |(?P<word>{LETTERS}(?:['’`]{LETTERS})*)
    |(?P<mark>\S)""",
    re.VERBOSE,
)
WORD_PART: Final = re.compile(LETTERS)
MOST_CHARACTERS: Final = 20_000

TokenKind = Literal["number", "word", "mark", "end"]


class Token(msgspec.Struct, frozen=True):
    """`text` is folded (lower case, no accents), `raw` as written. `glued`: no space before it."""

    text: str
    raw: str
    start: int
    end: int
    kind: TokenKind
    glued: bool = False


END: Final = Token("", "", 0, 0, "end")


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Lower case, without accents and apostrophes; Hangul stays whole."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", re.sub("['’`]", "", plain))


def word_set(text: str) -> frozenset[str]:
    """A set of words written as text."""
    return frozenset(text.split())


def tokens(text: str, *, parts_at_apostrophes: bool = False) -> list[Token]:
    """All tokens of `text` in order. A hyphen within a word parts it and is no token of its own.

    `parts_at_apostrophes`: "d'huile" is two words, as it is in French.
    """
    found: list[Token] = []
    end = 0
    for match in TOKEN.finditer(text[:MOST_CHARACTERS]):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        raw, start = match[0], match.start()
        glued = start == end and start > 0
        end = match.end()
        if kind == "mark" and raw in "-‐‑" and is_hyphen(text, start):
            continue
        if kind == "word" and parts_at_apostrophes:
            found += words_between_apostrophes(raw, start, glued)
            continue
        found.append(Token(folded(raw), raw, start, end, kind, glued))
    return found


def is_hyphen(text: str, at: int) -> bool:
    """Whether the dash at `at` joins a word to what stands before it ("twenty-five", "2-inch")."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before.isalnum() and after.isalpha())


def words_between_apostrophes(raw: str, start: int, glued: bool) -> list[Token]:
    found: list[Token] = []
    for part in WORD_PART.finditer(raw):
        at = start + part.start()
        found.append(
            Token(folded(part[0]), part[0], at, at + len(part[0]), "word", glued or bool(found))
        )
    return found
