"""Which wishes about weight are within limits. Pure.

More than 1 % of the body's weight a week is too fast, and nobody is helped below a healthy weight.
Who is growing, pregnant, or may have an eating disorder is helped by a dietitian.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from coach.people.goals.reading import Way, Wish

WEEKLY_SHARE = 0.01  # of the body's weight, at most
LIGHT_KG = 50.0  # somebody whose weight is not known is taken to be so light
HEALTHY_BMI = 18.5  # a weight below it is no goal
ADULT = 18
SHARE_AT_ALL = 0.25  # of the body's weight: more is planned with a person
AT_LEAST_DAYS = 28  # a wish without an end goes on for so long at least


class Verdict(StrEnum):
    """What is to be done with a wish."""

    FINE = "fine"
    TOO_FAST = "too_fast"
    TOO_LOW = "too_low"
    TOO_MUCH = "too_much"
    GROWING = "growing"
    PREGNANT = "pregnant"
    UNKNOWN = "unknown"  # it cannot be judged: weight or height is not known
    UNDATED = "undated"  # how fast it is cannot be judged: the time it names was not read


@dataclass(frozen=True)
class Body:
    """What is known of a member's body; None is not known."""

    kg: float | None = None
    cm: float | None = None
    age: int | None = None
    pregnant: bool = False


def judge(wish: Wish, body: Body) -> Verdict:
    """Whether a coach may note `wish`; what does not touch the body's weight is fine."""
    says_how_much = wish.kg is not None or wish.target_kg is not None
    if wish.way not in ("lose", "gain") and not says_how_much:
        return Verdict.FINE
    if body.age is not None and body.age < ADULT:
        return Verdict.GROWING
    if body.pregnant:
        return Verdict.PREGNANT
    if _too_fast(wish, body):
        return Verdict.TOO_FAST
    if body.kg is None:
        return Verdict.UNKNOWN
    change = change_of(wish, body) or 0
    after = _after(wish, body, body.kg)
    gains = wish.way == "gain" or (not wish.way and after > body.kg)
    if not gains:
        if body.cm is None:
            return Verdict.UNKNOWN
        if after < HEALTHY_BMI * (body.cm / 100) ** 2:
            return Verdict.TOO_LOW
    if change > SHARE_AT_ALL * body.kg:
        return Verdict.TOO_MUCH
    return Verdict.UNDATED if change and wish.undated else Verdict.FINE


def _too_fast(wish: Wish, body: Body) -> bool:
    weight = body.kg or LIGHT_KG
    change = wish.kg if wish.each else change_of(wish, body)
    return bool(change and wish.days and change * 7 / wish.days > WEEKLY_SHARE * weight)


def change_of(wish: Wish, body: Body) -> float | None:
    """How many kg the wish changes; None: it says none, or the weight is not known."""
    if wish.each:
        return None
    if wish.kg is not None:
        return wish.kg
    if wish.target_kg is not None and body.kg is not None:
        return round(abs(body.kg - wish.target_kg), 1)
    return None


def _after(wish: Wish, body: Body, now_kg: float) -> float:
    """The weight in the end; a target is the weight in the end, whatever way was read."""
    if wish.target_kg is not None:
        return wish.target_kg
    change = change_of(wish, body) or 0
    if wish.each and wish.kg and wish.days:
        change = wish.kg * max(1, AT_LEAST_DAYS // wish.days)
    return now_kg - change if wish.way != "gain" else now_kg


def way_of(wish: Wish, body: Body) -> Way:
    """The direction of a wish; that of a target weight is told by the weight now."""
    if wish.way or wish.target_kg is None:
        return wish.way
    return "lose" if body.kg is None or wish.target_kg < body.kg else "gain"


def weeks_at_least(change: float, body: Body) -> int:
    """How long `change` (kg) takes at the fastest that is safe."""
    return max(1, math.ceil(change / (WEEKLY_SHARE * (body.kg or LIGHT_KG))))
