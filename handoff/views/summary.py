"""The talk of a case so far, in statements that lead to their lines."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from coach import clock
from handoff.actions.summarising import want_summary
from handoff.models import Escalation
from handoff.summary.rows import summary_of
from handoff.views.access import ExpertRequest, for_experts, readable_case
from handoff.views.extent import before_number, reads_until

LABELS = {
    "told": _("Told"),
    "asked": _("Asked"),
    "failed": _("The coach could not"),
    "log": _("In the diary"),
    "change": _("Changed in the diary"),
    "remove": _("Taken out of the diary"),
    "undone": _("Undone in the diary"),
}


@for_experts
@require_GET
def summary(request: ExpertRequest, pk: int) -> HttpResponse:
    """Fragment: why a person was called, and the talk so far."""
    found = readable_case(request.expert, pk, "case")
    context = summary_context(found, reads_until(request.expert, found))
    return render(request, "handoff/desk/_summary.html", {"case": found, **context})


def summary_context(found: Escalation, until: datetime | None) -> dict[str, Any]:
    """What an expert reads who reads the talk until then; a model's words only of a whole talk."""
    before = before_number(found.session, until)
    lines = summary_of(found.session, before, until)
    worded = want_summary(found.session, ask=found.is_open) if until is None else None
    return {
        "lines": [(line, LABELS.get(line.what or line.kind)) for line in lines],
        "worded": worded,
        "is_being_written": worded is not None and worded.is_being_written(clock.now()),
    }
