"""Tells two requests in one utterance from one request, such as `log an egg and what's my goal`.

A sentence is cut only where both halves alone are surely for a tool, and for different ones: to
take one request for two does more harm than to hear one of two.
"""

import re
from collections.abc import Collection

from coach.engine.llm.matching import Matcher
from coach.engine.llm.text import is_function, read, words

SURE = 0.56  # the likeness at which a half is believed to be a request of its own

_SHORTEST = 2  # words of a request
_SEAM = re.compile(
    r"(?<=[.!?;])\s+(?:(?:and|then|also)\b,?\s*)*"
    r"|,?\s+(?:and|then|plus|also)\s+(?:(?:then|also|please)\b,?\s*)*"
    r"|,\s+(?=(?:please |can you )?(?:tell|show|give|remind|what|how)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = frozenset({"it", "that", "this", "them", "those", "these", "one", "ones"})

Request = tuple[str, str]
"""Words, and the tool they are for."""


def two_requests(
    text: str, matcher: Matcher, tools: Collection[str]
) -> tuple[Request, Request] | None:
    """The two requests in a text, if there are. `tools` are those that may be taken."""
    for seam in _SEAM.finditer(text):
        before, after = text[: seam.start()].strip(" ,;"), text[seam.end() :].strip()
        if not _POINTS_BACK.isdisjoint(words(after)):
            continue
        first = _surely_for(before, matcher, tools)
        second = first and _surely_for(after, matcher, tools)
        if first and second and first != second:
            return (before, first), (after, second)
    return None


def _surely_for(text: str, matcher: Matcher, tools: Collection[str]) -> str | None:
    stems = read(text).stems
    if len(stems) < _SHORTEST or all(is_function(stem) for stem in stems):
        return None
    best = matcher.ranked(text)[0]
    return best.name if best.likeness >= SURE and best.name in tools else None
