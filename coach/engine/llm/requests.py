"""Tells two requests in one utterance from one request, such as `log an egg and what's my goal`.

A sentence is cut only where both halves alone are surely for a tool, and for different ones: to
take one request for two does more harm than to hear one of two.
"""

import re

from coach.engine.llm.choices import Act, Choice, Chooser
from coach.engine.llm.intents.grammar import facts_of
from coach.engine.llm.text import is_function, read, words
from coach.meaning.facts import any_of

_SHORTEST = 2  # words of a request
_SEAMS = 6  # places where a text is tried, at most
_SEAM = re.compile(
    r"(?<=[.!?;])\s+(?:(?:and|then|also)\b,?\s*)*"
    r"|,?\s+(?:and(?!\s+an?\s+(?:half|quarter)\b)|then|plus|also)\s+(?:(?:then|also|please)\b,?\s*)*"
    r"|,?\s+so\s+(?=(?:what|how|can|could|should|may|is|are)\b)"
    r"|,\s+(?=(?:is|was|are|were|can|could|should|does|did|do) (?:that|it|this|i|they)\b)"
    r"|,\s+(?=(?:please |can you )?(?:tell|show|give|remind|what(?! with)|whats|how)\b)",
    re.IGNORECASE,
)
_BEFORE_SEAM = re.compile(r"[ ,]+(?:oh|um|uh|ah)$", re.IGNORECASE)
_POINTS_BACK = frozenset({"it", "that", "this", "them", "those", "these", "one", "ones"})

# «Seventy one point eight» is a number, and its «one» is no thing.
_COUNTED = re.compile(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -]one\b"
    r"|\bone (?:point|hundred)\b",
    re.IGNORECASE,
)
_OF_NOW = re.compile(r"\bthis (?=(?:morning|afternoon|evening|week|month|year)\b)", re.IGNORECASE)
_OWN_START = ("asks", "asks_you", "may_i", "remove", "undo", "remind", "suggest", "self", "reach",
              "write_down", "change")  # fmt: skip

Request = tuple[str, Choice]
"""Words, and what they are for."""


def two_requests(
    text: str, chooser: Chooser, just_called: str | None
) -> tuple[Request, Request] | None:
    """The two requests in a text, if there are; a tool is for one of them at least.

    A question that points back at the first half is given the whole text.
    """
    for seam in list(_SEAM.finditer(text))[:_SEAMS]:
        before, after = text[: seam.start()].strip(" ,;"), text[seam.end() :].strip()
        before = _BEFORE_SEAM.sub("", before)
        begins = _SEAM.split(after, maxsplit=1)[0]  # "two slices of bread, and what can I eat?"
        alone = _stands_alone(after) and _stands_alone(begins)
        if not alone and not _asks_of_it(before, begins):
            continue
        first = _surely(before, chooser, just_called)
        second = first and _surely(after, chooser, None)
        if first and second and _differ(first, second):
            return (before, first), (after if alone else text, second)
    return None


def _asks_of_it(before: str, after: str) -> bool:
    """`I had a pear, how much sugar does one have`: something is told, and asked about."""
    told = facts_of(before)
    return "ate" in told and "asks" not in told and "asks" in facts_of(after)


def _stands_alone(text: str) -> bool:
    """Whether it begins something new: `…, how many calories` asks about what is before it."""
    held = facts_of(text)
    pointing = words(_COUNTED.sub(" ", _OF_NOW.sub(" ", text)))
    if not _POINTS_BACK.isdisjoint(pointing) or not any_of(held, _OWN_START):
        return False
    return "amount_of" not in held or any_of(held, ("self", "day", "longer", "up_to_8", "up_to_14"))


def _differ(first: Choice, second: Choice) -> bool:
    if isinstance(first, Act) and isinstance(second, Act):
        return first.tool != second.tool
    return isinstance(first, Act) or isinstance(second, Act)


def _surely(text: str, chooser: Chooser, just_called: str | None) -> Choice | None:
    stems = read(text).stems
    if len(stems) < _SHORTEST or all(is_function(stem) for stem in stems):
        return None
    return chooser.surely(text, just_called)
