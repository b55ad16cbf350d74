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
    given = even(answer)
    if not given:
        return Verdict.OTHER
    if given == even(wanted) or (GAP in wanted and _fills(answer, wanted)):
        return Verdict.RIGHT
    return Verdict.CLOSE if fuzz.ratio(given, even(wanted)) >= CLOSE else Verdict.OTHER


def _fills(answer: str, wanted: str) -> bool:
    """Whether the answer is the phrase with something in its gap, and little else."""
    least = len(even(wanted.replace(GAP, " ")))
    return phrase_used(answer, wanted) and len(even(answer)) > least
