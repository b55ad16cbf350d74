"""The yearly report of crisis referrals, for supervisors: one page, and each table of it as CSV."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from coach import clock
from coach.spreadsheets import download
from handoff.opening import today_at_desk
from handoff.reports.referrals import by_kind, by_month, by_resource, years
from handoff.reports.shapes import Figure
from handoff.views.access import ExpertRequest, for_supervisors

# The name stands in the address of its CSV.
FIGURES: dict[str, Callable[[int], Figure]] = {
    "by-month": by_month,
    "by-kind": by_kind,
    "by-resource": by_resource,
}


@for_supervisors
@require_GET
def page(request: ExpertRequest) -> HttpResponse:
    """All figures of a year: the one that was asked for, or the newest."""
    offered = _years()
    year = _year(request, offered)
    figures = [make(year) for make in FIGURES.values()]
    context = {
        "year": str(year),
        "years": [str(one) for one in offered],
        "query": f"year={year}",
        "figures": figures if any(figure.chart for figure in figures) else [],
        "headlines": [figure.headline for figure in figures if figure.headline],
    }
    return render(request, "handoff/referrals.html", context)


@for_supervisors
@require_GET
def table(request: ExpertRequest, name: str) -> HttpResponse:
    """One table as CSV; 404 for one that there is not."""
    if name not in FIGURES:
        raise Http404
    year = _year(request, _years())
    return download(f"referrals-{name}-{year}.csv", FIGURES[name](year).table.sheet())


def _years() -> list[int]:
    return years(today_at_desk(clock.now()))


def _year(request: ExpertRequest, offered: list[int]) -> int:
    """The year that is asked for; 404 for one of which there is no report."""
    asked = request.GET.get("year") or str(offered[0])
    if asked not in map(str, offered):
        raise Http404
    return int(asked)
