"""Spanish and French clock times: "a las ocho y media", "à neuf heures moins le quart"."""

from typing import Final

from coach.entities.clock_times.core import ClockGrammar, Core, Half, hour_and_minute
from coach.entities.clock_times.english import half_at as am_or_pm
from coach.entities.clock_times.figures import figures_at
from coach.entities.numerals.numbers import MOST_WORDS
from coach.entities.sentence import Sentence
from coach.entities.text import word_set
from coach.entities.units import unit_at

SPANISH_PLUS: Final = {"media": 30, "cuarto": 15}
FRENCH_PLUS: Final = {"demie": 30, "demi": 30, "quart": 15}
AFTER_MINUTES: Final = word_set("am pm a p de en por y comi tome cene desayune para")
LEAST_SPOKEN: Final = 10
NOT_TIME: Final = word_set("euros euro por pour de d fois veces personas personnes %")


def whole_at(sentence: Sentence, i: int, most: int) -> tuple[int, int] | None:
    """A whole number up to `most`, and the token after it; "una" and "une" are one."""
    token = sentence.token(i)
    if token.kind == "number":
        whole = token.raw.isdecimal() and len(token.raw) <= 4 and int(token.raw) <= most
        return (int(token.raw), i + 1) if whole else None
    if token.text in {"una", "une"}:
        return 1, i + 1
    read = sentence.vocabulary.numbers.cardinal(sentence.words[i : i + MOST_WORDS], 0)
    if read is None or read.value % 1 or not 0 <= read.value <= most:
        return None
    return int(read.value), i + read.end


def before_the_hour(hour: int, minutes: int) -> tuple[int, int]:
    return ((hour - 1) % 24 if hour != 1 else 12), 60 - minutes


def spanish_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    if sentence.word(i) in {"mediodia", "medianoche"} and sentence.word(i - 1) in {"al", "a"}:
        return Core(12 if sentence.word(i) == "mediodia" else 0, 0, i + 1, half="24", strong=True)
    return figures_at(sentence, i, led, spanish_half) or spanish_words(sentence, i, led)


def spanish_half(sentence: Sentence, j: int) -> tuple[Half, int]:
    if sentence.word(j) in {"horas", "h", "hrs"}:
        return "", j + 1
    return am_or_pm(sentence, j)


def spanish_words(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "ocho y media", "nueve menos diez"."""
    found = whole_at(sentence, i, 24)
    if found is None:
        return None
    hour, end = found
    minute = 0
    joint = sentence.word(end)
    if joint in {"y", "menos"}:
        minutes = SPANISH_PLUS.get(sentence.word(end + 1))
        after = end + 2
        if minutes is None and (read := whole_at(sentence, end + 1, 59)) is not None:
            minutes, after = read
        if minutes and unit_at(sentence, after) is None:
            hour, minute = before_the_hour(hour, minutes) if joint == "menos" else (hour, minutes)
            end = after
    elif led and (minutes_after := spoken_minutes(sentence, end)) is not None:
        minute, end = minutes_after
    half, end = spanish_half(sentence, end)
    if sentence.word(end) == "en" and sentence.word(end + 1) == "punto":
        end += 2
    return (
        Core(hour, minute, end, half=half, strong=bool(half) or (led and minute > 0))
        if hour_and_minute(hour, minute)
        else None
    )


def spoken_minutes(sentence: Sentence, j: int) -> tuple[int, int] | None:
    """ "a las siete treinta": minutes behind the hour, where nothing is counted by them."""
    read = whole_at(sentence, j, 59)
    if read is None or read[0] < LEAST_SPOKEN or unit_at(sentence, read[1]) is not None:
        return None
    following = sentence.token(read[1])
    counts = following.kind == "word" and following.text not in AFTER_MINUTES
    return None if counts else read


def french_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    if sentence.word(i) in {"midi", "minuit"} and led:
        hour = 12 if sentence.word(i) == "midi" else 0
        minute, end = french_minutes(sentence, i + 1)
        return Core(hour, max(minute, 0), end, half="24", strong=True)
    return figures_at(sentence, i, led, am_or_pm) or french_words(sentence, i, led)


def french_words(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "huit heures et demie", "neuf heures moins le quart"; without an "à" they may last."""
    found = whole_at(sentence, i, 24)
    if found is None or sentence.word(found[1]) not in {"heures", "heure", "h"}:
        return None
    hour, end = found[0], found[1] + 1
    minute, after = french_minutes(sentence, end)
    if minute < 0:
        hour, minute = before_the_hour(hour, -minute)
    return (
        Core(hour, minute, after, strong=led or (after > end and hour > 3))
        if hour_and_minute(hour, minute)
        else None
    )


def french_minutes(sentence: Sentence, j: int) -> tuple[int, int]:
    """Minutes after the hour, below zero for those before it, and the token after them."""
    word = sentence.word(j)
    sign = -1 if word == "moins" else 1
    k = j + 1 if word in {"et", "moins"} else j
    k += sentence.word(k) in {"le", "un"}
    if word in {"et", "moins"} and sentence.word(k) in FRENCH_PLUS:
        return sign * FRENCH_PLUS[sentence.word(k)], k + 1
    read = whole_at(sentence, k, 59)
    if word == "et" or read is None or not read[0] or sentence.word(read[1]) == "heures":
        return 0, j
    counted = unit_at(sentence, read[1]) is not None or sentence.token(read[1]).kind == "word"
    return (sign * read[0], read[1]) if sign < 0 or not counted else (0, j)


def follows(sentence: Sentence, j: int, hour: int, tells: bool) -> bool:
    """After "a las" a number is an hour; after "hacia" it may count."""
    if not tells:
        return False
    return sentence.word(j) not in NOT_TIME and unit_at(sentence, j) is None


SPANISH_CLOCK: Final = ClockGrammar(
    core_at=spanish_at,
    leads_telling=tuple(
        (*first, article)
        for first in (
            ("a",), ("sobre",), ("hacia",), ("desde",), ("hasta",), ("para",), ("de",), ("son",),
            ("es",),
        )
        for article in ("las", "la")
    ),
    leads_perhaps=(("las",), ("hasta", "el"), ("hacia", "el")),
    leads_ranges=(("y",),),
    follows=follows,
    not_after=word_set("comi tome bebi solo"),
)  # fmt: skip
FRENCH_CLOCK: Final = ClockGrammar(
    core_at=french_at,
    leads_telling=(
        ("a",),
        ("vers",),
        ("des",),
        ("jusqu", "a"),
        ("depuis",),
        ("il", "est"),
    ),
    leads_perhaps=(),
    leads_ranges=(("et",),),
    follows=lambda sentence, j, hour, tells: False,
)
