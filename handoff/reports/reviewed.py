"""What the weekly blind review says of screening: how often it is right, and what it misses."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.models import ReviewItem, ReviewRound
from handoff.reports.shapes import Column, Figure, Share, Table
from handoff.reports.source import Source

Found, Judged = ReviewItem.Found, ReviewItem.Judged
LEAST_FOR_RECALL = 30  # judged turns, below which what is missed of all cannot be told


@dataclass
class Kind:
    """The judged turns of one kind. `stands_for`: how many turns needed a person, of all."""

    judged: int = 0
    needed: int = 0
    same: int = 0
    unsure: int = 0
    stands_for: float = 0.0
    by_round: dict[int, Counter[bool]] = field(default_factory=dict)


def blind_review(source: Source) -> Figure:
    """Agreement of screening with clinicians who did not know what it said; of all talks."""
    kinds = _kinds(source)
    others = (kinds[Found.KEPT], kinds[Found.UNFLAGGED])
    missed = Share(sum(one.needed for one in others), sum(one.judged for one in others))
    drawn = [_bar(found, kinds[found]) for found in Found if kinds[found].judged]
    return Figure(
        "review",
        _("Blind review"),
        " ".join((_note(), _recall(kinds))).strip(),
        Table(_columns(), [_row(found, kinds[found]) for found in Found]),
        Bars(drawn) if drawn else None,
        (("main", _("a person was needed")), ("rest", _("nobody was needed"))),
        headline=(
            _("Needed a person, and none was called"),
            str(missed),
        )
        if missed.whole
        else None,
    )


def _note() -> str:
    return _(
        "What clinicians judged of a weekly sample, without knowing what screening said. Of all "
        "talks, whatever is chosen above."
    )


def _kinds(source: Source) -> dict[ReviewItem.Found, Kind]:
    kinds = {found: Kind() for found in Found}
    asked = source.asked
    rows = ReviewItem.objects.filter(judged_at__gte=asked.start, judged_at__lt=asked.end)
    rounds = set()
    for found, severity, judged, week in rows.order_by().values_list(
        "found", "severity", "judged", "round"
    ):
        kind = kinds[Found(found)]
        if judged is None or judged == Judged.UNSURE:
            kind.unsure += 1
            continue
        needed = judged < Judged.NOBODY
        kind.judged += 1
        kind.needed += needed
        kind.same += judged == (Judged.NOBODY if severity is None else severity)
        kind.by_round.setdefault(week, Counter())[needed] += 1
        rounds.add(week)
    for one in ReviewRound.objects.filter(pk__in=rounds):
        for found, kind in kinds.items():
            counts = kind.by_round.get(one.pk)
            if counts:
                kind.stands_for += getattr(one, found) * counts[True] / counts.total()
    return kinds


def _recall(kinds: dict[ReviewItem.Found, Kind]) -> str:
    """How much of what needed a person was called, taken from the sample to all turns."""
    if sum(kind.judged for kind in kinds.values()) < LEAST_FOR_RECALL:
        return ""
    needed = sum(kind.stands_for for kind in kinds.values())
    if not needed:
        return ""
    percent = round(100 * kinds[Found.CALLED].stands_for / needed)
    return _(
        "Taken to all turns of these weeks, about %(percent)d %% of those that needed a person "
        "called one; a sample of this size tells that only roughly."
    ) % {"percent": percent}


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("What screening did")),
        Column(_("Judged"), "count"),
        Column(_("Needed a person"), "count"),
        Column(_("Needed, of judged"), "share"),
        Column(_("Same severity"), "share"),
        Column(_("Cannot be told"), "count"),
    )


def _row(found: ReviewItem.Found, kind: Kind) -> tuple[str | int | Share, ...]:
    return (
        capfirst(str(found.label)),
        kind.judged,
        kind.needed,
        Share(kind.needed, kind.judged),
        Share(kind.same, kind.judged),
        kind.unsure,
    )


def _bar(found: ReviewItem.Found, kind: Kind) -> BarRow:
    free = kind.judged - kind.needed
    parts = [
        (kind.needed, "main", f"{_('a person was needed')}: {kind.needed}"),
        (free, "rest", f"{_('nobody was needed')}: {free}"),
    ]
    said = str(Share(kind.needed, kind.judged))
    return BarRow(capfirst(str(found.label)), said, laid(parts, kind.judged), "")
