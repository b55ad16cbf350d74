"""English clock times: "8:30", "half past seven", "quarter to noon", "seven thirty"."""

import re
from typing import Final

from coach.entities.clock_times.core import ClockGrammar, Core, Half, hour_and_minute
from coach.entities.clock_times.figures import figures_at
from coach.entities.numerals.numbers import number_at
from coach.entities.sentence import Sentence
from coach.entities.text import word_set
from coach.entities.units import unit_at

NAMED: Final = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0)}
PAST: Final = frozenset({"past", "after"})
TO: Final = frozenset({"to", "till", "before", "til"})
MINUTES: Final = frozenset({"minutes", "minute", "mins", "min"})
BEFORE_PAIR: Final = frozenset({"for", "until", "till", "from", "to", "by", "at", "around"})
SOME: Final = {"half": 30, "quarter": 15}
AFTER_TIME: Final = word_set(
    "i we in this today yesterday tomorrow for and with last at on had ate there then so before "
    "after my while tonight he she they it but because when as a an the some every daily to "
    "was were is until till from please or sharp each"
)
NOT_TIME: Final = word_set(
    "percent per point time times dollar dollars bucks degrees people person of more less oh "
    "different other or each kcal cal calories hundred thousand dozen"
)
PAUSES: Final = frozenset(".,;:!?")
MARKS_OF_VALUE: Final = frozenset("/%°'\"+*x$€£×")
ATE: Final = word_set("had have ate eat drank drink took take of got get only just them those")


def core_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    return (
        named_at(sentence, i, led)
        or past_or_to(sentence, i, led)
        or figures_at(sentence, i, led, half_at)
        or spoken_at(sentence, i)
    )


def named_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "noon" after "at", "12 noon"."""
    word = sentence.word(i)
    if word in NAMED and (led or stands_alone(sentence, i + 1)):
        return Core(*NAMED[word], i + 1, half="24", strong=True)
    if sentence.word(i + 1) in NAMED and word in {"12", "twelve"}:
        return Core(*NAMED[sentence.word(i + 1)], i + 2, half="24", strong=True)
    return None


def stands_alone(sentence: Sentence, j: int) -> bool:
    """ "noon, a soup"; in "a midnight snack" it is a kind of snack."""
    following = sentence.token(j)
    before = sentence.word(j - 2)
    return following.kind != "word" and before not in {"a", "the", "this", "in", "during"}


def past_or_to(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "half past seven", "a quarter to noon", "ten to nine", "half seven"."""
    j = i + (sentence.word(i) in {"a", "an"})
    if sentence.word(j) in SOME:
        minutes, j, exact = SOME[sentence.word(j)], j + 1, True
    else:
        number = number_at(sentence, i)
        if number is None or number.value % 1 or not 1 <= number.value <= 59 or number.spoken:
            return None
        minutes, j, exact = int(number.value), number.end, False
        if sentence.word(j) in MINUTES:
            j, exact = j + 1, sentence.word(j + 1) in PAST | TO
        elif minutes % 5 or (
            sentence.token(i).kind == "number" and sentence.word(j) in TO and not led
        ):
            return None  # "8 to 10 am" is from eight to ten
    word = sentence.word(j)
    if word not in PAST | TO:
        return half_hour(sentence, j, minutes) if exact and minutes == 30 else None
    hour, end, half = hour_at(sentence, j + 1)
    if hour is None:
        return None
    named = half == "24"
    half, end = (half, end) if named else half_at(sentence, end)
    asked = led and sentence.word(i - 1) in {"at", "by", "until", "till"}
    strong = exact or named or word in PAST or bool(half) or asked
    if word in TO:
        hour, minutes = (hour - 1) % 24 if named else (hour - 1 or 12), 60 - minutes
    return Core(hour, minutes, end, half=half, strong=strong)


def half_hour(sentence: Sentence, j: int, minutes: int) -> Core | None:
    """ "half seven": half past it."""
    hour, end, half = hour_at(sentence, j)
    if hour is None or half or sentence.token(j).kind == "number":
        return None
    half, end = half_at(sentence, end)
    return Core(hour, minutes, end, half=half, strong=bool(half))


