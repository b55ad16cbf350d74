"""What a question about more than one day, or about a food, asks for. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coach.nutrition.answers.foods import AskedFood, food_in
from coach.nutrition.answers.spans import (
    Span,
    last_days,
    one_day,
    spans_in,
    this_week,
    without_spans,
)
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.models.diary import Slot
from coach.nutrition.speech.questions import NUTRIENT_WORDS, SLOT_WORDS, nutrients_in

DAYS_OF_HABIT: Final = 30  # over which what is usual is looked for
DAYS_OF_AVERAGE: Final = 7


class Kind(StrEnum):
    """What is asked for."""

    STREAK = "streak"
    USUAL = "usual"
    EXTREME = "extreme"
    COMPARE = "compare"
    ENOUGH = "enough"
    WRITTEN = "written"
    OFTEN = "often"
    COUNT = "count"
    WHICH = "which"
    LAST = "last"
    MUCH = "much"  # of a food
    ANY = "any"
    AVERAGE = "average"
    SPAN = "span"
    DAY = "day"  # what one day holds: coach.nutrition.speech.summary


# In the order in which they are tried. Those of FOOD are only meant where a food is named.
PATTERNS: Final[tuple[tuple[Kind, str], ...]] = (
    (Kind.SPAN, r"\bhow (?:many days|often)\b.*"
     r"\b(?:hit|reach|within|over|under|target|goal|range)\b"
     r"|\bcompared? (?:to|with) my (?:goal|target)"),
    (Kind.STREAK, r"\bstreak\b|\bdays? in a row\b|\bhow consistent\b|\bhow regular"
     r"|\bhow many days\b.*\b(?:log|wr[io]t|note|record|diary|fill)"),
    (Kind.USUAL, r"\bmost (?:often|common|frequent)|\bwhat have i been eating\b"
     r"|\b(?:usual|normal|typical)(?:ly)?"
     r" (?:have|eat|drink|for\b|breakfast|lunch|dinner|snack)"
     r"|\beat(?:ing)? (?:the )?most of\b|\bmost of the time\b|\bmy favou?rite"),
    (Kind.EXTREME, r"\b(?:best|worst|highest|lowest|heaviest|lightest|biggest|smallest|strongest"
     r"|weakest) day\b|\bday\b.*\b(?:best|worst|most|least|highest|lowest|fewest|over|under|good"
     r"|bad|heaviest|lightest)\b|\bwhen did i (?:eat|have|get|drink) the (?:most|least)\b"
     r"|\b(?:most|least|fewest)\b.*\b(?:in (?:a|one|a single|any) day|on (?:a|one|any) day)\b"
     r"|\bpeak\b|\b(?:highest|lowest)\b"),
    (Kind.COMPARE, r"\bcompar|\bversus\b|\bvs\b|\b(?:than|as)\b.*\b(?:last|yesterday|usual|before"
     r"|the week|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|prior|previous)\b"
     r"|\b(?:go(?:ing|ne)?|went) (?:up|down)\b|\bimprov|\bgetting better\b|\btrend|\bprogress\b"
     r"|\b(?:more|less|better|worse|up) or (?:more|less|worse|better|down)\b|\bdifference\b"
     r"|\bchanged?\b|\bagainst (?:last|yesterday|the)\b|\bnext to last\b"),
    (Kind.ENOUGH, r"\benough\b|\btoo (?:much|little|many|few)\b|\black(?:ing)?\b|\bdeficien"
     r"|\bshort (?:of|on)\b|\blow (?:in|on)\b|\bweakest\b|\bmissing\b|\bcover(?:ed|ing)? my\b"
     r"|\bmeet(?:ing)?\b|\brecommended\b|\bneeds?\b.*\bmet\b"),
    (Kind.STREAK, r"\bhow many (?:of the )?days\b"),
    (Kind.OFTEN, r"\bhow often\b|\bhow many (?:times|days|meals)\b"),
    (Kind.WRITTEN, r"\b(?:did|have|has|had|do) (?:i|you) (?:\w+ ){0,2}?(?:log|logged|wr[io]te"
     r"|written|wrote|record(?:ed)?|note[d]?|enter(?:ed)?|put|register(?:ed)?|add(?:ed)?)\b"
     r"(?!.*\bhow\b)|\bis (?:my |the |there )?[\w ]+ (?:in there|in|logged|down|noted|written"
     r"|in (?:my|the) diary)(?: (?:yet|already|down))?\W*$"
     r"|\banything (?:written|logged|noted|down|in (?:my|the) diary)"
     r"|\bis (?:my|the) diary empty\b|\bgot [\w ]+ down\b"
     r"|\bis there (?:anything|something) in\b"),
    (Kind.LAST, r"\bwhen (?:did|was|have|had|do) (?:i|my|the)\b|\bwhat time\b|\bwhen\b.*\blast\b"
     r"|\bhow long (?:ago|since|has|is it)\b|\blast time\b|\blast thing\b"
     r"|\b(?:eat|have|drink|had|ate|log) last\b|\bmy (?:last|latest) \w+|\bsince (?:i|my last)\b"
     r"|\bwhat was the last\b"),
    (Kind.WHICH, r"\b(?:which|what) (?:days?|meals?)\b|\bon which\b|\bin which\b"
     r"|\bwhat (?:fruits?|vegetables?|veg|meats?|fish|nuts?|sweets|drinks?|dairy|cheeses?"
     r"|seafood)\b"),
    (Kind.COUNT, r"\bhow many\b|\bnumber of\b|\bcount\b"),
    (Kind.MUCH, r"\bhow much\b"),
    (Kind.ANY, r"\b(?:did|have|had|do|has|was|were) (?:i|there)\b|\bany\b"
     r"|\b(?:is|are) there\b.*\bi(?:'ve|ve| have)? (?:had|ate|eaten|drunk|drank)\b"),
    (Kind.AVERAGE, r"\baverage|\bper day\b|\ba day\b|\bdaily\b|\beach day\b|\busual|\bgeneral"),
)  # fmt: skip
OF_A_FOOD: Final = {Kind.COUNT, Kind.MUCH, Kind.ANY, Kind.WHICH, Kind.OFTEN}
NOT_OF_A_FOOD: Final = {Kind.STREAK}
NUTRIENT: Final = re.compile("|".join(rf"(?:{pattern})\w*" for _name, pattern in NUTRIENT_WORDS))
FEWER: Final = r"\b(?:least|lowest|fewest|lightest|smallest|weakest|less)\b"
JUDGED: Final = r"\b(?:best|worst|good|bad|strongest|weakest)\b"


@dataclass(frozen=True)
class Asked:
    """`spans` are those that were named, in order; `span` the one to look at."""

    kind: Kind
    said: str
    spans: tuple[Span, ...]
    span: Span
    nutrients: tuple[str, ...]
    slot: Slot | None
    food: AskedFood | None

    @property
    def fewest(self) -> bool:
        return bool(re.search(FEWER, self.said))

    @property
    def judged(self) -> bool:
        """Whether a day is called good or bad, which only a target can say."""
        return bool(re.search(JUDGED, self.said)) and not self.nutrients


def ask(index: FoodIndex, said: str, current: date, language: str = "en") -> Asked:
    """Read a question; `current` is the member's today, `language` that of its days."""
    words = said.lower().replace("’", "'")
    spans = tuple(spans_in(said, current, language))
    bare = without_spans(words, current, language)
    slot = next((slot for slot, pattern in SLOT_WORDS if re.search(pattern, words)), None)
    nutrients = nutrients_in(words)
    food = food_in(index, NUTRIENT.sub(" ", bare))
    kind = _kind(words, bare, spans, nutrients, food, slot)
    if not spans and kind is Kind.ENOUGH and re.search(r"\b(?:did|have) i (?!been)", words):
        spans = (one_day(current, current),)
    span = spans[0] if spans else _usual_span(kind, current)
    return Asked(kind, words, spans, span, nutrients, slot, food)


