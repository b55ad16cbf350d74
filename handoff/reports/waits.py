"""How long members waited: until somebody took the case, and then until the first word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, Part, laid
from handoff.models import Tier
from handoff.reports.shapes import Column, Figure, Share, Table, span_words
from handoff.reports.source import CaseTimes, Source, at_share
from handoff.timeouts import FIRST_WORD, FOLLOWED_UP, TARGET

PROMISES_DRAWN = 2  # a bar has room for twice what was promised

Waited = tuple[float, bool]  # seconds, and whether it came; else so long it was waited for


@dataclass(frozen=True)
class TierWaits:
    """What the cases of a tier waited, in seconds; `never`: those for which it did not come."""

    tier: Tier
    promise: float
    waits: list[float]
    never: list[float]

    @property
    def kept(self) -> Share:
        """Of all that came, and of what did not come in time and has not come at all."""
        late = sum(wait > self.promise for wait in self.never)
        kept = sum(wait <= self.promise for wait in self.waits)
        return Share(kept, len(self.waits) + late)


def accepted(source: Source) -> Figure:
    """From the call to the expert who takes it."""

    def waited(case: CaseTimes) -> Waited:
        until = case.taken or case.over or source.now
        if case.tier <= Tier.P1:
            return (until - case.raised).total_seconds(), case.taken is not None
        return source.open_time.between(case.raised, until), case.taken is not None

    tiers = _by_tier(source.raised, TARGET, waited)
    note = _("From the call until an expert takes it. Of P2 to P4 only the desk's hours count.")
    kept = Share(sum(row.kept.part for row in tiers), sum(row.kept.whole for row in tiers))
    headline = (_("Taken in time"), str(kept))
    never = _("Not taken")
    return _figure("accepted", _("Time to accept"), note, tiers, never, headline)


def first_words(source: Source) -> Figure:
    """From accepting to the first word, in a talk that goes on."""
    live = [case for case in source.raised if case.taken and not _is_after_talk(case)]
    tiers = _by_tier(live, FIRST_WORD, partial(_until_first_word, source))
    note = _("From accepting until the expert says something, in a talk that goes on.")
    return _figure("first-word", _("Time to the first human word"), note, tiers, _("No word"))


def followed_up(source: Source) -> Figure:
    """From accepting to the first word to somebody whose talk has ended."""
    over = [case for case in source.raised if case.taken and _is_after_talk(case)]
    tiers = _by_tier(over, FOLLOWED_UP, partial(_until_first_word, source))
    note = _(
        "From accepting until the member is written to or reached, where their talk had ended."
    )
    return _figure("follow-up", _("Time to the first word after a talk"), note, tiers, _("No word"))


def _is_after_talk(case: CaseTimes) -> bool:
    ended = case.talk_ended
    return ended is not None and case.taken is not None and ended <= case.taken


def _until_first_word(source: Source, case: CaseTimes) -> Waited:
    until = case.first_word or case.over or source.now
    return (until - (case.taken or until)).total_seconds(), case.first_word is not None


def _by_tier(
    cases: Iterable[CaseTimes],
    promises: tuple[timedelta, ...],
    waited: Callable[[CaseTimes], Waited],
) -> list[TierWaits]:
    """The waits of each tier that has a case."""
    found: dict[int, list[Waited]] = {}
    for case in cases:
        found.setdefault(case.tier, []).append(waited(case))
    return [
        TierWaits(
            tier,
            promises[tier].total_seconds(),
            [wait for wait, came in found[tier] if came],
            [wait for wait, came in found[tier] if not came],
        )
        for tier in Tier
        if tier in found
    ]


def _figure(
    key: str,
    title: str,
    note: str,
    tiers: list[TierWaits],
    never: str,
    headline: tuple[str, str] | None = None,
) -> Figure:
    columns = (
        Column(_("Tier")),
        Column(_("Cases"), "count"),
        Column("p50", "seconds"),
        Column("p95", "seconds"),
        Column(_("Promised"), "seconds"),
        Column(_("Kept"), "count"),
        Column(_("Kept, of what was due"), "share"),
        Column(never, "count"),
    )
    rows = [
        (
            str(row.tier.label),
            len(row.waits),
            at_share(row.waits, 0.5),
            at_share(row.waits, 0.95),
            row.promise,
            row.kept.part,
            row.kept,
            len(row.never),
        )
        for row in tiers
    ]
    drawn = [_bar(row) for row in tiers if row.waits]
    return Figure(
        key,
        title,
        note,
        Table(columns, rows),
        Bars(drawn, mark=100 / PROMISES_DRAWN) if drawn else None,
        (
            ("main", _("p50: half waited no longer")),
            ("light", _("p95: 95 of 100 waited no longer")),
            ("warn", _("past what is promised")),
        ),
        _("what is promised"),
        headline,
    )


def _bar(row: TierWaits) -> BarRow:
    """p50, then what p95 has more; what lies past the promise has a tone of its own."""
    half, most = at_share(row.waits, 0.5) or 0.0, at_share(row.waits, 0.95) or 0.0
    room = PROMISES_DRAWN * row.promise
    words = {"half": span_words(half), "most": span_words(most)}
    promised = _("promised %(span)s") % {"span": span_words(row.promise)}
    return BarRow(
        str(row.tier.label),
        _("p50 %(half)s · p95 %(most)s") % words,
        _parts(half, most, row.promise, room),
        promised,
        int(row.tier),
    )


def _parts(half: float, most: float, promise: float, room: float) -> list[Part]:
    within = min(most, promise)
    return laid(
        (
            (min(half, within), "main", ""),
            (max(within - half, 0), "light", ""),
            (max(most - promise, 0), "warn", ""),
        ),
        room,
    )
