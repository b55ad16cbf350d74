"""A number at a place of a sentence, in digits or words, with fractions, dozens and decimals."""

from typing import Final

from coach.entities.numerals.digits import value_of
from coach.entities.numerals.words import Read
from coach.entities.sentence import Sentence
from coach.entities.units import unit_at

PARTS: Final = frozenset([*range(2, 11), 12, 16])  # what people divide by
ORDINAL_ENDS: Final = frozenset({"st", "nd", "rd", "th"})
SLASHES: Final = frozenset("/⁄∕")
HYPHENS: Final = frozenset("-‐‑–")
QUARTER: Final = 0.25
LOOSE: Final = frozenset({"cup", "tsp", "tbsp", "l", "pint", "mile", "inch", "gallon"})
MOST_WORDS: Final = 16  # no number that people say has more


def number_at(sentence: Sentence, i: int) -> Read | None:
    """The number that begins at token `i`; articles alone are none."""
    if i not in sentence.numbers:
        sentence.numbers[i] = grouped(sentence, i)
    return sentence.numbers[i]


def grouped(sentence: Sentence, i: int) -> Read | None:
    """A number with its dozens: "two dozen", "half a dozen", "a couple", "2 thousand"."""
    words = sentence.vocabulary.numbers
    first = sentence.word(i)
    # "in half an hour", "that one mile"
    leads_on = sentence.word(i + 1) in words.articles or unit_at(sentence, i + 1) is not None
    if sentence.word(i - 1) in words.never_after.get(first, ()) and not leads_on:
        return None
    number = digits_at(sentence, i) or words_at(sentence, i)
    if number is None:
        return grouped_alone(sentence, i)
    j = number.end
    if number.value < 1 and sentence.word(j) in words.articles:
        j += 1
    group = words.groups.get(sentence.word(j))
    if not group:
        return number
    whole = after_and(sentence, group, j + 1)
    return Read(number.value * group + whole.value - group, whole.end)


def grouped_alone(sentence: Sentence, i: int) -> Read | None:
    """ "a dozen", "a couple", "several", "a few"."""
    words = sentence.vocabulary.numbers
    word, following = sentence.word(i), sentence.word(i + 1)
    if word in words.groups_alone:
        return Read(words.groups_alone[word], i + 1)
    if word in words.articles:
        group = words.groups.get(following) or words.groups_after_article.get(following)
        if group:
            rest = words_at(sentence, i + 2) if group >= 100 else None
            return Read(group + rest.value, rest.end) if rest else after_and(sentence, group, i + 2)
    return None


def after_and(sentence: Sentence, group: float, j: int) -> Read:
    """ "a hundred and fifty"."""
    words = sentence.vocabulary.numbers
    if group >= 100 and sentence.word(j) in words.joins:
        rest = digits_at(sentence, j + 1) or words_at(sentence, j + 1)
        if rest is not None and rest.value < group and rest.value >= 1:
            return Read(group + rest.value, rest.end)
    return Read(group, j)


def digits_at(sentence: Sentence, i: int) -> Read | None:
    token = sentence.token(i)
    if token.kind != "number":
        return None
    slashed = slash_fraction_at(sentence, i)
    if slashed is not None:
        return slashed
    if is_ordinal(sentence, i):
        return None
    value = value_of(token.raw, sentence.vocabulary.language)
    if value is None:
        return None
    if (share := korean_share_at(sentence, i)) is not None:
        return share
    if token.raw.isdecimal():
        return with_fraction(sentence, value, i + 1, written=True)
    return Read(value, i + 1)


def korean_share_at(sentence: Sentence, i: int) -> Read | None:
    """ "3분의 1": of three parts one."""
    if sentence.words[i + 1 : i + 3] != ["분", "의"]:
        return None
    parts, many = sentence.token(i).raw, sentence.token(i + 3).raw
    short = max(len(parts), len(many)) <= 2
    if not (short and parts.isdecimal() and many.isdecimal() and int(parts) in PARTS):
        return None
    return Read(int(many) / int(parts), i + 4)


def is_ordinal(sentence: Sentence, i: int) -> bool:
    """ "2nd", "21st"; but "11st 4" and "12st" are stones."""
    ending = sentence.token(i + 1)
    if ending.text not in ORDINAL_ENDS or not ending.glued:
        return False
    raw = sentence.token(i).raw
    stones = ending.text == "st" and (not raw.endswith("1") or raw.endswith("11"))
    return not stones and sentence.vocabulary.language == "en"


