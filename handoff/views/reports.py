"""The reports of the desk, for supervisors: one page, and each table of it as CSV."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from coach import clock
from coach.spreadsheets import download
from handoff.opening import desk_zone
from handoff.reports import breaches, flags, helped, load, offers, outcomes, reviewed, waits
from handoff.reports.asked import Asked
from handoff.reports.form import AskedForm
from handoff.reports.shapes import Figure
from handoff.reports.source import MOST_CASES, Source
from handoff.views.access import ExpertRequest, for_supervisors

# The name stands in the address of its CSV.
FIGURES: dict[str, Callable[[Source], Figure]] = {
    "cases": load.raised,
    "accepted": waits.accepted,
    "late": breaches.breaches,
    "first-word": waits.first_words,
    "follow-up": waits.followed_up,
    "flags": flags.precision,
    "review": reviewed.blind_review,
    "called-again": outcomes.reopened,
    "offers": offers.answers,
    "offers-by-expert": offers.by_expert,
    "helped": helped.satisfaction,
    "load": load.by_expert,
    "open-cases": load.by_hour,
}

# What stands beneath each other: across the page, in two columns, and across the page again.
COLUMNS = (
    ("cases",),
    ("accepted", "first-word", "follow-up", "flags", "review", "helped"),
    ("late", "called-again", "offers", "offers-by-expert", "load"),
    ("open-cases",),
)


@for_supervisors
@require_GET
def page(request: ExpertRequest) -> HttpResponse:
    """All figures of the span that was asked for; 422 with the form where it cannot be."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "handoff/reports.html", {"form": form}, status=422)
    source = _source(form)
    figures = {name: make(source) for name, make in FIGURES.items()}
    drawn = any(figure.chart for figure in figures.values())
    context: dict[str, Any] = {
        "form": form,
        "asked": source.asked,
        "columns": [[figures[name] for name in names] for names in COLUMNS] if drawn else [],
        "headlines": [figure.headline for figure in figures.values() if figure.headline],
        "most": MOST_CASES if source.is_cut else None,
    }
    return render(request, "handoff/reports.html", context)


@for_supervisors
@require_GET
def table(request: ExpertRequest, name: str) -> HttpResponse:
    """One table as CSV; 404 for a span that cannot be."""
    form = _form(request)
    if name not in FIGURES or not form.is_valid():
        raise Http404
    source = _source(form)
    asked = source.asked
    file = f"{name}-{asked.first:%Y-%m-%d}-{asked.last:%Y-%m-%d}.csv"
    return download(file, FIGURES[name](source).table.sheet())


def _form(request: ExpertRequest) -> AskedForm:
    zone = desk_zone()
    return AskedForm(request.GET, zone=zone, today=clock.now().astimezone(zone).date())


def _source(form: AskedForm) -> Source:
    asked: Asked = form.cleaned_data["asked"]
    return Source(asked, clock.now())
