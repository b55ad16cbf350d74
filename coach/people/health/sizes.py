# ruff: noqa: E501  a pattern is read best in one piece
"""Pulse, temperature, long-term blood sugar, body fat and girths of the speaker, in one clause."""

import re
from collections.abc import Iterator

from coach.people.health.clauses import is_others
from coach.people.health.told import Measured

CM_PER_INCH = 2.54
LEAST_CM = 50  # a girth without a unit is in centimetres from here on
BETWEEN = (
    r"(?:\s+(?:is|was|are|were|at|of|now|today|this|morning|just|about|around|still|measures?|measured|reads?|says?"
    r"|shows?|came|back|out|rate|level|on|rest|resting|since|lunch|yesterday|last|night|it))*\s*[:=,]?\s+"
)
N = r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)(?![\d.,]*\d)"
# Of «hr» alone nobody knows whether it is an hour: «I cycled 1 hr 45».
HR = r"(?:(?:resting|my|average|avg) hr|(?<!.)hr)"
# The kind, how it is called, its units, and between what it may lie.
READINGS = (
    ("pulse", rf"(?:(?:resting )?(?:pulse|heart ?rate)|{HR})", (("bpm", r"bpm|beats|a minute|$|\b", 30, 230),)),
    ("fat", r"body ?fat", (("%", r"%|percent|$|\b", 3, 70),)),
    ("a1c", r"(?:hb)?a1c", (("%", r"%|percent|$|\b", 3, 20), ("mmol/mol", r"mmol|$|\b", 20, 160))),
    (
        "temp",
        r"(?:temperature|temp|fever)",
        (("°C", r"°?\s*c\b|degrees|celsius|$|\b", 34, 43), ("°F", r"°?\s*f\b|degrees|fahrenheit|$|\b", 93, 110)),
    ),
)  # fmt: skip
GIRTHS = {
    "waist": r"waist|belly|tummy",
    "hips": r"hips?",
    "thigh": r"thighs?",
    "chest": r"chest|bust",
    "arm": r"(?:upper )?arms?|biceps?",
    "calf": r"calf|calves",
    "neck": r"neck",
}
# A time is no reading: «my heart rate was 30 seconds off».
TIME = re.compile(
    r"[\s-]*(?:min(?:ute)?s?|sec(?:ond)?s?|hours?|hrs?|days?|weeks?|months?|years?)\b"
)
# What is no girth: «my arm is 60 percent better».
NO_GIRTH = re.compile(
    r"\s*(?:%|percent|minutes?|hours?|days|years?|reps?|times|kilos?|kgs?|lbs?|pounds?|/|out of)"
)
# «in» is a unit where nothing follows that it could belong to: «40 in the photo» is no size.
INCH = rf"in\b(?=\s*(?:$|,|(?:and |my |the )*(?:{'|'.join(GIRTHS.values())})\b))"
UNIT = re.compile(rf"\s*(?P<unit>cms?\b|centimet\w+|{INCH}|inch(?:es)?\b|\"|'')?")
UNITS = re.compile(r"\b(?:cms?|centimet\w+|inch(?:es)?)\b")


def read_sizes(words: str, days: int) -> Iterator[Measured]:
    """`words` have digits; a wish or another time has been left out before."""
    for kind, called, units in READINGS:
        found = re.search(rf"\b{called}\b{BETWEEN}{N}", words)
        if found is None or is_others(words, found.start("n"), found.end()):
            continue
        if TIME.match(words, found.end()):
            continue
        value, after = number(found["n"]), words[found.end() :].lstrip()
        for unit, said, low, high in units:
            if low <= value <= high and re.match(said, after):
                yield Measured(kind, value, unit, days_ago=days)
                break
    yield from _girths(words, days)


def _girths(words: str, days: int) -> Iterator[Measured]:
    """A unit behind the last counts for those before: «hips 104 thigh 61 cm»."""
    for kind, called in GIRTHS.items():
        found = re.search(rf"\b(?:{called})\b(?: (?:circumference|girth|size))?{BETWEEN}{N}", words)
        if found is None or is_others(words, found.start("n"), found.end()):
            continue
        if NO_GIRTH.match(words, found.end()):
            continue
        value, own = number(found["n"]), UNIT.match(words, found.end())
        later = UNITS.search(words, found.end())
        unit = (own["unit"] if own else "") or (later[0] if later else "")
        if not unit and value < LEAST_CM:
            continue
        centimetres = value if not unit or unit.startswith("c") else round(value * CM_PER_INCH, 1)
        if 5 <= centimetres <= 250:
            yield Measured(kind, centimetres, "cm", days_ago=days)


def number(text: str) -> float:
    """The value of digits with a point or a comma."""
    return float(text.replace(",", "."))
