"""How a learner spoke in a lesson: pace, pauses, time to answer, share of talk. Of speech alone.

Only turns whose sound was timed count (`SpeechTiming`). Where these are few, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from coach.talk.models import Turn
from coach.voice.effects import SpeechTiming

LEAST_TURNS = 3  # of the learner that were timed, before any figure is told
LEAST_S = 5.0  # of their speech


@dataclass(frozen=True)
class Spoken:
    """`timed` of the `turns` that were spoken were measured; figures are None where too few were.

    `answers`: so many response times were measured, of which `response_s` is the median.
    """

    turns: int
    timed: int
    words_per_minute: int | None = None
    pauses: int | None = None
    longest_pause_s: float = 0.0
    response_s: float | None = None
    answers: int = 0
    share: int | None = None  # of all that was heard, in percent
    chart: Bars | None = None

    @property
    def known(self) -> bool:
        return self.pauses is not None


def how_spoken(turns: Sequence[Turn], partner: str) -> Spoken:
    """From the turns of a talk in their order. `partner`: the name of the coach in it."""
    voiced = [turn for turn in turns if turn.source == Turn.Source.VOICE]
    spoken = [turn for turn in voiced if turn.speaker == Turn.Speaker.MEMBER]
    measured = [(turn, timed) for turn in spoken if (timed := turn.timed) is not None]
    times = [timed for _turn, timed in measured]
    spoken_s = sum(timed.spoken_ms for timed in times) / 1000
    if len(times) < LEAST_TURNS or spoken_s < LEAST_S:
        return Spoken(len(spoken), len(times))
    words = sum(len(turn.text.split()) for turn, _timed in measured)
    heard_s = sum(_coach_s(turn) for turn in voiced)
    responses = response_times(times)
    told = len(times) == len(spoken) and heard_s > 0
    share = round(100 * spoken_s / (spoken_s + heard_s)) if told else None
    return Spoken(
        turns=len(spoken),
        timed=len(times),
        words_per_minute=round(60 * words / spoken_s),
        pauses=sum(timed.pauses for timed in times),
        longest_pause_s=max(timed.longest_pause_ms for timed in times) / 1000,
        response_s=typical(responses),
        answers=len(responses),
        share=share,
        chart=None if share is None else _who_spoke(voiced, share, partner),
    )


def response_times(times: Sequence[SpeechTiming]) -> list[float]:
    """The response times among them, in seconds."""
    return [timed.response_ms / 1000 for timed in times if timed.response_ms is not None]


def typical(seconds: Sequence[float]) -> float | None:
    """The median; None: they are too few to tell."""
    return round(median(seconds), 1) if len(seconds) >= LEAST_TURNS else None


def _coach_s(turn: Turn) -> float:
    coach = turn.speaker == Turn.Speaker.COACH
    return (turn.heard_ms or 0) / 1000 if coach else 0.0


def _who_spoke(voiced: Sequence[Turn], share: int, partner: str) -> Bars:
    """One bar, from the first word to the last: who spoke, and for how long."""
    parts = []
    for turn in voiced:
        timed = turn.timed
        if timed is not None:
            parts.append((timed.spoken_ms / 1000, "main", _("You")))
        elif (heard_s := _coach_s(turn)) > 0:
            parts.append((heard_s, "light", partner))
    value = _("you %(share)d %%") % {"share": share}
    whole = sum(seconds for seconds, _tone, _label in parts)
    return Bars([BarRow(_("Who spoke, in order"), value, laid(parts, whole))])
