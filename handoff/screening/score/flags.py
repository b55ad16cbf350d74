"""From probabilities to flags, beside what the rules have found."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handoff.screening.match import LESSON, Found
from handoff.screening.score.machine import machine
from handoff.screening.score.units import units_of, with_turn_before

MAX_QUOTE = 300
SHOWS_CARD = 1  # rules of this severity or worse show whom to call
REMEMBERED = 32  # turns scored last: a live turn is scored as it is said, and once more as a row
# What a rule of the same code does. Somebody else in danger is urgent and no alarm.
SEVERITY = {
    "SI-5": 0,
    "SI-3": 0,
    "SI-1": 1,
    "SH": 1,
    "ED-E": 0,
    "ED-H": 1,
    "MED-E": 0,
    "MED-U": 1,
    "SUP": 1,
    "ABU": 1,
    "VIO": 1,
    "SUB": 1,
    "PSY": 1,
    "OTH": 1,
}


class Scored(NamedTuple):
    """`page`: call a person as for `severity`. Without it, help is shown and nobody is called."""

    code: str
    severity: int
    probability: float
    page: bool
    quote: str


def score(turns: Sequence[str], found: Sequence[Found] = ()) -> list[Scored]:
    """What the last of the member's `turns` may tell beyond what the rules `found`.

    The gravest first, of one code one entry. A family that the rules have found is theirs: they
    know who is meant, denial and the past. So is a phrase of a lesson.
    """
    families = {_family(each.code) for each in found}
    if _family(LESSON) in families:
        return []
    return [each for each in _scored(tuple(turns[-2:])) if _family(each.code) not in families]


@lru_cache(maxsize=REMEMBERED)
def _scored(turns: tuple[str, ...]) -> tuple[Scored, ...]:
    units = units_of(turns[-1]) if turns else []
    if not units:
        return ()
    pair = with_turn_before(turns)
    chances, codes = machine().danger([*units, *(pair or ())])
    best: dict[str, Scored] = {}
    told = [*zip(units, chances, codes, strict=False)]
    # A short turn adds something only if what stood before was not dangerous by itself.
    if pair is not None and chances[-2] < machine().card:
        told.append((pair[1], chances[-1], codes[-1]))
    for text, chance, code in told:
        if chance >= machine().card and (code not in best or chance > best[code].probability):
            page = bool(chance >= machine().page)
            best[code] = Scored(code, SEVERITY[code], float(chance), page, text[:MAX_QUOTE])
    return tuple(sorted(best.values(), key=lambda each: (not each.page, each.severity)))


def _family(code: str) -> str:
    return code.split("-")[0]
