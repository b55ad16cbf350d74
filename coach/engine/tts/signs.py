"""Ordinals, signs, abbreviations and bare figures: what is left after dates and amounts."""

import re

from coach.engine.tts import numbers, tables
from coach.engine.tts.patterns import FIGURE, Match, any_of, rules, to


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


def _abbreviation(match: Match) -> str:
    """The words, and the stop again where it ended the sentence as well."""
    word, rest = match["word"].lower(), match.string[match.end() :]
    ends = not rest.strip() or (word in tables.MAY_END and bool(re.match(r"\s+[A-Z]", rest)))
    return tables.ABBREVIATIONS[word] + ("." if ends and word.endswith(".") else "")


def _figure(match: Match) -> str:
    text, tail = match[0], ""
    while text[-1] == ",":
        text, tail = text[:-1], "," + tail
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() :][:1]
    said = numbers.number(text)
    return (" " if before.isalnum() else "") + said + tail + (" " if after.isalnum() else "")


ORDINALS = rules(
    (r"(?<![\w.,])((?:19|20)?\d0)s\b", lambda m: numbers.decade(int(m[1]))),
    (r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th)\b", lambda m: numbers.ordinal(int(m[1]))),
)

MULTIPLES = rules(
    (rf"(?<![\w.])({FIGURE})\s?[kK]\b(?!\s(?:run|race))", to(r"\1 thousand")),
    (rf"(?<![\w.])({FIGURE})\s?[x×]\s?(?=\d)", to(r"\1 times ")),
    (rf"(?<![\w.])({FIGURE})[x×](?!\w)", to(r"\1 times")),
    (r"(?<!\w)[x×](\d+)\b", to(r"times \1")),
    (r"\b(\d+):(\d+)\b", to(r"\1 to \2")),
)

SIGNS = rules(
    (
        r"\b(?P<head>[A-Z][A-Za-z]{0,4}|omega|covid)-?(?P<figure>\d{1,3})(?P<tail>c)?"
        r"(?![\w%.]|,\d)",
        _letter_figure,
    ),
    (r"(?<!\w)(?:[Nn]o\.\s?|#)(?=\d)", lambda m: "number "),
    (r"[~≈]\s?(?=[\d£$€])", lambda m: "about "),
    (r"(?<=\d)\s-\s(?=\d[\d.]*\s?=)", lambda m: " minus "),
    (rf"(?<![\w)])[-−](?={FIGURE})", lambda m: "minus "),
    (r"\s?\+\s?", lambda m: " plus "),
)

ABBREVIATIONS = rules(
    (rf"(?<![\w.])(?P<word>{any_of(tables.ABBREVIATIONS)})(?![\w])", _abbreviation),
    flags=re.IGNORECASE,
)

LAST = rules(
    (r"\band/or\b", lambda m: "and or"),
    (r"(?<=[a-z])\s?/\s?(?=[a-z])", lambda m: " or "),
    (r"\b[A-Z]{2,5}\b(?!['’.]\w)", _letters),
    (r"(?<![\d.])\d[\d,]*(?:\.\d+)*|(?<![\w.])\.\d+", _figure),
    (rf"[{re.escape(''.join(tables.SYMBOLS))}]", lambda m: tables.SYMBOLS[m[0]]),
)
