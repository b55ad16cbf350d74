"""English number words."""

from typing import Final

from coach.entities.numerals.words import NumberWords, Read

ONES: Final = {
    "zero": 0, "naught": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final = {"thousand": 1000, "million": 1_000_000}
DIGITS: Final = ONES | {"oh": 0, "o": 0}
SHARES: Final = frozenset({"quarters", "thirds", "fourths", "fifths", "eighths"})
ZEROS: Final = frozenset({"oh", "o", "zero"})


def cardinal_at(words: list[str], i: int) -> Read | None:
    """ "two hundred and twelve", "one point two five", "three fifty" (said for 350)."""
    total, j, read = 0.0, i, below_thousand(words, i)
    spoken = False
    while read is not None:
        value, j, spoken = read.value, read.end, spoken or read.spoken
        if word_at(words, j) not in SCALES:
            total += value
            break
        total, j = total + value * SCALES[words[j]], j + 1
        following = j + (word_at(words, j) == "and")
        read = below_thousand(words, following)
        if read is None or (read.end == following):
            break
    if word_at(words, j) == "point":
        decimals = decimals_at(words, j + 1)
        if decimals is not None:
            return Read(total + decimals.value, decimals.end, spoken or j == i)
    return Read(total, j, spoken) if j > i else None


def below_thousand(words: list[str], i: int) -> Read | None:
    """ "two hundred and twelve", "hundred", "twenty five", "twelve hundred", "three fifty"."""
    first = below_hundred(words, i)
    hundred = i if first is None else first.end
    if word_at(words, hundred) == "hundred":
        value, j = (first.value if first else 1) * 100, hundred + 1
        rest = below_hundred(words, j + (word_at(words, j) == "and"))
        if rest is not None and word_at(words, rest.end) in SHARES:
            rest = None  # "a hundred and three quarters"
        return Read(value + rest.value, rest.end) if rest else Read(value, j)
    if first is None:
        return None
    if 1 <= first.value <= 12 and first.end == i + 1:
        rest = spoken_rest(words, first.end)
        if rest is not None:
            return Read(first.value * 100 + rest.value, rest.end, spoken=True)
    return first


def spoken_rest(words: list[str], i: int) -> Read | None:
    """What follows the hundreds where no "hundred" is said: "three fifty", "four oh five"."""
    word = word_at(words, i)
    if word in ZEROS and 1 <= ONES.get(word_at(words, i + 1), 0) <= 9:
        return Read(ONES[words[i + 1]], i + 2)
    if word in TENS or ONES.get(word, 0) >= 10:
        return below_hundred(words, i)
    return None


def below_hundred(words: list[str], i: int) -> Read | None:
    word = word_at(words, i)
    if word in TENS:
        one = ONES.get(word_at(words, i + 1), 0)
        return Read(TENS[word] + one, i + 2) if 1 <= one <= 9 else Read(TENS[word], i + 1)
    return Read(ONES[word], i + 1) if word in ONES else None


def decimals_at(words: list[str], i: int) -> Read | None:
    """The digits after a "point", one by one or as one number: "two five", "seventy five"."""
    digits, j = "", i
    while j < min(i + 6, len(words)) and DIGITS.get(words[j], 10) <= 9:
        digits, j = digits + str(DIGITS[words[j]]), j + 1
    if not digits and (two := below_hundred(words, i)):
        digits, j = str(int(two.value)), two.end
    if not digits and word_at(words, i).isdecimal() and len(words[i]) <= 6:
        digits, j = words[i], i + 1
    return Read(float(f"0.{digits}"), j) if digits else None


def word_at(words: list[str], i: int) -> str:
    return words[i] if i < len(words) else ""


ENGLISH: Final = NumberWords(
    cardinal=cardinal_at,
    fractions={
        "half": 0.5, "quarter": 0.25,
    },
    fractions_plural={
        "halves": 0.5, "quarters": 0.25, "thirds": 1 / 3, "fourths": 0.25, "fifths": 0.2,
        "sixths": 1 / 6, "eighths": 0.125, "tenths": 0.1,
    },
    fractions_counted={
        "third": 1 / 3, "fourth": 0.25, "fifth": 0.2, "eighth": 0.125, "sixth": 1 / 6,
        "tenth": 0.1,
    },
    articles=frozenset({"a", "an"}),
    ones=frozenset({"one"}),
    joins=frozenset({"and"}),
    of=frozenset({"of"}),
    groups={"dozen": 12.0, "couple": 2.0, "hundred": 100.0, "thousand": 1000.0,
            "million": 1_000_000.0, "k": 1000.0, "dozens": 12.0, "lakh": 100_000.0,
            "billion": 1e9},
    groups_alone={"dozens": 24.0, "several": 4.0, "both": 2.0},
    groups_after_article={"few": 3.0, "pair": 2.0},
    never_after={
        "half": frozenset({"in", "other"}),
        "one": frozenset({
            "this", "that", "the", "which", "each", "every", "another", "no", "big", "small",
            "large", "little", "last", "first", "next", "other", "new", "old", "any", "some",
            "good", "right", "wrong", "same", "second", "red", "green", "brown", "white", "black",
        }),
    },
    point="point",
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
        "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
        "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    },
)  # fmt: skip
