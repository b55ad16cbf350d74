"""Text as it is written to text as it is said.

The voice's own reader knows words; figures, units, dates, signs and markup are put into words
here. Each rule is a pattern and a replacement; they run in order over the whole text, from the
most particular (an address, a telephone number) to the most general (a bare figure).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from coach.engine.tts import numbers, tables
from coach.engine.tts.markup import plain

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str]]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUM = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_UNIT = _any(tables.UNITS)
_SPACED = _any(tables.SPACED_UNITS)
_UNIT_WORDS = _any({form for forms in tables.UNITS.values() for form in forms} | {"cup", "cups"})
_MONTH = "|".join(f"{name[:3]}(?:t|{name[3:]})?" if name[3:] else name for name in tables.MONTHS)
_MONEY = re.escape("".join(tables.MONEY))
_VULGAR = "".join(tables.FRACTIONS)
_FREE = r"(?<![\w.,/-])"


def normalise(text: str) -> str:
    """The words to say for a written text; "" when there is nothing to say. Never raises."""
    said = unicodedata.normalize("NFC", plain(text))
    said = re.sub(r"\d{16,}", lambda match: f" {numbers.digits(match[0])} ", said)
    for pattern, replace in _RULES:
        said = pattern.sub(replace, said)
    said = re.sub(r"\d+", lambda match: f" {numbers.number(match[0])} ", said)
    said = re.sub(r"[^\w\s.,;:!?'\"()—–…-]+|_", " ", said)
    said = re.sub(r"\s+", " ", said)
    said = re.sub(r" +([,.;:!?])", r"\1", said)
    said = re.sub(r"([,;:])(?:[,;:]\s*)+", r"\1 ", said)
    said = re.sub(r",+([.!?])|([.!?])\s*,+", r"\1\2", said).strip(" ,;:")
    return said if re.search(r"[^\W_]", said) else ""


def _address(match: Match) -> str:
    text = match["web"] or match["mail"]
    text = re.sub(r"^(?:https?://)?(?:www\.)?|[/.]+$", "", text)
    text = re.sub(r"[?#].*", "", text)
    for sign, word in (
        ("@", "at"),
        (".", "dot"),
        ("/", "slash"),
        ("-", "dash"),
        ("_", "underscore"),
    ):
        text = text.replace(sign, f" {word} ")
    return f" {text} {match['end'] or ''}"


def _dial(match: Match) -> str:
    groups = re.findall(r"\d+", match[0])
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(numbers.digits(group) for group in groups)


def _month(text: str) -> str:
    return next(name for name in tables.MONTHS if name[:3] == text[:3])


def _date(day: int, month: int, year: str | None) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    tail = f", {numbers.year(int(year))}" if year else ""
    return f"{tables.MONTHS[month - 1]} {numbers.ordinal(day)}{tail}"


def _iso_date(match: Match) -> str:
    return _date(int(match[3]), int(match[2]), match[1]) or match[0]


def _slash_date(match: Match) -> str:
    first, second = int(match[1]), int(match[2])
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    day, month = (first, second) if first > 12 else (second, first)
    return _date(day, month, year) or match[0]


def _day_month(match: Match) -> str:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return match[0]
    tail = f", {numbers.year(int(match['year']))}" if match["year"] else ""
    return f"the {numbers.ordinal(day)} of {_month(match['month'])}{tail}"


def _month_day(match: Match) -> str:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return match[0]
    tail = f", {numbers.year(int(match['year']))}" if match["year"] else ""
    return f"{_month(match['month'])} {numbers.ordinal(day)}{tail}"


def _time(match: Match) -> str:
    hour, minute, half = int(match[1]), int(match[2]), match[3]
    if hour > 24 or minute > 59:
        return match[0]
    if minute:
        said = f"{numbers.cardinal(hour)} {'oh ' if minute < 10 else ''}{numbers.cardinal(minute)}"
    elif half:
        said = numbers.cardinal(hour)
    else:
        said = numbers.cardinal(hour) + (" o'clock" if 0 < hour < 13 else " hundred")
    return f"{said} {_half(match, half)}" if half else said


def _half(match: Match, half: str) -> str:
    """A.M or P.M, with the stop that also ended the sentence."""
    rest = match.string[match.end() :]
    ends = match[0].endswith(".") and (not rest.strip() or bool(re.match(r"\s+[A-Z]", rest)))
    return f"{half.upper()}.M{'.' if ends else ''}"


def _hours(match: Match) -> str:
    figures = f"{match[1]} to {match[2]}" if match[2] else match[1]
    return f"{figures} {_half(match, match[3])}"


def _plural(figure: str, forms: tuple[str, ...]) -> str:
    return forms[0] if figure in ("1", "1.0", "a half", "half") else forms[1]


def _money(match: Match) -> str:
    one, many, cent, cents = tables.MONEY[match["sign"]]
    figure, scale = match["figure"], match["scale"]
    if match["to"]:
        return f"{figure} to {match['to']} {many}"
    if scale:
        return f"{figure} {tables.SCALES.get(scale.lower(), scale)} {many}"
    whole, _, part = figure.replace(",", "").partition(".")
    small = int(part) if len(part) == 2 else 0
    if part and len(part) != 2:
        return f"{figure} {many}"
    if not int(whole or 0) and small:
        return f"{small} {cent if small == 1 else cents}"
    head = f"{whole} {one if int(whole or 0) == 1 else many}"
    return f"{head} {numbers.cardinal(small)}" if small else head


def _mixed(match: Match) -> str:
    top, bottom = tables.FRACTIONS[match["vulgar"]]
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
    forms = tables.UNITS.get(unit) or (unit.removesuffix("s"),)
    article = "an" if forms[0][0] in "aeiou" or forms[0] == "hour" else "a"
    part = "half" if match["part"] == "a half" else f"{match['part']} of"
    return f"{part} {article} {forms[0]}"


def _unit(match: Match) -> str:
    forms = tables.UNITS.get(match["unit"]) or tables.SPACED_UNITS[match["unit"]]
    return f"{match['figure']} {_plural(match['figure'], forms)}"


def _letters(match: Match) -> str:
    word = match[0]
    if word in tables.SPELT or not re.search(r"[AEIOUY]", word):
        return ".".join(word)
    return word


def _letter_figure(match: Match) -> str:
    head, figure, tail = match["head"], int(match["figure"]), match["tail"]
    capital = head.isupper() or (len(head) == 3 and head[-1].isupper())
    spelt = " ".join(head.upper()) if capital and len(head) < 4 else head
    said = f"{spelt} {numbers.cardinal(figure)}"
    return f"{said} {tail.upper()}" if tail else said


def _to(template: str) -> Callable[[Match], str]:
    return lambda match: match.expand(template)


def _degrees(match: Match) -> str:
    name = {"C": " Celsius", "F": " Fahrenheit", None: ""}[match["scale"]]
    return f"{match['figure']} {_plural(match['figure'], ('degree', 'degrees'))}{name}"


def _abbreviation(match: Match) -> str:
    """The words, and the stop again where it ended the sentence as well."""
    word, rest = match["word"].lower(), match.string[match.end() :]
    ends = not rest.strip() or (word in tables.MAY_END and bool(re.match(r"\s+[A-Z]", rest)))
    return tables.ABBREVIATIONS[word] + ("." if ends and word.endswith(".") else "")


def _rules() -> list[Rule]:
    year = r"(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
    units = rf"(?:{_UNIT}|{_UNIT_WORDS})"
    call = r"(?:call|dial|ring|phone|text|calling|dialling|dialing|ringing|texting|NHS|or)"
    web = r"(?P<web>(?:https?://|www\.)[^\s<>()]+?|(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|io|co\.uk|app)(?:/[^\s<>()]*?)?)"
    figures: list[tuple[str, Callable[[Match], str]]] = [
        (
            rf"(?:\b(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|\b{web})(?P<end>[.,;:!?)]*(?=\s|$))",
            _address,
        ),
        (rf"{_FREE}({_any(tables.DIALLED)})(?!\s?(?:{units})\b)(?![\w/:%-]|[.,]\d)", _dial),
        (
            rf"(?<=\b)({call}\s)({_any(tables.DIALLED_AFTER_CALL)})(?!\s?(?:{units})\b)(?![\w/:%-]|[.,]\d)",
            lambda m: m[1] + numbers.digits(m[2]),
        ),
        (rf"{_FREE}((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\w)", _iso_date),
        (rf"{_FREE}(\d{{1,2}})/(\d{{1,2}})/((?:19|20)?\d\d)(?![\w/])", _slash_date),
        (
            rf"{_FREE}(?:\+\d{{1,3}}[ -]?)?(?:\(\d{{2,5}}\)|0\d{{2,4}}|\d{{3}}|1-\d{{3}})"
            r"[ -]\d{3,4}[ -]\d{3,4}(?![\w-])",
            _dial,
        ),
        (
            rf"{_FREE}(?:\+\d[\d ]{{7,16}}\d|0\d{{9,10}}|\d{{3}}-\d{{4}}|0\d{{2,4}} \d{{5,8}})"
            r"(?![\w-])",
            _dial,
        ),
        (rf"\b(?P<day>{_any(tables.DAYS)})\b\.?(?=,?\s\d)", lambda m: tables.DAYS[m["day"]]),
        (
            rf"(?:\bthe\s)?{_FREE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b\.?{year}",
            _day_month,
        ),
        (
            rf"\b(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:%]|\.\d){year}",
            _month_day,
        ),
        (r"(?<=\d)\s?[-–—]\s?(?=\d{1,2}:\d\d)", lambda m: " to "),
        (
            r"(?<![\w.:])(\d{1,2}):([0-5]\d)(?::[0-5]\d)?(?:\s?([AaPp])\.?[Mm]\b\.?)?(?![\d:])",
            _time,
        ),
        (rf"{_FREE}(\d{{1,2}})(?:\s?[-–—]\s?(\d{{1,2}}))?\s?([AaPp])\.?[Mm]\b\.?(?!\w)", _hours),
        (
            r"\b(in|since|until|during|year|before|after|spring|summer|autumn|winter)\s((?:19|20)\d\d)"
            rf"\b(?![,.]\d|\s?(?:{units})\b|\s?%|s\b)",
            lambda m: f"{m[1]} {numbers.year(int(m[2]))}",
        ),
        (
            rf"(?P<sign>[{_MONEY}])\s?(?P<figure>{_NUM})(?:\s?[-–—]\s?[{_MONEY}]?(?P<to>{_NUM}))?"
            r"(?:\s?(?P<scale>hundred|thousand|million|billion|bn|[kKmMbB])\b)?",
            _money,
        ),
        (rf"({_NUM})\s?¢", _to(r"\1 cents")),
        (r"(?<![\w.])(\d+)p\b", _to(r"\1 pence")),
        (r"(?<![\w.])(\d)'\s?(\d{1,2})\"", _to(r"\1 foot \2")),
        (rf"{_FREE}(?:(?P<whole>\d+)\s?)?(?P<vulgar>[{_VULGAR}])\s?", _mixed),
        (
            rf"{_FREE}(?:(?P<whole>\d+)\s)?(?P<top>\d{{1,3}})[/⁄](?P<bottom>\d{{1,3}})(?![\w/])",
            _slash,
        ),
        (
            r"(?<!and )\b(?P<part>a half|(?:an?|two|three|four|five|seven)"
            r" (?:third|quarter|fifth|sixth|eighth)s?)\s+"
            rf"(?P<unit>{_UNIT}|{_UNIT_WORDS})\b(?:\.(?=\s[a-z]))?",
            _part_of_unit,
        ),
    ]
    return [(re.compile(pattern), replace) for pattern, replace in figures] + _later_rules(units)


def _later_rules(units: str) -> list[Rule]:
    ends = r"(?![\w²³])"
    rules: list[tuple[str, Callable[[Match], str]]] = [
        (
            rf"(?<![\w.,/-])({_NUM})(\s?(?:{_UNIT}|%|°[CF]?))?\s?[-–—]\s?({_NUM})(?![\d-])",
            lambda m: f"{m[1]}{m[2] or ''} to {m[3]}",
        ),
        (rf"(?P<figure>{_NUM})\s?(?:°|º)\s?(?P<scale>[CF])?{ends}", _degrees),
        (
            rf"\b(?P<figure>and an? \w+)\s+(?P<unit>{_UNIT}){ends}",
            lambda m: f"{m['figure']} {tables.UNITS[m['unit']][1]}",
        ),
        (rf"(?<![A-Za-z])(?P<figure>{_NUM})\s?(?P<unit>{_UNIT}){ends}(?:\.(?=\s[a-z]))?", _unit),
        (rf"(?<![A-Za-z])(?P<figure>{_NUM})\s(?P<unit>{_SPACED}){ends}", _unit),
        (
            rf"(?<=[a-z])/(?P<per>{_any(tables.PER)}){ends}",
            lambda m: f" per {tables.PER[m['per']]}",
        ),
        (rf"\b(?P<unit>{_UNIT_WORDS})/(?=\w)", _to(r"\g<unit> per ")),
        (
            rf"(?<![\w.-])(?P<unit>{_any(tables.BARE_UNITS)}){ends}(?:\.(?=\s[a-z]))?",
            lambda m: tables.UNITS[m["unit"]][1],
        ),
        (
            rf"(?<=\s)/\s?(?=(?:day|week|month|meal|serving|portion|hour|{_NUM})\b)",
            lambda m: "per ",
        ),
        (r"(?<![\w.,])((?:19|20)?\d0)s\b", lambda m: numbers.decade(int(m[1]))),
        (r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th)\b", lambda m: numbers.ordinal(int(m[1]))),
        (rf"(?<![\w.])({_NUM})\s?[kK]\b(?!\s(?:run|race))", _to(r"\1 thousand")),
        (rf"(?<![\w.])({_NUM})\s?[x×]\s?(?=\d)", _to(r"\1 times ")),
        (rf"(?<![\w.])({_NUM})[x×](?!\w)", _to(r"\1 times")),
        (r"(?<!\w)[x×](\d+)\b", _to(r"times \1")),
        (r"\b(\d+):(\d+)\b", _to(r"\1 to \2")),
        (
            r"\b(?P<head>[A-Z][A-Za-z]{0,4}|omega|covid)-?(?P<figure>\d{1,3})(?P<tail>c)?(?![\w%.]|,\d)",
            _letter_figure,
        ),
        (r"(?<!\w)(?:[Nn]o\.\s?|#)(?=\d)", lambda m: "number "),
        (r"[~≈]\s?(?=[\d£$€])", lambda m: "about "),
        (r"(?<=\d)\s-\s(?=\d[\d.]*\s?=)", lambda m: " minus "),
        (rf"(?<![\w)])[-−](?={_NUM})", lambda m: "minus "),
        (r"\s?\+\s?", lambda m: " plus "),
        (rf"(?<![\w.])(?P<word>{_any(tables.ABBREVIATIONS)})(?![\w])", _abbreviation),
        (r"\band/or\b", lambda m: "and or"),
        (r"(?<=[a-z])\s?/\s?(?=[a-z])", lambda m: " or "),
        (r"\b[A-Z]{2,5}\b(?!['’.]\w)", _letters),
        (r"(?<![\d.])\d[\d,]*(?:\.\d+)*|(?<![\w.])\.\d+", _figure),
        (rf"[{re.escape(''.join(tables.SYMBOLS))}]", lambda m: tables.SYMBOLS[m[0]]),
    ]
    flags = {pattern: re.IGNORECASE if "?P<word>" in pattern else re.NOFLAG for pattern, _ in rules}
    return [(re.compile(pattern, flags[pattern]), replace) for pattern, replace in rules]


def _figure(match: Match) -> str:
    text, tail = match[0], ""
    while text[-1] == ",":
        text, tail = text[:-1], "," + tail
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() :][:1]
    said = numbers.number(text)
    return (" " if before.isalnum() else "") + said + tail + (" " if after.isalnum() else "")


_RULES = _rules()
