"""The registry of screeners: who reads every turn, partial and final, for danger.

`screen` is pure. `screen_part` is the same for one part of a text, and fast: at most 5 ms on the
loop, where the text is. `score` may take a second, in a thread, and only adds; `prepare` reads what
it needs from the database, which that thread has not. `act` is a verb: it runs in a thread, in one
transaction, when something was found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coach.talk.registries.screened_parts import Part

HOLD_SEVERITY = 1  # a member's words of this severity (0 gravest) or worse hold the coach
CUT_SEVERITY = 2  # the coach's own words of this severity or worse are cut off


@dataclass(frozen=True)
class Flag:
    """What was found. `severity` 0 (an emergency) to 4 (kept for review)."""

    code: str
    severity: int
    quote: str  # the words that matched, as evidence
    source: str = "rule"  # or "score"
    help: bool = False  # show where there is help, whatever the severity


Screen = Callable[[str, str, str], Sequence[Flag]]  # text, speaker, language
Act = Callable[[UUID, Sequence[Flag], str, str], None]  # session id, flags, item id, speaker


ScreenPart = Callable[[Part, str, str], Sequence[Flag]]
# The member's last turns, and what screening found in the last one; returns what is to be added.
Score = Callable[[Sequence[str], Sequence[Flag]], Sequence[Flag]]


@dataclass(frozen=True)
class Screener:
    name: str
    screen: Screen
    act: Act
    screen_part: ScreenPart | None = None  # without it, a part is screened as a text
    score: Score | None = None
    prepare: Callable[[], None] | None = None


Hits = list[tuple[Screener, list[Flag]]]


_screeners: dict[str, Screener] = {}


def register_screener(screener: Screener) -> None:
    if screener.name in _screeners:
        raise ValueError(f"two screeners are called {screener.name}")
    _screeners[screener.name] = screener


def screen(text: str, speaker: str, language: str) -> Hits:
    """What each screener finds in `text`; screeners that find nothing are left out."""
    found = ((s, list(s.screen(text, speaker, language))) for s in _screeners.values())
    return [(screener, flags) for screener, flags in found if flags]


def screen_parts(parts: Sequence[Part], speaker: str, language: str) -> Hits:
    """What each screener finds in the parts of a text; of one code, the gravest.

    One part takes at most 5 ms and may be screened on the loop; more belong into a thread.
    """
    hits: Hits = []
    for screener in _screeners.values():
        best: dict[str, Flag] = {}
        for part in parts:
            for flag in _of_part(screener, part, speaker, language):
                if flag.code not in best or flag.severity < best[flag.code].severity:
                    best[flag.code] = flag
        if best:
            hits.append((screener, sorted(best.values(), key=lambda flag: flag.severity)))
    return hits


def scores() -> bool:
    """Whether any screener scores what a member says."""
    return any(screener.score is not None for screener in _screeners.values())


def prepare_scores() -> None:
    """Before `score_turns`, by whoever has a database: scores know what is set there now."""
    for each in _screeners.values():
        if each.prepare is not None:
            each.prepare()


def score_turns(turns: Sequence[str], found: Hits) -> Hits:
    """What scores add to what was `found` in the last of `turns`. In a thread: up to a second."""
    known = {screener.name: flags for screener, flags in found}
    scored = [
        (each, list(each.score(turns, known.get(each.name, ()))))
        for each in _screeners.values()
        if each.score is not None
    ]
    return [(screener, flags) for screener, flags in scored if flags]


def _of_part(screener: Screener, part: Part, speaker: str, language: str) -> Sequence[Flag]:
    if screener.screen_part is None:
        return screener.screen(part.text, speaker, language)
    return screener.screen_part(part, speaker, language)


def is_grave(hits: Sequence[tuple[Screener, list[Flag]]], speaker: str) -> bool:
    """Whether the coach must not go on: for what a member said, or for its own words."""
    limit = CUT_SEVERITY if speaker == "coach" else HOLD_SEVERITY
    return any(flag.severity <= limit for _, flags in hits for flag in flags)
