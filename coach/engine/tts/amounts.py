"""Money, fractions, and figures with a unit, as they are said."""

import re

from coach.engine.tts import numbers, units
from coach.engine.tts.patterns import (
    FIGURE,
    FREE,
    NO_WORD_AFTER,
    SPACED_UNIT,
    UNIT,
    UNIT_WORD,
    Match,
    any_of,
    plural,
    rules,
    to,
)

_MONEY_SIGN = re.escape("".join(units.MONEY))
_VULGAR = "".join(units.FRACTIONS)
_SCALE = r"(?:\s?(?P<scale>hundred|thousand|million|billion|bn|[kKmMbB])\b)?"
_PARTS = (
    r"(?P<part>a half"
    r"|(?:an?|two|three|four|five|seven) (?:third|quarter|fifth|sixth|eighth)s?)"
)
_STOP = r"(?:\.(?=\s[a-z]))?"  # of an abbreviated unit in the middle of a sentence
_SERVED = r"(?:day|week|month|meal|serving|portion|hour"


def _money(match: Match) -> str:
    one, many, cent, cents = units.MONEY[match["sign"]]
    figure, scale = match["figure"], match["scale"]
    if match["to"]:
        return f"{figure} to {match['to']} {many}"
    if scale:
        return f"{figure} {units.SCALES.get(scale.lower(), scale)} {many}"
    whole, _, part = figure.replace(",", "").partition(".")
    small = int(part) if len(part) == 2 else 0
    if part and len(part) != 2:
        return f"{figure} {many}"
    if not int(whole or 0) and small:
        return f"{small} {cent if small == 1 else cents}"
    head = f"{whole} {one if int(whole or 0) == 1 else many}"
    return f"{head} {numbers.cardinal(small)}" if small else head


def _mixed(match: Match) -> str:
    top, bottom = units.FRACTIONS[match["vulgar"]]
    part = numbers.fraction(top, bottom)
    return f"{match['whole']} and {part} " if match["whole"] else f"{part} "


def _slash(match: Match) -> str:
    whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
    if top == 24 and bottom == 7:
        return "twenty-four seven"
    if top > bottom and top > 12:
        return f"{top} over {bottom}"
    if bottom == 0:
        return f"{top} slash {bottom}"
    part = numbers.fraction(top, bottom)
    return f"{whole} and {part}" if whole else part


def _part_of_unit(match: Match) -> str:
    unit = match["unit"]
    forms = units.UNITS.get(unit) or (unit.removesuffix("s"),)
    article = "an" if forms[0][0] in "aeiou" or forms[0] == "hour" else "a"
    part = "half" if match["part"] == "a half" else f"{match['part']} of"
    return f"{part} {article} {forms[0]}"


def _unit(match: Match) -> str:
    forms = units.UNITS.get(match["unit"]) or units.SPACED_UNITS[match["unit"]]
    return f"{match['figure']} {plural(match['figure'], forms)}"


def _degrees(match: Match) -> str:
    name = {"C": " Celsius", "F": " Fahrenheit", None: ""}[match["scale"]]
    return f"{match['figure']} {plural(match['figure'], ('degree', 'degrees'))}{name}"


def _many(match: Match) -> str:
    return units.UNITS[match["unit"]][1]


MONEY = rules(
    (
        rf"(?P<sign>[{_MONEY_SIGN}])\s?(?P<figure>{FIGURE})"
        rf"(?:\s?[-–—]\s?[{_MONEY_SIGN}]?(?P<to>{FIGURE}))?{_SCALE}",
        _money,
    ),
    (rf"({FIGURE})\s?¢", to(r"\1 cents")),
    (r"(?<![\w.])(\d+)p\b", to(r"\1 pence")),
)

FRACTIONS = rules(
    (r"(?<![\w.])(\d)'\s?(\d{1,2})\"", to(r"\1 foot \2")),
    (rf"{FREE}(?:(?P<whole>\d+)\s?)?(?P<vulgar>[{_VULGAR}])\s?", _mixed),
    (
        rf"{FREE}(?:(?P<whole>\d+)\s)?(?P<top>\d{{1,3}})[/⁄](?P<bottom>\d{{1,3}})(?![\w/])",
        _slash,
    ),
    (rf"(?<!and )\b{_PARTS}\s+(?P<unit>{UNIT}|{UNIT_WORD})\b{_STOP}", _part_of_unit),
)

UNITS = rules(
    (
        rf"{FREE}({FIGURE})(\s?(?:{UNIT}|%|°[CF]?))?\s?[-–—]\s?({FIGURE})(?![\d-])",
        lambda m: f"{m[1]}{m[2] or ''} to {m[3]}",
    ),
    (rf"(?P<figure>{FIGURE})\s?(?:°|º)\s?(?P<scale>[CF])?{NO_WORD_AFTER}", _degrees),
    (
        rf"\b(?P<figure>and an? \w+)\s+(?P<unit>{UNIT}){NO_WORD_AFTER}",
        lambda m: f"{m['figure']} {_many(m)}",
    ),
    (rf"(?<![A-Za-z])(?P<figure>{FIGURE})\s?(?P<unit>{UNIT}){NO_WORD_AFTER}{_STOP}", _unit),
    (rf"(?<![A-Za-z])(?P<figure>{FIGURE})\s(?P<unit>{SPACED_UNIT}){NO_WORD_AFTER}", _unit),
    (
        rf"(?<=[a-z])/(?P<per>{any_of(units.PER)}){NO_WORD_AFTER}",
        lambda m: f" per {units.PER[m['per']]}",
    ),
    (rf"\b(?P<unit>{UNIT_WORD})/(?=\w)", to(r"\g<unit> per ")),
    (rf"(?<![\w.-])(?P<unit>{any_of(units.BARE_UNITS)}){NO_WORD_AFTER}{_STOP}", _many),
    (rf"(?<=\s)/\s?(?={_SERVED}|{FIGURE})\b)", lambda m: "per "),
)
