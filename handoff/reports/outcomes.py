"""What came after the hand-back: members for whom a person was called again."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.actions.planning import AGREED
from handoff.models import Escalation, Tier
from handoff.reports.shapes import Column, Figure, Share, Table
from handoff.reports.source import Source


def reopened(source: Source) -> Figure:
    """Cases that were handed back, and in whose talk a person was called again within a day."""
    called = Escalation.objects.order_by().exclude(code=AGREED)  # an agreed day was kept
    again = called.filter(reopened_from=OuterRef("pk"))
    counted = (
        source.asked.cases()
        .filter(wrap_at__isnull=False)
        .annotate(again=Exists(again))
        .values("asked_tier")
        .annotate(handed_back=Count("pk"), back=Count("pk", filter=Q(again=True)))
    )
    found = {row["asked_tier"]: row for row in counted}
    lines = [
        (tier, Share(row["back"], row["handed_back"]))
        for tier in Tier
        if (row := found.get(tier.value))
    ]
    all_of = Share(sum(s.part for _t, s in lines), sum(s.whole for _t, s in lines))
    columns = (
        Column(_("Tier")),
        Column(_("Handed back"), "count"),
        Column(_("Called again"), "count"),
        Column(_("Called again, of all"), "share"),
    )
    drawn = [
        BarRow(
            str(tier.label),
            str(share),
            laid([(share.part, "warn", ""), (share.whole - share.part, "main", "")], share.whole),
            tier=int(tier),
        )
        for tier, share in lines
    ]
    return Figure(
        "called-again",
        _("Called again after the hand-back"),
        _("A person was called into the same talk within 24 hours of the end of the case."),
        Table(columns, [(str(tier.label), s.whole, s.part, s) for tier, s in lines]),
        Bars(drawn) if drawn else None,
        (("warn", _("called again")), ("main", _("not called again"))),
        headline=(_("Called again in 24 h"), str(all_of)),
    )
