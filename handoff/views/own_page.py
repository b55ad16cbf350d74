"""An expert's own page of the desk: the icon of its tab, and whether words hide by themselves."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from coach.bounds import asked_number
from handoff.models import Expert
from handoff.views.access import ExpertRequest, for_experts

COUNTED = 9  # more are "9+"


@for_experts
@require_GET
def tab_icon(request: ExpertRequest) -> HttpResponse:
    """The icon with how many wait; it tells nothing of anybody, and is the same for all."""
    number = asked_number(request.GET, "n")
    shown = {"count": number if number <= COUNTED else f"{COUNTED}+"}
    shown["rings"] = "rings" in request.GET
    return render(request, "handoff/tab_icon.svg", shown, content_type="image/svg+xml")


@for_experts
@require_POST
def privacy(request: ExpertRequest) -> HttpResponse:
    """Whether members' words are blurred while the expert looks away."""
    veils = request.POST.get("veils") == "1"
    Expert.objects.filter(pk=request.expert.pk).update(veils=veils)
    return JsonResponse({})
