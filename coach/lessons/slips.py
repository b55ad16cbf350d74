"""Common slips of learners: what was said, what is more natural, and why.

Authored, and found by pattern: it names what it knows and stays silent about the rest.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "data" / "slips.toml"


class Slip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pattern: str
    better: str  # a regular-expression template
    why: str
    weight: int = 1  # what helps most is shown first


class Correction(msgspec.Struct, frozen=True):
    said: str
    better: str
    why: str


@cache
def _slips() -> list[tuple[re.Pattern[str], Slip]]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["slip"]
    return [(re.compile(s.pattern, re.I), s) for s in msgspec.convert(rows, list[Slip])]


def sentences(turns: Iterable[str]) -> list[str]:
    """The sentences of all turns: a correction shows the one it is about."""
    return [part for said in turns for part in re.split(r"(?<=[.!?])\s+", said.strip()) if part]


def corrections(turns: Iterable[str], limit: int = 3) -> list[Correction]:
    """The most useful corrections of what was said, each kind once, best first."""
    found: dict[str, tuple[int, Correction]] = {}
    for said in sentences(turns):
        for pattern, slip in _slips():
            if slip.pattern in found or not pattern.search(said):
                continue
            better = pattern.sub(slip.better, said, count=1)
            better = better[:1].upper() + better[1:]
            found[slip.pattern] = (slip.weight, Correction(said, better, slip.why))
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    return [correction for _, correction in ranked[:limit]]