def hour_at(sentence: Sentence, j: int) -> tuple[int | None, int, Half]:
    """An hour of twelve, or one that has a name."""
    word = sentence.word(j)
    if word in NAMED:
        return NAMED[word][0], j + 1, "24"
    number = number_at(sentence, j)
    if number is None or number.value not in range(1, 13):
        return None, j, ""
    return int(number.value), number.end, ""


def spoken_at(sentence: Sentence, i: int) -> Core | None:
    """ "eight", "seven thirty", "seven oh five", "7 30 pm"."""
    number = number_at(sentence, i)
    if number is None or number.value % 1 or not 0 <= number.value <= 2400:
        return None
    hour, minute, end = int(number.value), 0, number.end
    if number.spoken:
        hour, minute = divmod(hour, 100)
    elif sentence.token(end).kind == "number" and re.fullmatch("[0-5]\\d", sentence.word(end)):
        after = half_at(sentence, end + 1)
        if after[0] or sentence.token(end + 1).kind in {"mark", "end"}:
            minute, end = int(sentence.word(end)), end + 1
    if not hour_and_minute(hour, minute):
        return None
    half, after_half = half_at(sentence, end)
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        half, after_half = "", end
    led_on = number.spoken and sentence.word(i - 1) in BEFORE_PAIR
    marked = after_half > end or (led_on and unit_at(sentence, end) is None)
    return Core(hour, minute, after_half, half=half, strong=marked)


def half_at(sentence: Sentence, j: int) -> tuple[Half, int]:
    """ "am", "p.m.", "a m", "o'clock", "ish" after a time: the half, and the token after it."""
    if sentence.word(j) in {"oclock", "ish"}:
        half, end = half_at(sentence, j + 1)
        return half, end
    if sentence.word(j) == "o" and sentence.word(j + 1) == "clock":
        return half_at(sentence, j + 2)
    if sentence.word(j) in {"hours", "hrs"} and sentence.token(j - 1).kind == "number":
        long = len(sentence.token(j - 1).raw) in {2, 4} and sentence.word(j - 2) in {":", "at"}
        return ("24", j + 1) if long else ("", j)
    if sentence.word(j) in {"am", "pm"}:
        return ("am" if sentence.word(j) == "am" else "pm"), j + 1
    for letter, half in (("a", "am"), ("p", "pm")):
        if sentence.word(j) != letter:
            continue
        k = j + 1 + (sentence.word(j + 1) == ".")
        if sentence.word(k) == "m":
            dotted = sentence.word(k + 1) == "." and sentence.token(k + 2).raw[:1].islower()
            return ("am" if half == "am" else "pm"), k + 1 + dotted
    return "", j


def follows(sentence: Sentence, j: int, hour: int, tells: bool) -> bool:
    """Whether a bare number before token `j` may be an hour: "at 8 I had", not "at 8 dollars"."""
    token = sentence.token(j)
    if token.kind == "end":
        return True
    if token.kind == "mark":
        return token.text not in MARKS_OF_VALUE if tells else token.text in PAUSES
    if token.text in NOT_TIME or unit_at(sentence, j) or token.text in sentence.vocabulary.periods:
        return False
    if not tells and (token.text == "to" or number_at(sentence, j) is not None):
        return False  # "about 3 to 4 quarts", "about eight 6-inch chiles"
    if token.text in AFTER_TIME or number_at(sentence, j) is not None:
        return True
    if not tells or hour == 1:
        return False
    plural = token.text.endswith("s") and not token.text.endswith(("ss", "us", "is"))
    return not plural or token.text in sentence.vocabulary.meals


ENGLISH_CLOCK: Final = ClockGrammar(
    core_at=core_at,
    leads_telling=(("at",), ("at", "about"), ("at", "around")),
    leads_perhaps=(
        ("around",), ("about",), ("by",), ("until",), ("till",), ("since",), ("before",),
        ("after",), ("like",), ("approximately",),
    ),
    leads_ranges=(("from",), ("between",), ("to",), ("and",)),
    follows=follows,
    not_after=ATE,
)  # fmt: skip
