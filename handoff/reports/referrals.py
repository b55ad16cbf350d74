"""The yearly report of crisis referrals, as laws for companion chatbots ask for it: sums alone.

A referral is a card that tells a member where there is help. The rows lead to nobody, so there is
no field, language or tier of a case to choose by.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Min, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.charts import BarRow, Bars, laid
from handoff.models import CrisisReferral
from handoff.reports.shapes import Column, Days, Figure, Table, grouped, standing
from handoff.safety.checklists import name_of

Shown = CrisisReferral.Shown
TONES = ((Shown.CRISIS, "warn"), (Shown.SAFETY, "main"), (Shown.SUPPORT, "light"))
OF_SUICIDE = ("SI", "SH")  # what the laws name: suicidal ideation, suicide and self-harm
BARS_MAX = 12  # kinds and resources that are drawn; the tables have all


def years(today: date) -> list[int]:
    """The years of which there may be a report, the newest first."""
    found = CrisisReferral.objects.aggregate(first=Min("month"), last=Max("month"))
    first, last = (found[name].year if found[name] else today.year for name in ("first", "last"))
    return list(range(max(last, today.year), min(first, today.year) - 1, -1))


def by_month(year: int) -> Figure:
    """Referrals of each month, and those about suicide or self-harm among them."""
    every: Counter[int] = Counter()
    suicide: Counter[int] = Counter()
    for row in _of(year).values("month", "code").annotate(count=Count("pk")):
        every[row["month"].month] += row["count"]
        if row["code"].split("-")[0] in OF_SUICIDE:
            suicide[row["month"].month] += row["count"]
    columns = (
        Column(_("Month")),
        Column(_("Referrals"), "count"),
        Column(_("About suicide or self-harm"), "count"),
    )
    months = [(date(year, number, 1), number) for number in range(1, 13)]
    rows = [(f"{month:%Y-%m}", every[number], suicide[number]) for month, number in months]
    return Figure(
        "by-month",
        _("Referrals by month"),
        _("Each card that told a member where there is help, in the month of the desk's calendar."),
        Table(columns, [*rows, (_("Year"), every.total(), suicide.total())]),
        _draw(year, every) if every else None,
        headline=(_("About suicide or self-harm"), grouped(suicide.total())),
    )


def by_kind(year: int) -> Figure:
    """Referrals by what was found, and by the kind of card."""
    found: dict[str, Counter[str]] = {}
    for row in _of(year).values("code", "shown").annotate(count=Count("pk")):
        found.setdefault(row["code"], Counter())[row["shown"]] += row["count"]
    codes = sorted(found, key=lambda code: (-found[code].total(), code))
    columns = (
        Column(_("Code")),
        Column(_("Meaning")),
        *(Column(str(shown.label).capitalize(), "count") for shown, _tone in TONES),
        Column(_("Referrals"), "count"),
    )
    rows = [_row(code, found[code]) for code in codes]
    top = found[codes[0]].total() if codes else 0
    return Figure(
        "by-kind",
        _("Referrals by kind"),
        _("By what was found in the member's words, and whether a person was called with it."),
        Table(columns, rows),
        Bars([_bar(code, found[code], top) for code in codes[:BARS_MAX]]) if codes else None,
        tuple((tone, str(shown.label).capitalize()) for shown, tone in TONES),
    )


def by_resource(year: int) -> Figure:
    """How often each resource was named; a card names several."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in _of(year).values("country", "resources").annotate(count=Count("pk")):
        for name in row["resources"]:
            counted[name, row["country"]] += row["count"]
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    columns = (Column(_("Resource")), Column(_("Member's country")), Column(_("Named"), "count"))
    by_name: Counter[str] = Counter()
    for (name, _country), count in rows:
        by_name[name] += count
    drawn = by_name.most_common(BARS_MAX)
    return Figure(
        "by-resource",
        _("Where members were referred to"),
        _("How often a card named it. A card names several, so these add up to more."),
        Table(columns, [(name, country or "—", count) for (name, country), count in rows]),
        Bars([_named(name, count, drawn[0][1]) for name, count in drawn]) if drawn else None,
    )


def _of(year: int) -> QuerySet[CrisisReferral]:
    return CrisisReferral.objects.filter(month__year=year).order_by()


def _draw(year: int, every: Counter[int]) -> Days:
    bars = []
    for number in range(1, 13):
        month, count = date(year, number, 1), every[number]
        name = f"{date_format(month, 'F Y')}: {referrals_words(count)}"
        bars.append((name, count, date_format(month, "M")))
    return standing(bars)


def referrals_words(count: int) -> str:
    return ngettext("%(count)s referral", "%(count)s referrals", count) % {"count": grouped(count)}


def _row(code: str, counts: Counter[str]) -> tuple[str | int, ...]:
    shown = (counts[kind] for kind, _tone in TONES)
    return (code, str(name_of(code)), *shown, counts.total())


def _bar(code: str, counts: Counter[str], top: int) -> BarRow:
    parts: Iterable[tuple[float, str, str]] = (
        (counts[shown], tone, f"{shown.label}: {counts[shown]}") for shown, tone in TONES
    )
    return BarRow(str(name_of(code)), grouped(counts.total()), laid(parts, top), code)


def _named(name: str, count: int, top: int) -> BarRow:
    return BarRow(name, grouped(count), laid([(count, "main", "")], top))
