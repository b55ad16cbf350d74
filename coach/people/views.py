"""The profile page, and the page of what is kept of a member."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.people import actions
from coach.people.actions import save_listening, save_profile
from coach.people.forms import ListeningForm, ProfileForm
from coach.people.models import HealthFact, Measurement, MemoryItem, Profile
from coach.talk.buttons import Done, button
from coach.types import MemberRequest

SHOWN = 100  # facts, and measurements, on the page of what is kept
TOLD = "people:told"

# How the page groups the form: heading, name of the icon, fields.
SECTIONS = (
    ("you", ("display_name", "time_zone", "day_starts_hour")),
    ("talk", ("listening_mode", "noise_reduction")),
    ("body", ("born_on", "sex", "height_cm", "weight_kg", "activity", "goal")),
    (
        "health",
        ("allergies", "eating_style", "conditions", "medicines", "pregnant", "eating_concern"),
    ),
    ("reach", ("phone", "reach_when", "may_call", "reach_by", "address", "emergency_contact")),
)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, instance=Profile.of(user))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            save_profile(user, form.cleaned_data)
            messages.success(request, _("Your profile is saved."))
            return redirect("people:profile")
        status = 422
    sections = {name: [form[field] for field in fields] for name, fields in SECTIONS}
    return render(
        request, "people/profile.html", {"form": form, "sections": sections}, status=status
    )


@login_required
@require_POST
def listening(request: MemberRequest) -> HttpResponse:
    """Remember how a talk listens, as the talk's own menu says."""
    user = request.user
    form = ListeningForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("That choice is not known.")}, status=422)
    save_listening(user, form.chosen)
    return JsonResponse({"mode": user.listening_mode, "noise_reduction": user.noise_reduction})


@login_required
@require_GET
def told(request: MemberRequest) -> HttpResponse:
    """All that is kept of what the member told."""
    return render(request, "people/told.html", _told(request))


@login_required
@require_GET
def told_list(request: MemberRequest) -> HttpResponse:
    """Fragment: the same without the page around it."""
    return render(request, "people/_told.html", _told(request))


def _told(request: MemberRequest) -> dict[str, Any]:
    facts = HealthFact.objects.for_member(request.user).noted().order_by("-noted_at", "-pk")
    measured = Measurement.objects.for_member(request.user).standing()
    agreed = MemoryItem.objects.for_member(request.user)
    return {"facts": facts[:SHOWN], "measured": measured[:SHOWN], "agreed": agreed[:SHOWN]}


@button(TOLD)
def fact_erase(request: MemberRequest, pk: int) -> Done:
    name = actions.erase_fact(request.user, pk)
    return Done(_("Erased: %(name)s.") % {"name": name}, resolve_url(TOLD))


@button(TOLD)
def measurement_undo(request: MemberRequest, pk: int) -> Done:
    row = actions.undo_measurement(request.user, pk)
    return Done(_("Taken back: %(amount)s.") % {"amount": row.amount}, resolve_url(TOLD))


@button(TOLD)
def measurement_erase(request: MemberRequest, pk: int) -> Done:
    actions.erase_measurement(request.user, pk)
    return Done(_("Erased."), resolve_url(TOLD))


@button(TOLD)
def memory_erase(request: MemberRequest, pk: int) -> Done:
    actions.erase_memory(request.user, pk)
    return Done(_("Erased."), resolve_url(TOLD))