def slash_fraction_at(sentence: Sentence, i: int) -> Read | None:
    """ "3/4" and "3⁄4"; but not "3/4/2026"."""
    above, slash, below = (sentence.token(i + place) for place in range(3))
    if slash.text not in SLASHES or not slash.glued or not below.glued:
        return None
    if not (above.raw.isdecimal() and below.raw.isdecimal()):
        return None
    if sentence.token(i + 3).text in SLASHES or max(len(above.raw), len(below.raw)) > 2:
        return None
    many, parts = int(above.raw), int(below.raw)
    is_share = parts in PARTS and (many < parts or max(many, parts) < 10)
    return Read(many / parts, i + 3) if is_share else None  # "130/85" and "24/7" are none


def with_fraction(sentence: Sentence, value: float, j: int, *, written: bool = False) -> Read:
    """A whole number and the fraction after it: "1½", "1 1/2", "1-1/2", "one and a half"."""
    words = sentence.vocabulary.numbers
    at = j
    hyphen = written and sentence.word(at) in HYPHENS and sentence.token(at).glued
    if hyphen and sentence.token(at + 1).glued:
        at += 1
    if written and (tail := written_fraction_at(sentence, at)) is not None:
        return Read(value + tail.value, tail.end)
    if sentence.word(j) in words.joins:
        tail = written_fraction_at(sentence, j + 1) or fraction_at(sentence, j + 1)
        if tail is not None and tail.value < 1 and not takes_back(sentence, tail.end):
            return Read(value + tail.value, tail.end)
    if (plural := words.fractions_plural.get(sentence.word(j))) and 1 < value < 20:
        return Read(value * plural, j + 1)
    if written and words.point and sentence.word(j) == words.point:
        following = sentence.token(j + 1).raw
        if following.isdecimal() and len(following) <= 6:
            return Read(value + float(f"0.{int(following):0{len(following)}d}"), j + 2)
    return Read(value, j)


def takes_back(sentence: Sentence, j: int) -> bool:
    """ "two eggs and half an avocado", "two and a half of that": the half is of something else."""
    articles = sentence.vocabulary.numbers.articles
    return sentence.word(j) in articles


def written_fraction_at(sentence: Sentence, i: int) -> Read | None:
    """ "½" or "1/2", below one."""
    token = sentence.token(i)
    if token.kind != "number":
        return None
    if len(token.raw) == 1 and not token.raw.isdecimal():
        value = value_of(token.raw, sentence.vocabulary.language)
        return Read(value, i + 1) if value is not None and value < 1 else None
    slashed = slash_fraction_at(sentence, i)
    return slashed if slashed is not None and slashed.value < 1 else None


def words_at(sentence: Sentence, i: int) -> Read | None:
    """A fraction or a cardinal in words, with the fraction that follows it."""
    fraction = fraction_at(sentence, i)
    if fraction is not None:
        return fraction
    words = sentence.vocabulary.numbers
    if sentence.word(i) in words.ones and sentence.word(i + 1) in words.joins:
        half = fraction_at(sentence, i + 2)  # "un et demi"
        if half is not None and half.value < 1 and not takes_back(sentence, half.end):
            return Read(1 + half.value, half.end)
    read = words.cardinal(sentence.words[i : i + MOST_WORDS], 0)
    if read is None:
        return None
    end = i + read.end
    if read.value % 1:
        return Read(read.value, end, read.spoken)
    tail = with_fraction(sentence, read.value, end)
    return Read(tail.value, tail.end, read.spoken)


def fraction_at(sentence: Sentence, i: int) -> Read | None:
    """ "half", "a quarter", "one half", "two thirds", "a third of"."""
    words = sentence.vocabulary.numbers
    word = sentence.word(i)
    if word in words.fractions:
        return Read(words.fractions[word], i + 1)
    counted = words.cardinal(sentence.words[i : i + 1], 0)
    if counted is not None and 1 < counted.value < 10 and following_share(sentence, i + 1):
        return Read(counted.value * following_share(sentence, i + 1), i + 2)
    one = word in words.articles or word in words.ones
    following = sentence.word(i + 1)
    if one and following in words.fractions:
        return Read(words.fractions[following], i + 2)
    if one and following in words.fractions_counted and counts(sentence, i + 2):
        return Read(words.fractions_counted[following], i + 2)
    return None


def following_share(sentence: Sentence, j: int) -> float:
    """What a plural of shares at `j` is worth ("three quarters", "three quarter cup"); 0: none."""
    words = sentence.vocabulary.numbers
    word = sentence.word(j)
    if word in words.fractions_plural:
        return words.fractions_plural[word]
    of_volume = unit_at(sentence, j + 1)
    loose = words.fractions.get(word, 0) == QUARTER and of_volume is not None
    return QUARTER if loose and of_volume[0] in LOOSE else 0.0  # type: ignore[index]


def counts(sentence: Sentence, j: int) -> bool:
    """Whether "a third" before `j` is a share ("a third of", "a third cup"), not the third one."""
    token = sentence.token(j)
    if token.kind != "word" or token.text in sentence.vocabulary.numbers.of:
        return True
    return unit_at(sentence, j) is not None
