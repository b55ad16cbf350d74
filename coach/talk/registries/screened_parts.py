"""A text in parts that are screened one by one, so that no part takes long. Pure.

A screener reads about 9 µs a character, and a live talk lets through texts of 32,000. What a part
finds must be what the whole text would have told: "I don't | want to die" is no part to begin at.
So each part has an own stretch, in which what it finds begins, and is read with `CONTEXT_CHARS` of
the text before and after it. Own stretches end at sentence ends where they can.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

LOOP_CHARS = 560  # what one part on the loop may read: at most 5 ms
THREAD_CHARS = 2400  # of one part of a longer text, read in a thread
CONTEXT_CHARS = 260  # what stands around a match tells what it means, and no screener looks farther
SENTENCE_END = re.compile(r"[.!?;\n…]+\s*")


class Part(NamedTuple):
    """A stretch of a text with what stands around it; `own` is that stretch within `text`."""

    text: str
    own: tuple[int, int]


def parts_of(text: str, seen: str = "") -> list[Part]:
    """`text` in parts; what `seen` (the same utterance, shorter) told already is left out.

    One part, or none, may be screened on the loop. More are of a text that belongs into a thread.
    """
    first = _new_from(text, seen)
    if first >= len(text):
        return []
    whole = len(text) - max(0, first - CONTEXT_CHARS) <= LOOP_CHARS
    size = LOOP_CHARS if whole else THREAD_CHARS
    return list(_cut(text, first, size))


def _new_from(text: str, seen: str) -> int:
    """Where the new words begin, and the sentence before them: they may change its meaning."""
    if text == seen:
        return len(text)
    same = _same_until(text, seen)
    reach = max(0, same - CONTEXT_CHARS)
    ends = [match.end() for match in SENTENCE_END.finditer(text, reach, same)]
    # The end of the sentence before the one that goes on; of long ones, as much as matters.
    start = ends[-2] if len(ends) > 1 else reach
    return _word_start(text, start)


def _same_until(text: str, seen: str) -> int:
    """Where the two begin to differ. Words are nearly always only added."""
    if text.startswith(seen):
        return len(seen)
    pairs = enumerate(zip(text, seen, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(text), len(seen)))


def _cut(text: str, start: int, size: int) -> Iterator[Part]:
    while start < len(text):
        left = _word_start(text, max(0, start - CONTEXT_CHARS))
        end = len(text)
        if end - left > size:
            end = _end_of_own(text, start, left + size - CONTEXT_CHARS)
        right = min(len(text), end + CONTEXT_CHARS)
        yield Part(text[left:right], (start - left, end - left))
        start = end


def _end_of_own(text: str, start: int, latest: int) -> int:
    """A sentence end before `latest`, or else a space, or else `latest`."""
    nearest = max(start + 1, latest - CONTEXT_CHARS)
    ends = [match.end() for match in SENTENCE_END.finditer(text, nearest, latest)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", start + 1, latest)
    return space + 1 if space > 0 else latest


def _word_start(text: str, at: int) -> int:
    """The beginning of the word that `at` lies in, as long as it is a word of usual length."""
    if at in (0, len(text)):
        return at
    space = text.rfind(" ", max(0, at - 40), at)
    return space + 1 if space >= 0 else at
