"""What in a member's logs calls a person. Pure; a clinician has to sign the figures.

Nothing here reads an empty diary as hunger: a day counts only where it was told to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from statistics import median

EATING, WEIGHT, EMERGENCY, URGENT = "ED-S", "MED-W", "MED-E", "MED-U"

VERY_LOW_KCAL = 800
DAYS_IN_A_ROW = 3
MAIN_MEALS = 3  # breakfast, lunch and dinner are logged: so the day was told to its end

WEEKLY_SHARE = 0.01  # of the body's weight: a faster loss is beyond what a goal may ask
FAST_SHARE = 0.03  # and so much in all: less is what scales and water do
FAST_WITHIN, FAST_SPAN = timedelta(days=35), timedelta(days=14)
UNPLANNED_SHARE = 0.05  # of somebody who does not want to lose weight
UNPLANNED_WITHIN, UNPLANNED_SPAN = timedelta(days=92), timedelta(days=28)
UNDERWEIGHT_BMI = 18.5
UNDERWEIGHT_SHARE = 0.02  # of somebody below it, who still gets lighter
AT_EACH_END = 3  # weights, of which the median counts: one of them may be wrong
LEAST_WEIGHTS = AT_EACH_END + 1  # both ends of fewer would be the same weights
LEAST_FRESH = 2
SLIP = 0.1  # further than that from its like is no weight of this body
LIKE = 5  # weights in a row, of which the median tells whose body it is
FRESH = timedelta(days=7)  # a weight that is older says nothing of now

SUGAR_EMERGENCY = (54.0, 400.0)  # mg/dL: below, or from here on
SUGAR_URGENT = (70.0, 300.0)
HIGH_PRESSURE = (180.0, 120.0)
LOW_PRESSURE = (90.0, 45.0)
MGDL_PER_MMOL = 18.0


@dataclass(frozen=True)
class Finding:
    """What was found: `why` names its sentence for the expert, and no number of the member's."""

    code: str
    tier: int
    why: str


@dataclass(frozen=True)
class LoggedDay:
    """A diary day that is over. `told_whole`: the member said that it was all."""

    day: date
    kcal: float
    main_meals: int
    told_whole: bool = False

    @property
    def is_very_low(self) -> bool:
        whole = self.told_whole or self.main_meals >= MAIN_MEALS
        return whole and 0 < self.kcal < VERY_LOW_KCAL


@dataclass(frozen=True)
class Weight:
    day: date
    kg: float


@dataclass(frozen=True)
class Weighed:
    """The newest weight of each day, the oldest first, and what else of the body is known."""

    weights: Sequence[Weight]
    today: date
    wants_to_lose: bool = False
    height_cm: float | None = None
    age: int | None = None


def very_low_days(days: Sequence[LoggedDay]) -> Finding | None:
    """On some whole days in a row, far too little was logged. `days` in their order."""
    row = 0
    for before, one in zip([None, *days], days, strict=False):
        follows = before is not None and one.day - before.day == timedelta(days=1)
        row = (row + 1 if follows else 1) if one.is_very_low else 0
        if row >= DAYS_IN_A_ROW:
            return Finding(EATING, 2, "very_low_days")
    return None


def weight_lost(body: Weighed) -> Finding | None:
    """Weight goes faster than any goal may ask, without being wanted, or below what is healthy."""
    if _lost_fast(_since(body, FAST_WITHIN)):
        return Finding(WEIGHT, 2, "lost_fast")
    lately = _since(body, UNPLANNED_WITHIN)
    if not body.wants_to_lose and _lost(lately, UNPLANNED_SPAN) >= UNPLANNED_SHARE:
        return Finding(WEIGHT, 2, "lost_unplanned")
    if _is_underweight(body, lately) and _lost(lately, FAST_SPAN) >= UNDERWEIGHT_SHARE:
        return Finding(WEIGHT, 2, "underweight_and_losing")
    return None


def _since(body: Weighed, span: timedelta) -> list[Weight]:
    """The weights of the last `span`; none where too few are of these days."""
    kept = _without_slips([one for one in body.weights if body.today - one.day <= span])
    fresh = [one for one in kept if body.today - one.day <= FRESH]
    return kept if len(fresh) >= LEAST_FRESH else []


def _lost_fast(weights: Sequence[Weight]) -> bool:
    """By medians, of the ends and of all slopes: one wrong number among many moves neither."""
    if _lost(weights, FAST_SPAN) < FAST_SHARE:
        return False
    slopes = [
        (first.kg - last.kg) / (last.day - first.day).days
        for first, last in combinations(weights, 2)
    ]
    return median(slopes) * 7 > WEEKLY_SHARE * _first(weights)


def _lost(weights: Sequence[Weight], span: timedelta) -> float:
    """Which share of the weight is gone over `span` or longer; 0 where too little is known.

    From the median of the first weights to that of the last, so that no single one decides.
    """
    if len(weights) < LEAST_WEIGHTS or weights[-1].day - weights[0].day < span:
        return 0.0
    return (_first(weights) - _last(weights)) / _first(weights)


def _first(weights: Sequence[Weight]) -> float:
    return median(one.kg for one in weights[:AT_EACH_END])


def _last(weights: Sequence[Weight]) -> float:
    return median(one.kg for one in weights[-AT_EACH_END:])


def _without_slips(weights: Sequence[Weight]) -> list[Weight]:
    """Without what was misheard or mistyped, or weighed by somebody else: a tenth off its like."""
    kept = []
    for place, one in enumerate(weights):
        first = max(min(place - LIKE // 2, len(weights) - LIKE), 0)
        like = median(near.kg for near in weights[first : first + LIKE])
        if abs(one.kg - like) <= SLIP * like:
            kept.append(one)
    return kept


def _is_underweight(body: Weighed, weights: Sequence[Weight]) -> bool:
    if not weights or not body.height_cm or body.age is None or body.age < 18:
        return False
    return _last(weights) < UNDERWEIGHT_BMI * (body.height_cm / 100) ** 2


def blood_sugar(value: float, unit: str) -> Finding | None:
    """The limits are those of the rules for what is said; here the unit is known."""
    mgdl = value * MGDL_PER_MMOL if unit == "mmol/L" else value
    if mgdl < SUGAR_EMERGENCY[0] or mgdl >= SUGAR_EMERGENCY[1]:
        return Finding(EMERGENCY, 0, "sugar")
    if mgdl < SUGAR_URGENT[0] or mgdl >= SUGAR_URGENT[1]:
        return Finding(URGENT, 1, "sugar")
    return None


def blood_pressure(high: float, low: float) -> Finding | None:
    """So high that a clinician must know today, or low as in somebody who starves."""
    if high >= HIGH_PRESSURE[0] or low >= HIGH_PRESSURE[1]:
        return Finding(URGENT, 1, "pressure_high")
    if high < LOW_PRESSURE[0] and low < LOW_PRESSURE[1]:
        return Finding(URGENT, 1, "pressure_low")
    return None
