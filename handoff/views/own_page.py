"""An expert's own desk: the icon of its tab, whether words hide by themselves, their keys."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.bounds import asked_number
from coach.errors import Refused
from handoff.keys import KEYS, checked, keys_of
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


@for_experts
@require_http_methods(["GET", "POST"])
def keys(request: ExpertRequest) -> HttpResponse:
    """Which letter does what at this person's desk; 422 with the form where two are the same."""
    expert, status = request.expert, 200
    letters = keys_of(expert.keys)
    if request.method == "POST":
        usual = "usual" in request.POST
        wanted = {} if usual else {name: request.POST.get(f"key_{name}", name) for name in KEYS}
        try:
            chosen = checked(wanted)
        except Refused as error:
            messages.error(request, str(error))
            letters, status = letters | wanted, 422
        else:
            Expert.objects.filter(pk=expert.pk).update(keys=chosen)
            messages.success(request, _("Your keys are kept. They hold on every device."))
            return redirect("handoff:keys")
    rows = [(name, letters[name][:1].upper(), KEYS[name]) for name in KEYS]
    return render(request, "handoff/keys.html", {"rows": rows}, status=status)
