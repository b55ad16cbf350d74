"""Clock times in figures, alike in all languages: "8:30", "14h30", "14.30", "1430"."""

import re
from collections.abc import Callable
from typing import Final

from coach.entities.clock_times.core import Core, Half, hour_and_minute
from coach.entities.sentence import Sentence

DOTTED: Final = re.compile(r"([01]?\d|2[0-4])[.]([0-5]\d)")
FOUR: Final = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
SHORT: Final = re.compile(r"(1[0-2]|[1-9])([0-5]\d)")
MINUTES: Final = re.compile(r"[0-5]\d")
HalfAt = Callable[[Sentence, int], tuple[Half, int]]
AFTERNOON: Final = 13


def figures_at(sentence: Sentence, i: int, led: bool, half_at: HalfAt) -> Core | None:
    """A time in figures that has minutes or an "h"; `half_at` reads what may follow it."""
    token = sentence.token(i)
    if token.kind != "number" or (token.glued and sentence.token(i - 1).kind == "word"):
        return None
    return (
        with_colon(sentence, i, half_at)
        or with_h(sentence, i, led)
        or with_dot(sentence, i, led, half_at)
        or four_figures(sentence, i, led)
        or glued_half(sentence, i, half_at)
    )


def made(sentence: Sentence, raw: str, minute: int, end: int, half_at: HalfAt) -> Core | None:
    hour = int(raw)
    if not hour_and_minute(hour, minute):
        return None
    half, after = half_at(sentence, end)
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        half, after = "", end
    if not half and (hour >= AFTERNOON or hour == 0 or raw[0] == "0"):
        half = "24"
    return Core(hour, minute, after, half=half, strong=True)


def with_colon(sentence: Sentence, i: int, half_at: HalfAt) -> Core | None:
    raw, minutes = sentence.token(i).raw, sentence.token(i + 2)
    colon = sentence.token(i + 1)
    if (
        colon.text != ":"
        or not colon.glued
        or not minutes.glued
        or not MINUTES.fullmatch(minutes.raw)
    ):
        return None
    if not raw.isdecimal() or len(raw) > 2:
        return None
    return made(sentence, raw, int(minutes.raw), i + 3, half_at)


def with_h(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "14h30", and after "at" also "1h30" and "18h": without it they are lengths of time."""
    raw, sign, minutes = (sentence.token(i + place) for place in range(3))
    if sign.text not in {"h", "u"} or not raw.raw.isdecimal() or len(raw.raw) > 2:
        return None
    hour = int(raw.raw)
    if minutes.glued and MINUTES.fullmatch(minutes.raw) and hour_and_minute(hour, int(minutes.raw)):
        strong = led or hour >= AFTERNOON or sentence.vocabulary.language == "fr"
        return Core(hour, int(minutes.raw), i + 3, half="24", strong=True) if strong else None
    return (
        Core(hour, 0, i + 2, half="24", strong=True) if led and hour_and_minute(hour, 0) else None
    )


def with_dot(sentence: Sentence, i: int, led: bool, half_at: HalfAt) -> Core | None:
    """ "at 14.30", "2.30 pm"."""
    dotted = DOTTED.fullmatch(sentence.token(i).raw)
    if dotted is None:
        return None
    followed = half_at(sentence, i + 1)[1] > i + 1
    if not followed and not (led and not_counted(sentence, i + 1)):
        return None
    return made(sentence, dotted[1], int(dotted[2]), i + 1, half_at)


def not_counted(sentence: Sentence, j: int) -> bool:
    """Whether no unit or sign of a value follows."""
    word = sentence.word(j)
    return word not in sentence.vocabulary.units and word not in {"%", "°", "/", "percent", "-"}


def glued_half(sentence: Sentence, i: int, half_at: HalfAt) -> Core | None:
    """ "340pm", "1140 a.m."."""
    figures = SHORT.fullmatch(sentence.token(i).raw)
    if figures is None or half_at(sentence, i + 1)[0] not in {"am", "pm"}:
        return None
    return made(sentence, figures[1], int(figures[2]), i + 1, half_at)


def four_figures(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "at 1430", "1430 hours"."""
    four = FOUR.fullmatch(sentence.token(i).raw)
    hours = sentence.word(i + 1) in {"hours", "hrs", "uhr"}
    if four is None or not (hours or (led and not_counted(sentence, i + 1))):
        return None
    return Core(int(four[1]), int(four[2]), i + 1 + hours, half="24", strong=True)
