"""What screening found, who was called for it, and what experts said of that afterwards."""

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.models import Escalation, FlagRecord
from handoff.reports.shapes import Column, Figure, Share, Table
from handoff.reports.source import Source
from handoff.safety.checklists import name_of

FlagRight = Escalation.FlagRight
JUDGEMENTS = (
    (FlagRight.RIGHT, "main"),
    (FlagRight.TOO_HIGH, "light"),
    (FlagRight.TOO_LOW, "warn"),
    (FlagRight.WRONG, "rest"),
)
BARS_MAX = 12  # codes that are drawn; the table has all


def precision(source: Source) -> Figure:
    """By code: flags, cases, and how experts judged them at the hand-back."""
    judged: dict[str, Counter[str]] = {}
    counted = source.asked.cases().values("code", "flag_right").annotate(count=Count("pk"))
    for row in counted:
        judged.setdefault(row["code"], Counter())[row["flag_right"]] += row["count"]
    flags = _flags(source)
    codes = sorted({*judged, *flags}, key=lambda code: (-_cases(judged, code), code))
    right = Share(
        sum(counts[FlagRight.RIGHT] for counts in judged.values()),
        sum(_judged(counts) for counts in judged.values()),
    )
    drawn = [_bar(code, judged[code]) for code in codes if _judged(judged.get(code, Counter()))]
    return Figure(
        "flags",
        _("Were the flags right?"),
        _("What experts said at the hand-back. A case that nobody judged is in no share."),
        Table(_columns(), [_row(code, judged.get(code, Counter()), flags) for code in codes]),
        Bars(drawn[:BARS_MAX]) if drawn else None,
        tuple((tone, str(verdict.label)) for verdict, tone in JUDGEMENTS),
        headline=(_("Flags judged right"), str(right)),
    )


def _flags(source: Source) -> dict[str, int]:
    """How often screening found each code; of chosen cases where some were chosen."""
    rows = FlagRecord.objects.order_by()
    asked = source.asked
    if asked.narrowed:
        rows = asked.chosen(rows, "escalation__")
    rows = rows.filter(created_at__gte=asked.start, created_at__lt=asked.end)
    return dict(rows.values("code").annotate(count=Count("pk")).values_list("code", "count"))


def _cases(judged: dict[str, Counter[str]], code: str) -> int:
    return judged[code].total() if code in judged else 0


def _judged(counts: Counter[str]) -> int:
    return sum(counts[verdict] for verdict, _tone in JUDGEMENTS)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Code")),
        Column(_("Meaning")),
        Column(_("Flags"), "count"),
        Column(_("Cases"), "count"),
        Column(_("Judged"), "count"),
        *(Column(str(verdict.label).capitalize(), "count") for verdict, _tone in JUDGEMENTS),
        Column(_("Right, of judged"), "share"),
    )


def _row(code: str, counts: Counter[str], flags: dict[str, int]) -> tuple[str | int | Share, ...]:
    judged = _judged(counts)
    return (
        code,
        str(name_of(code)),
        flags.get(code, 0),
        counts.total(),
        judged,
        *(counts[verdict] for verdict, _tone in JUDGEMENTS),
        Share(counts[FlagRight.RIGHT], judged),
    )


def _bar(code: str, counts: Counter[str]) -> BarRow:
    judged = _judged(counts)
    parts = [
        (counts[verdict], tone, f"{verdict.label}: {counts[verdict]}")
        for verdict, tone in JUDGEMENTS
    ]
    said = _("%(share)s judged right") % {"share": Share(counts[FlagRight.RIGHT], judged)}
    return BarRow(str(name_of(code)), said, laid(parts, judged), code)
