"""The tables of words: what a thing is called in the profile, and how people say it."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TABLES = files(__package__) / "tables"


class Hit(NamedTuple):
    """A word of a table in a text: its name, and where it stands."""

    name: str
    start: int
    end: int


@cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words of a table, the longest first, and the name of each."""
    names: dict[str, str] = {}
    for line in (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            called, _colon, said = line.partition(":")
            for words in (called, *said.split(" | ")):
                names.setdefault(_plain(words), called.strip())
    longest = sorted(names, key=len, reverse=True)
    found = "|".join(re.escape(words).replace(r"\ ", "[ -]") for words in longest)
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])"), names


def hits(table: str, text: str) -> Iterator[Hit]:
    """The words of `table` in `text` (lower case), from left to right."""
    pattern, names = _table(table)
    for found in pattern.finditer(text):
        yield Hit(names[_plain(found[0])], found.start(), found.end())


def named(table: str, words: str) -> str:
    """The name of exactly these words, or ""."""
    return _table(table)[1].get(_plain(words), "")


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").replace("’", "'").split())
