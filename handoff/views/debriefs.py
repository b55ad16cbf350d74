"""After an emergency: the expert says how they are, and a supervisor sees it at the wall."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from handoff import actions
from handoff.models import Debrief, Escalation
from handoff.views.access import ExpertRequest, for_experts, for_supervisors


@for_experts
@require_GET
def ask_debrief(request: ExpertRequest, pk: int) -> HttpResponse:
    """Dialog: how are you, a break, a word to the supervisor."""
    found = get_object_or_404(Escalation, pk=pk, owner=request.expert)
    context = {"case": found, "answers": [one for one in Debrief.How.choices if one[0]]}
    return render(request, "handoff/desk/_debrief.html", context)


@for_experts
@require_POST
def debrief(request: ExpertRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Escalation, pk=pk, owner=request.expert)
    said, rest = request.POST, "rest" in request.POST
    how, note = (said.get("how", ""), said.get("note", "")) if "skip" not in said else ("", "")
    row = actions.debrief(found, request.expert, how, note, rest=rest and bool(how))
    told = _("Thank you. Supervisors see it.") if row.how else _("You are not asked again.")
    return JsonResponse({"message": told})


@for_supervisors
@require_POST
def see_debrief(request: ExpertRequest, pk: int) -> HttpResponse:
    actions.see_debrief(get_object_or_404(Debrief, pk=pk), request.expert)
    return JsonResponse({"message": _("Noted: you have seen it.")})
