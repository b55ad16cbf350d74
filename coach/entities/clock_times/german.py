"""German clock times: "um halb acht", "Viertel vor neun", "fünf vor halb neun", "8 Uhr 30"."""

from typing import Final

from coach.entities.clock_times.core import ClockGrammar, Core, Half, hour_and_minute
from coach.entities.clock_times.figures import figures_at
from coach.entities.clock_times.romance import before_the_hour, whole_at
from coach.entities.entities import Part
from coach.entities.sentence import Sentence
from coach.entities.text import word_set
from coach.entities.units import unit_at

ADVERBS: Final[dict[str, Part]] = {
    "morgens": "morning", "fruh": "morning", "vormittags": "morning", "mittags": "noon",
    "nachmittags": "afternoon", "abends": "evening", "nachts": "night",
}  # fmt: skip
NOT_TIME: Final = word_set("euro prozent mal personen stuck von")
QUARTER: Final = 15


def core_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    core = read_core(sentence, i, led)
    if core is None or core.part or sentence.word(core.end) not in ADVERBS:
        return core
    part = ADVERBS[sentence.word(core.end)]
    return Core(core.hour, core.minute, core.end + 1, half=core.half, part=part, strong=True)


def read_core(sentence: Sentence, i: int, led: bool) -> Core | None:
    if sentence.word(i) in {"mitternacht", "mittag"} and led:
        return Core(
            0 if sentence.word(i) == "mitternacht" else 12, 0, i + 1, half="24", strong=True
        )
    return (
        figures_at(sentence, i, led, after_figures)
        or half_hour(sentence, i, led)
        or quarters(sentence, i, led)
        or minutes_off(sentence, i, led)
        or full_hour(sentence, i)
    )


def after_figures(sentence: Sentence, j: int) -> tuple[Half, int]:
    return "", j + 1 if sentence.word(j) == "uhr" else j


def hour_at(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """An hour of twelve, with an "Uhr" or without."""
    found = whole_at(sentence, i, 12)
    if found is None or not found[0]:
        return None
    return found[0], found[1] + (sentence.word(found[1]) == "uhr")


def half_hour(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "halb acht": half an hour before eight."""
    hour = hour_at(sentence, i + 1) if sentence.word(i) == "halb" else None
    return Core(hour[0] - 1 or 12, 30, hour[1], strong=True) if hour else None


def quarters(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "viertel nach acht", "viertel vor neun", "viertel neun", "drei viertel neun"."""
    three = sentence.word(i) == "drei" and sentence.word(i + 1) == "viertel"
    j = i + three
    if sentence.word(j) not in {"viertel", "dreiviertel"}:
        return None
    three = three or sentence.word(j) == "dreiviertel"
    joint = sentence.word(j + 1)
    hour = hour_at(sentence, j + 2 if joint in {"nach", "vor"} else j + 1)
    if hour is None:
        return None
    if joint == "nach":
        return Core(hour[0], QUARTER, hour[1], strong=True)
    if joint == "vor":
        return Core(*before_the_hour(hour[0], QUARTER), hour[1], strong=True)
    return Core(hour[0] - 1 or 12, 3 * QUARTER if three else QUARTER, hour[1], strong=led)


def minutes_off(sentence: Sentence, i: int, led: bool) -> Core | None:
    """ "zehn vor neun", "fünf nach halb acht"."""
    found = whole_at(sentence, i, 29)
    if found is None or not found[0]:
        return None
    minutes, j = found
    j += sentence.word(j) in {"minuten", "minute", "min"}
    joint = sentence.word(j)
    if joint not in {"vor", "nach"}:
        return None
    half = sentence.word(j + 1) == "halb"
    hour = hour_at(sentence, j + 1 + half)
    if hour is None:
        return None
    before = joint == "vor"
    if half:
        return Core(
            hour[0] - 1 or 12, 30 - minutes if before else 30 + minutes, hour[1], strong=True
        )
    if before:
        return Core(*before_the_hour(hour[0], minutes), hour[1], strong=led)
    return Core(hour[0], minutes, hour[1], strong=led)


def full_hour(sentence: Sentence, i: int) -> Core | None:
    """ "acht", "acht Uhr dreißig"."""
    found = whole_at(sentence, i, 24)
    if found is None or not hour_and_minute(found[0], 0):
        return None
    hour, end = found
    if sentence.word(end) != "uhr":
        return Core(hour, 0, end)
    read = whole_at(sentence, end + 1, 59)
    if read is not None and hour_and_minute(hour, read[0]) and unit_at(sentence, read[1]) is None:
        following = sentence.token(read[1])
        if following.kind != "word" or following.raw[:1].islower() or following.text in ADVERBS:
            return Core(hour, read[0], read[1], strong=True)
    return Core(hour, 0, end + 1, strong=True)


def follows(sentence: Sentence, j: int, hour: int, tells: bool) -> bool:
    """After "um" a number is an hour; after "gegen" it may count."""
    if not tells:
        return False
    return sentence.word(j) not in NOT_TIME and unit_at(sentence, j) is None


GERMAN_CLOCK: Final = ClockGrammar(
    core_at=core_at,
    leads_telling=(("um",), ("gegen",), ("um", "etwa"), ("um", "ungefahr")),
    leads_perhaps=(("ab",), ("bis",), ("seit",), ("vor",), ("nach",)),
    leads_ranges=(("zwischen",), ("von",), ("und",)),
    follows=follows,
)
