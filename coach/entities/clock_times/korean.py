"""Korean clock times: "오후 세 시 반", "여덟 시 삼십 분"."""

from typing import Final

from coach.entities.clock_times.core import ClockGrammar, Core, Half, hour_and_minute
from coach.entities.clock_times.figures import figures_at
from coach.entities.clock_times.romance import before_the_hour, whole_at
from coach.entities.entities import Part
from coach.entities.sentence import Sentence

HALVES: Final[dict[str, Half]] = {"오전": "am", "오후": "pm"}
PARTS: Final[dict[str, Part]] = {
    "아침": "morning", "새벽": "night", "낮": "noon", "점심": "noon", "저녁": "evening",
    "밤": "night",
}  # fmt: skip
NAMED: Final = {"정오": 12, "자정": 0}


def core_at(sentence: Sentence, i: int, led: bool) -> Core | None:
    word = sentence.word(i)
    if word in NAMED:
        return Core(NAMED[word], 0, i + 1, half="24", strong=True)
    leads = word in HALVES or word in PARTS
    j = i + 1 if leads else i
    core = figures_at(sentence, j, led, lambda _, end: ("", end)) or hour_at(sentence, j)
    if core is None:
        return None
    half: Half = core.half or (HALVES.get(word, "") if core.hour <= 12 else "")
    return Core(core.hour, core.minute, core.end, half, PARTS.get(word, ""), strong=True)


def hour_at(sentence: Sentence, i: int) -> Core | None:
    """ "8시", "여덟 시 반", "아홉 시 십오 분 전"."""
    found = whole_at(sentence, i, 24)
    if found is None or sentence.word(found[1]) != "시":
        return None
    hour, end = found[0], found[1] + 1
    if sentence.word(end) == "반":
        return Core(hour, 30, end + 1)
    minutes = whole_at(sentence, end, 59)
    if minutes is None or sentence.word(minutes[1]) != "분":
        return Core(hour, 0, end) if hour_and_minute(hour, 0) else None
    minute, end = minutes[0], minutes[1] + 1
    if sentence.word(end) == "전" and minute:
        hour, minute = before_the_hour(hour, minute)
        end += 1
    return Core(hour, minute, end) if hour_and_minute(hour, minute) else None


KOREAN_CLOCK: Final = ClockGrammar(
    core_at=core_at,
    leads_telling=(),
    leads_perhaps=(),
    leads_ranges=(),
    follows=lambda sentence, j, hour, tells: False,
)
