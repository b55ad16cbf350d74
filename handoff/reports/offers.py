"""What became of the offers: in all, why they were declined, and by expert."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from handoff.models import Expert, Offer
from handoff.reports.shapes import Column, Figure, Share, Table, grouped
from handoff.reports.source import Source

State = Offer.State
EXPERTS_DRAWN = 12  # the others are in the table
# An offer that was accepted has an owner's time behind it; one that rang ends where it is answered.
ACCEPTED = Q(state__in=(State.ACCEPTED, State.COMPLETED, State.RELEASED, State.LOST)) | Q(
    state=State.CANCELED, ended_at__gt=F("answered_at")
)
UNANSWERED = Q(state=State.TIMED_OUT)
NO = Q(state=State.DECLINED)
COUNTS: dict[str, Any] = {
    "accepted": Count("pk", filter=ACCEPTED),
    "declined": Count("pk", filter=NO),
    "unanswered": Count("pk", filter=UNANSWERED),
    "offers": Count("pk"),
}


def offered(source: Source) -> Any:
    """The offers of the report that rang; what somebody took from the queue was not offered."""
    rows = source.asked.raised(Offer.objects.all(), "escalation__")
    return rows.exclude(kind=Offer.Kind.CLAIMED)


def answers(source: Source) -> Figure:
    """What became of all offers; a declined one with its reason.

    A reason that is none of the desk's own is somebody's own words, which may name a member: it is
    counted and not shown.
    """
    rows = offered(source)
    count: dict[str, int] = rows.aggregate(**COUNTS)
    known = Q(reason="") | Q(reason__in=Offer.Why.values)
    said = rows.filter(NO).filter(known)
    reasons = Counter(dict(said.values_list("reason").annotate(count=Count("pk"))))
    own = count["declined"] - reasons.total()
    over = count["offers"] - count["accepted"] - count["declined"] - count["unanswered"]
    lines = [
        (_("Accepted"), count["accepted"], "main"),
        *(
            (_("Declined: %(why)s") % {"why": why}, reasons[key], "warn")
            for key, why in (*Offer.Why.choices, ("", _("no reason given")))
        ),
        (_("Declined: in their own words"), own, "warn"),
        (_("Not answered"), count["unanswered"], "light"),
        (_("Ended otherwise, or still ringing"), over, "rest"),
    ]
    all_of = count["offers"]
    shown = [line for line in lines if line[1]]
    return Figure(
        "offers",
        _("What became of offers"),
        _("Ended otherwise: a colleague took it, a graver call came, or it was needed no more."),
        Table(
            (Column(_("Answer")), Column(_("Offers"), "count"), Column(_("Of all"), "share")),
            [(name, number, Share(number, all_of)) for name, number, _tone in shown],
        ),
        Bars([_line(*line, all_of) for line in shown]) if all_of else None,
        headline=(_("Offers declined"), str(Share(count["declined"], all_of))),
    )


def by_expert(source: Source) -> Figure:
    """Accepted, declined and not answered, by expert."""
    rows = list(offered(source).values("expert").annotate(**COUNTS).order_by("-offers", "expert"))
    names = names_of_experts(row["expert"] for row in rows)
    columns = (
        Column(_("Expert")),
        Column(_("Offers"), "count"),
        Column(_("Accepted"), "count"),
        Column(_("Declined"), "count"),
        Column(_("Not answered"), "count"),
        Column(_("Ended otherwise"), "count"),
    )
    table = [
        (
            names[row["expert"]],
            row["offers"],
            row["accepted"],
            row["declined"],
            row["unanswered"],
            _otherwise(row),
        )
        for row in rows
    ]
    top = max((row["offers"] for row in rows), default=0)
    drawn = [_of_expert(names[row["expert"]], row, top) for row in rows[:EXPERTS_DRAWN]]
    return Figure(
        "offers-by-expert",
        _("Offers by expert"),
        _("As many offers ring for whoever is there longest: read it beside the hours held."),
        Table(columns, table),
        Bars(drawn) if drawn else None,
        (
            ("main", _("accepted")),
            ("warn", _("declined")),
            ("light", _("not answered")),
            ("rest", _("ended otherwise")),
        ),
    )


def names_of_experts(keys: Any) -> dict[int, str]:
    rows = Expert.objects.select_related("user").filter(pk__in=list(keys))
    return {row.pk: row.user.name for row in rows}


def _otherwise(row: dict[str, int]) -> int:
    return row["offers"] - row["accepted"] - row["declined"] - row["unanswered"]


def _line(name: str, number: int, tone: str, all_of: int) -> BarRow:
    return BarRow(capfirst(name), str(Share(number, all_of)), laid([(number, tone, "")], all_of))


def _of_expert(name: str, row: dict[str, int], top: int) -> BarRow:
    parts = (
        (row["accepted"], "main", _("accepted: %(count)d") % {"count": row["accepted"]}),
        (row["declined"], "warn", _("declined: %(count)d") % {"count": row["declined"]}),
        (row["unanswered"], "light", _("not answered: %(count)d") % {"count": row["unanswered"]}),
        (_otherwise(row), "rest", _("ended otherwise: %(count)d") % {"count": _otherwise(row)}),
    )
    words = {"accepted": grouped(row["accepted"]), "offers": grouped(row["offers"])}
    said = _("%(accepted)s of %(offers)s accepted") % words
    return BarRow(name, said, laid(parts, top))
