"""Screening tried out in the console: one sentence, or what members said last."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings

from coach.talk.models import Turn
from handoff.safety.checklists import name_of
from handoff.screening import Found, screen
from handoff.screening.score import Scored, Thresholds, score
from handoff.screening.score.flags import SHOWS_CARD

MAX_TURNS = 200  # of a dry run: some 2 s
MAX_LISTED = 50
MAX_TRIED = 2000  # characters of a sentence that is tried


class Told(NamedTuple):
    """One flag as the console shows it. `chance` is None for a rule."""

    code: str
    name: str
    severity: int
    card: bool
    page: bool
    source: str
    language: str
    chance: float | None


class FlaggedTurn(NamedTuple):
    turn: Turn
    flags: list[Told]


class DryRun(NamedTuple):
    """`read` turns, of which so many show a card and call a person; the newest `listed`."""

    read: int
    cards: int
    pages: int
    codes: list[tuple[str, str, int]]
    listed: list[FlaggedTurn]


def told_of(turns: Sequence[str], language: str, at: Thresholds) -> list[Told]:
    """What rules and score say of the last of `turns`, the gravest first. Nothing is kept."""
    found = screen(turns[-1], "member", language)
    scored = score(turns, found, at) if settings.SCREENING_SCORE else []
    rules = [_by_rule(each) for each in found]
    return rules + [_by_score(each, language) for each in scored]


def _by_rule(found: Found) -> Told:
    shown = found.severity <= SHOWS_CARD
    name = str(name_of(found.code))
    return Told(found.code, name, found.severity, shown, shown, "rule", found.language, None)


def _by_score(told: Scored, language: str) -> Told:
    name = str(name_of(told.code))
    chance = told.probability
    shown = told.severity <= SHOWS_CARD
    page = shown and told.page
    return Told(told.code, name, told.severity, shown, page, "score", language, chance)


def dry_run(count: int, at: Thresholds) -> DryRun:
    """What screening would have said of the last `count` turns of members, at most MAX_TURNS."""
    rows = Turn.objects.filter(speaker=Turn.Speaker.MEMBER).exclude(text="")
    turns = list(rows.select_related("session").order_by("-pk")[: min(count, MAX_TURNS)])
    flagged = []
    for turn in turns:
        language = str(turn.session.brief.get("language", "en"))
        flags = told_of([turn.text], language, at)
        if any(flag.card for flag in flags):
            flagged.append(FlaggedTurn(turn, flags))
    codes = Counter(code for each in flagged for code in {flag.code for flag in each.flags})
    return DryRun(
        read=len(turns),
        cards=len(flagged),
        pages=sum(any(flag.page for flag in each.flags) for each in flagged),
        codes=[(code, str(name_of(code)), n) for code, n in codes.most_common()],
        listed=flagged[:MAX_LISTED],
    )
