"""What of the last turns is scored: pieces as long as the sentences that the machine learned."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

SENTENCE_END = re.compile(r"(?<=[.!?;…\n])\s+")
MAX_WORDS = 45  # a turn of so many is one piece
LONE_WORDS = 30  # of a sentence that does not end
SHORT_WORDS = 12  # a turn of fewer may only be understood with the one before
MAX_UNITS = 30  # sentences of one turn, the last ones, and pairs: 0.1 s
LONG_WORDS = 18  # a turn of more may bury what counts among other things
WINDOW_WORDS, WINDOW_STEP = 14, 7


def units_of(turn: str) -> list[str]:
    """The turn, or if it is long, its sentences and each pair of neighbours."""
    if len(turn.split()) <= MAX_WORDS:
        return [turn.strip()] if turn.strip() else []
    sentences = list(_sentences(turn))
    pairs = [" ".join(pair) for pair in pairwise(sentences)]
    return [*sentences[-MAX_UNITS:], *pairs[-MAX_UNITS:]]


def windows_of(turn: str) -> list[str]:
    """A long turn in windows that overlap by half, whatever its signs; of a short one nothing."""
    words = turn.split()
    if len(words) <= LONG_WORDS:
        return []
    starts = range(0, len(words) - WINDOW_STEP, WINDOW_STEP)
    return [" ".join(words[start : start + WINDOW_WORDS]) for start in starts]


def with_turn_before(turns: Sequence[str]) -> tuple[str, str] | None:
    """The end of the turn before, and the same with a short last turn behind it; or None."""
    if len(turns) < 2 or len(turns[-1].split()) >= SHORT_WORDS:
        return None
    before = units_of(turns[-2])
    if not before or not turns[-1].strip():
        return None
    return before[-1], f"{before[-1]} {turns[-1].strip()}"


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE_END.split(text):
        words = sentence.split()
        for start in range(0, len(words), LONE_WORDS):
            yield " ".join(words[start : start + LONE_WORDS])
