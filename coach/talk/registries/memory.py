"""The registry of what a talk begins with: what was agreed before, and what matters today.

It is read once, when a talk starts, and frozen in its brief.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.types import Member

MOST = 6  # things of earlier talks that an engine is told
FIRST_SENTENCE = re.compile(r"^[^.!?]*[.!?]+(?=\s|$)")


@dataclass(frozen=True)
class Remembered:
    """`text`: one sentence for the coach. `today`: one to the member, if it matters now."""

    at: datetime
    text: str
    today: str = ""


Source = Callable[[Member], Sequence[Remembered]]
_sources: list[Source] = []


def remembers(source: Source) -> Source:
    """Register what a feature keeps of earlier talks, the newest first."""
    _sources.append(source)
    return source


def remembered(member: Member) -> list[Remembered]:
    """The newest things of all features."""
    found = [one for source in _sources for one in source(member)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def open_with(greeting: str, sentence: str) -> str:
    """`greeting` with `sentence` after its first one, so that its question stays last."""
    first = FIRST_SENTENCE.match(greeting)
    if not sentence or first is None:
        return greeting
    return f"{first[0]} {sentence}{greeting[first.end() :]}"
