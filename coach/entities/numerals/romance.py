"""Spanish and French number words."""

from collections.abc import Callable
from typing import Final

from coach.entities.numerals.words import NumberWords, Read

SPANISH_ONES: Final = {
    "cero": 0, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
    "quince": 15, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte":
    20, "veintiuno": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25,
    "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "veintiun": 21,
    "veintiuna": 21,
}  # fmt: skip
SPANISH_TENS: Final = {
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90,
}  # fmt: skip
SPANISH_HUNDREDS: Final = {
    "cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400,
    "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800,
    "novecientos": 900, "doscientas": 200, "trescientas": 300, "cuatrocientas": 400,
    "quinientas": 500, "seiscientas": 600, "setecientas": 700, "ochocientas": 800,
    "novecientas": 900,
}  # fmt: skip
FRENCH_ONES: Final = {
    "zero": 0, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16,
}  # fmt: skip
FRENCH_TENS: Final = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "nonante": 90,
}  # fmt: skip
A_FRENCH_ONE: Final = frozenset({"un", "une"})


def word_at(words: list[str], i: int) -> str:
    return words[i] if i < len(words) else ""


def spanish_at(words: list[str], i: int) -> Read | None:
    """ "treinta y cinco", "mil quinientos", "cero coma cinco"."""
    whole = with_thousands(words, i, spanish_below_thousand, frozenset({"mil"}))
    return with_decimals(words, whole, frozenset({"coma", "punto"}), SPANISH_ONES)


def spanish_below_thousand(words: list[str], i: int) -> Read | None:
    word = word_at(words, i)
    if word in SPANISH_HUNDREDS:
        rest = spanish_below_hundred(words, i + 1)
        return plus(SPANISH_HUNDREDS[word], rest, i + 1)
    return spanish_below_hundred(words, i)


def spanish_below_hundred(words: list[str], i: int) -> Read | None:
    word = word_at(words, i)
    if word in SPANISH_ONES:
        return Read(SPANISH_ONES[word], i + 1)
    if word not in SPANISH_TENS:
        return None
    last = word_at(words, i + 2)
    one = 1 if last in {"un", "una"} else SPANISH_ONES.get(last, 0)
    if word_at(words, i + 1) == "y" and 1 <= one <= 9:
        return Read(SPANISH_TENS[word] + one, i + 3)
    return Read(SPANISH_TENS[word], i + 1)


def french_at(words: list[str], i: int) -> Read | None:
    """ "quatre-vingt-dix", "soixante et onze", "deux cents", "zéro virgule cinq"."""
    whole = with_thousands(words, i, french_below_thousand, frozenset({"mille", "mil"}))
    return with_decimals(words, whole, frozenset({"virgule", "point"}), FRENCH_ONES)


def french_below_thousand(words: list[str], i: int) -> Read | None:
    first = french_below_hundred(words, i)
    at = i if first is None else first.end
    if word_at(words, at) in {"cent", "cents"}:
        rest = french_below_hundred(words, at + 1) or french_below_twenty(words, at + 1)
        return plus((first.value if first else 1) * 100, rest, at + 1)
    return first


def french_below_hundred(words: list[str], i: int) -> Read | None:
    word, following = word_at(words, i), word_at(words, i + 1)
    if word == "quatre" and following in {"vingt", "vingts"}:
        return plus(80, french_below_twenty(words, i + 2), i + 2)
    if word not in FRENCH_TENS:
        return french_below_twenty(words, i) if word not in A_FRENCH_ONE else None
    tens = FRENCH_TENS[word]
    after = i + 1 + (following == "et")
    rest = french_below_twenty(words, after)
    most = 20 if tens == 60 else 10
    if rest is not None and 1 <= rest.value < most:
        return Read(tens + rest.value, rest.end)
    return Read(tens, i + 1)


def french_below_twenty(words: list[str], i: int) -> Read | None:
    word = word_at(words, i)
    if word in A_FRENCH_ONE:
        return Read(1, i + 1)
    if word not in FRENCH_ONES:
        return None
    last = FRENCH_ONES.get(word_at(words, i + 1), 0)
    if word == "dix" and 7 <= last <= 9:
        return Read(10 + last, i + 2)
    return Read(FRENCH_ONES[word], i + 1)


def plus(value: float, rest: Read | None, end: int) -> Read:
    return Read(value + rest.value, rest.end) if rest and rest.value else Read(value, end)


def with_thousands(
    words: list[str],
    i: int,
    below_thousand: Callable[[list[str], int], Read | None],
    thousand: frozenset[str],
) -> Read | None:
    """A number below a million: what stands before the thousand, and what after it."""
    first = below_thousand(words, i)
    at = i if first is None else first.end
    if word_at(words, at) not in thousand:
        return first
    value = (first.value if first else 1) * 1000
    return plus(value, below_thousand(words, at + 1), at + 1)


def with_decimals(
    words: list[str], whole: Read | None, points: frozenset[str], ones: dict[str, int]
) -> Read | None:
    """ "cero coma veinticinco", "un virgule cinq"."""
    if whole is None or word_at(words, whole.end) not in points:
        return whole
    digits, j = "", whole.end + 1
    while j < whole.end + 5 and word_at(words, j) in ones:
        digits, j = digits + str(ones[words[j]]), j + 1
    return Read(whole.value + float(f"0.{digits}"), j) if digits else whole


SPANISH: Final = NumberWords(
    cardinal=spanish_at,
    fractions={"medio": 0.5, "media": 0.5},
    fractions_plural={"medios": 0.5, "cuartos": 0.25, "tercios": 1 / 3, "quintos": 0.2},
    fractions_counted={"cuarto": 0.25, "tercio": 1 / 3, "quinto": 0.2},
    articles=frozenset({"un", "una"}),
    ones=frozenset({"un", "una", "uno"}),
    joins=frozenset({"y"}),
    of=frozenset({"de"}),
    groups={
        "k": 1000.0,
        "docena": 12.0,
        "docenas": 12.0,
        "par": 2.0,
        "decena": 10.0,
        "mil": 1000.0,
        "millon": 1e6,
        "millones": 1e6,
    },
    groups_alone={"ambos": 2.0, "ambas": 2.0},
    point="coma",
    ordinals={"primero": 1, "primer": 1},
)
FRENCH: Final = NumberWords(
    cardinal=french_at,
    fractions={"demi": 0.5, "demie": 0.5},
    fractions_plural={"demis": 0.5, "quarts": 0.25, "tiers": 1 / 3, "cinquiemes": 0.2},
    fractions_counted={"quart": 0.25, "tiers": 1 / 3, "cinquieme": 0.2},
    articles=frozenset({"un", "une"}),
    ones=frozenset({"un", "une"}),
    joins=frozenset({"et"}),
    of=frozenset({"de", "d", "du"}),
    groups={
        "mille": 1000.0, "cent": 100.0, "cents": 100.0, "k": 1000.0,
        "douzaine": 12.0, "douzaines": 12.0, "dizaine": 10.0, "dizaines": 10.0, "quinzaine": 15.0,
        "vingtaine": 20.0, "centaine": 100.0, "paire": 2.0, "million": 1e6, "millions": 1e6,
    },
    groups_alone={"plusieurs": 4.0},
    point="virgule",
    ordinals={"premier": 1},
)  # fmt: skip
