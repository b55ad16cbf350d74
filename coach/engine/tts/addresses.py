"""Addresses of the web and of mail, and telephone numbers, as they are said."""

import re

from coach.engine.tts import numbers, tables
from coach.engine.tts.patterns import ANY_UNIT, FREE, Match, any_of, rules

_WEB = (
    r"(?P<web>(?:https?://|www\.)[^\s<>()]+?"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|io|co\.uk|app)(?:/[^\s<>()]*?)?)"
)
_MAIL = r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_CALL = r"(?:call|dial|ring|phone|text|calling|dialling|dialing|ringing|texting|NHS|or)"
_NO_AMOUNT = rf"(?!\s?{ANY_UNIT}\b)(?![\w/:%-]|[.,]\d)"
_SIGNS = (("@", "at"), (".", "dot"), ("/", "slash"), ("-", "dash"), ("_", "underscore"))


def _address(match: Match) -> str:
    text = match["web"] or match["mail"]
    text = re.sub(r"^(?:https?://)?(?:www\.)?|[/.]+$", "", text)
    text = re.sub(r"[?#].*", "", text)
    for sign, word in _SIGNS:
        text = text.replace(sign, f" {word} ")
    return f" {text} {match['end'] or ''}"


def _dial(match: Match) -> str:
    groups = re.findall(r"\d+", match[0])
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(numbers.digits(group) for group in groups)


ADDRESSES = rules(
    (rf"(?:\b{_MAIL}|\b{_WEB})(?P<end>[.,;:!?)]*(?=\s|$))", _address),
)

SHORT_NUMBERS = rules(
    (rf"{FREE}({any_of(tables.DIALLED)}){_NO_AMOUNT}", _dial),
    (
        rf"(?<=\b)({_CALL}\s)({any_of(tables.DIALLED_AFTER_CALL)}){_NO_AMOUNT}",
        lambda m: m[1] + numbers.digits(m[2]),
    ),
)

TELEPHONES = rules(
    (
        rf"{FREE}(?:\+\d{{1,3}}[ -]?)?(?:\(\d{{2,5}}\)|0\d{{2,4}}|\d{{3}}|1-\d{{3}})"
        r"[ -]\d{3,4}[ -]\d{3,4}(?![\w-])",
        _dial,
    ),
    (
        rf"{FREE}(?:\+\d[\d ]{{7,16}}\d|0\d{{9,10}}|\d{{3}}-\d{{4}}|0\d{{2,4}} \d{{5,8}})(?![\w-])",
        _dial,
    ),
)
