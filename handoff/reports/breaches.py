"""Which promises were kept and which were late, from the clocks that counted them."""

from typing import Any

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.models import ServiceClock, Tier
from handoff.reports.shapes import Column, Figure, Share, Table
from handoff.reports.source import Source

Stage = ServiceClock.Stage


def breaches(source: Source) -> Figure:
    """A clock that still runs and is not late has kept nothing yet: it stands apart."""
    late = Q(stage__gte=Stage.BREACHED)
    counted = (
        source.asked.raised(ServiceClock.objects.all(), "escalation__")
        .values("kind", "asked_tier")
        .annotate(
            late=Count("pk", filter=late),
            kept=Count("pk", filter=~late & Q(stopped_at__isnull=False)),
            running=Count("pk", filter=~late & Q(stopped_at__isnull=True)),
        )
    )
    found = {(row["kind"], row["asked_tier"]): row for row in counted}
    rows = [
        (
            capfirst(str(kind.label)),
            str(tier.label),
            row["kept"],
            row["late"],
            Share(row["late"], row["kept"] + row["late"]),
            row["running"],
        )
        for kind in ServiceClock.Kind
        for tier in Tier
        if (row := found.get((kind.value, tier.value)))
    ]
    columns = (
        Column(_("Promise")),
        Column(_("Tier")),
        Column(_("Kept"), "count"),
        Column(_("Late"), "count"),
        Column(_("Late, of all"), "share"),
        Column(_("Running"), "count"),
    )
    all_late = Share(
        sum(row["late"] for row in found.values()),
        sum(row["late"] + row["kept"] for row in found.values()),
    )
    every = list(found.values())
    kinds = [kind for kind in ServiceClock.Kind if any(row["kind"] == kind for row in every)]
    drawn = [_bar(kind, [row for row in every if row["kind"] == kind]) for kind in kinds]
    return Figure(
        "late",
        _("Promises kept and late"),
        _("Each promise to a member has a clock of its own. Late: it ran out before it was kept."),
        Table(columns, rows),
        Bars(drawn) if drawn else None,
        (("main", _("kept")), ("warn", _("late")), ("rest", _("still running"))),
        headline=(_("Promises late"), str(all_late)),
    )


def _bar(kind: ServiceClock.Kind, rows: list[dict[str, Any]]) -> BarRow:
    kept, late, running = (sum(row[name] for row in rows) for name in ("kept", "late", "running"))
    parts = (
        (kept, "main", _("kept: %(count)d") % {"count": kept}),
        (late, "warn", _("late: %(count)d") % {"count": late}),
        (running, "rest", _("still running: %(count)d") % {"count": running}),
    )
    said = _("late: %(share)s") % {"share": Share(late, kept + late)}
    return BarRow(capfirst(str(kind.label)), said, laid(parts, kept + late + running))
