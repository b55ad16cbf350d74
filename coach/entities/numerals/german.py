"""German number words: one word each, in the order in which they are said."""

import re
from functools import lru_cache
from typing import Final

from coach.entities.numerals.words import NumberWords, Read

ONES: Final = {
    "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5, "fuenf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
}  # fmt: skip
TEENS: Final = {
    "zehn": 10, "elf": 11, "zwolf": 12, "zwoelf": 12, "dreizehn": 13, "vierzehn": 14,
    "funfzehn": 15, "fuenfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19,
}  # fmt: skip
TENS: Final = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "fuenfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
ARTICLES: Final = frozenset({"ein", "eine", "einen", "einer", "einem", "eines"})
ONE = "|".join(sorted(ONES, key=len, reverse=True))
BELOW_HUNDRED = (
    rf"(?:(?P<{{0}}teen>{'|'.join(sorted(TEENS, key=len, reverse=True))})"
    rf"|(?:(?P<{{0}}one>{ONE})und)?(?P<{{0}}ten>{'|'.join(TENS)})|(?P<{{0}}last>{ONE}))"
)
BELOW_THOUSAND = rf"(?:(?P<{{0}}hundred>(?:{ONE})?)hundert(?:und)?)?{BELOW_HUNDRED}?"
NUMBER: Final = re.compile(
    rf"(?:(?P<thousand>{BELOW_THOUSAND.format('t')})tausend(?:und)?)?{BELOW_THOUSAND.format('n')}"
)
HALF: Final = re.compile(r"(?P<whole>.+)einhalb")
LONGEST: Final = 60


@lru_cache(maxsize=4096)
def value_of(word: str) -> float | None:
    """A number written as one word; None for any other word. "ein" alone is an article."""
    if word in {"null", "anderthalb"}:
        return 0.0 if word == "null" else 1.5
    if not word or len(word) > LONGEST or word in ARTICLES:
        return None
    half = HALF.fullmatch(word)
    if half:
        whole = 1.0 if half["whole"] == "ein" else value_of(half["whole"])
        return None if whole is None else whole + 0.5
    found = NUMBER.fullmatch(word)
    if found is None:
        return None
    thousands = below_thousand(found, "t") if found["thousand"] is not None else 0
    if found["thousand"] == "":
        thousands = 1
    return float(thousands * 1000 + below_thousand(found, "n"))


def below_thousand(found: re.Match[str], of: str) -> int:
    hundred = found[f"{of}hundred"]
    value = 0 if hundred is None else ONES.get(hundred, 1) * 100
    value += TEENS.get(found[f"{of}teen"] or "", 0) + TENS.get(found[f"{of}ten"] or "", 0)
    return value + ONES.get(found[f"{of}one"] or "", 0) + ONES.get(found[f"{of}last"] or "", 0)


def cardinal_at(words: list[str], i: int) -> Read | None:
    """ "zweihundertfünfzig", "zwei Komma fünf"."""
    value = value_of(words[i]) if i < len(words) else None
    if value is None:
        return None
    if words[i + 1 : i + 2] != ["komma"]:
        return Read(value, i + 1)
    digits, j = "", i + 2
    while j < min(i + 6, len(words)) and (digit := value_of(words[j])) is not None:
        digits, j = digits + str(int(digit)), j + 1
    return Read(value + float(f"0.{digits}"), j) if digits else Read(value, i + 1)


GERMAN: Final = NumberWords(
    cardinal=cardinal_at,
    fractions={
        "halb": 0.5, "halbe": 0.5, "halber": 0.5, "halbes": 0.5, "halben": 0.5, "halbem": 0.5,
        "viertel": 0.25, "dreiviertel": 0.75,
    },
    fractions_plural={"viertel": 0.25, "drittel": 1 / 3, "halbe": 0.5, "achtel": 0.125},
    fractions_counted={"drittel": 1 / 3, "achtel": 0.125, "funftel": 0.2},
    articles=ARTICLES,
    ones=frozenset({"eins"}),
    joins=frozenset({"und"}),
    of=frozenset({"von", "vom"}),
    groups={"dutzend": 12.0, "million": 1e6, "millionen": 1e6, "k": 1000.0, "hundert": 100.0,
    "tausend": 1000.0},
    groups_alone={"mehrere": 4.0, "beide": 2.0},
    groups_after_article={"paar": 3.0},
    point="komma",
    ordinals={
        "ersten": 1, "erste": 1, "erster": 1, "zweiten": 2, "dritten": 3, "vierten": 4,
        "funften": 5, "sechsten": 6, "siebten": 7, "achten": 8, "neunten": 9, "zehnten": 10,
        "elften": 11, "zwolften": 12, "zwanzigsten": 20, "dreissigsten": 30,
    },
)  # fmt: skip
