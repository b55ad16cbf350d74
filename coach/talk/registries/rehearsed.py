"""The registry of what a member says on purpose: sentences that were written for their talk.

At the doctor's of a lesson everybody has a pain. So no score reads there what the lesson's author
wrote for them to say. The rules read it all the same, and a score what they add of their own.
"""

import re
from collections.abc import Callable

from coach.talk.models import Session

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
Rehearsed = Callable[[Session, str], bool]  # one sentence; it reads no database

_known: list[Rehearsed] = []


def rehearsed_by(known: Rehearsed) -> Rehearsed:
    """Register who knows sentences that were written for a talk."""
    _known.append(known)
    return known


def is_rehearsed(session: Session, text: str) -> bool:
    """Whether `text`, or each of its sentences, was written for this talk."""
    said = text.strip()
    return bool(said) and (
        _is_known(session, said)
        or all(_is_known(session, sentence) for sentence in SENTENCE_END.split(said))
    )


def _is_known(session: Session, sentence: str) -> bool:
    return any(known(session, sentence) for known in _known)