def _kind(
    words: str,
    bare: str,
    spans: tuple[Span, ...],
    nutrients: tuple[str, ...],
    food: AskedFood | None,
    slot: Slot | None,
) -> Kind:
    for kind, pattern in PATTERNS:
        if not re.search(pattern, bare if kind is Kind.LAST else words):
            continue
        if (kind in OF_A_FOOD and food is None) or (kind in NOT_OF_A_FOOD and food is not None):
            continue
        if kind is Kind.WRITTEN and re.search(r"\bwhen\b|\blast\b", bare):
            continue
        if kind is Kind.ENOUGH and food is not None and not nutrients:
            return Kind.MUCH if "water" in food.words else Kind.OFTEN
        if kind is Kind.LAST and food is None and slot is None and not re.search("last|ago", bare):
            continue
        return Kind.MUCH if kind is Kind.COUNT and nutrients else kind
    if len(spans) > 1 and food is None:
        return Kind.COMPARE
    if spans and not spans[0].is_day:
        return Kind.SPAN
    return Kind.DAY


def _usual_span(kind: Kind, current: date) -> Span:
    """The days that are meant where none are named."""
    if kind in (Kind.AVERAGE, Kind.ENOUGH, Kind.STREAK):
        return last_days(DAYS_OF_AVERAGE, current)
    if kind is Kind.USUAL or kind is Kind.WHICH:
        return last_days(DAYS_OF_HABIT, current)
    if kind is Kind.OFTEN:
        return last_days(DAYS_OF_HABIT, current)
    if kind in (Kind.EXTREME, Kind.COMPARE, Kind.SPAN):
        return this_week(current)
    return one_day(current, current)
