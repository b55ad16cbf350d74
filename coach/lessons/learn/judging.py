"""How near an answer is to what was wanted. Letters are compared, never a person's voice."""

from enum import StrEnum

from rapidfuzz import fuzz

from coach.lessons.understanding.text import even, phrase_used

CLOSE = 85  # of 100, in letters: a slip of the finger, or a small word
GAP = "…"


class Verdict(StrEnum):
    RIGHT = "right"
    CLOSE = "close"  # right but for spelling
    OTHER = "other"


def judge(answer: str, wanted: str) -> Verdict:
    """Capitals, accents and signs do not count; a gap (“…”) in what is wanted takes any words."""
    given, asked = even(answer), even(wanted)
    if not given:
        return Verdict.OTHER
    if _fills(answer, wanted) if GAP in wanted else given == asked:
        return Verdict.RIGHT
    return Verdict.CLOSE if fuzz.ratio(given, asked) >= CLOSE else Verdict.OTHER


def _fills(answer: str, wanted: str) -> bool:
    """Whether the answer is the phrase, with something in its gap or with the gap written."""
    if GAP in answer or "..." in answer:
        return even(answer) == even(wanted)
    return phrase_used(answer, wanted) and len(even(answer)) > len(even(wanted))
