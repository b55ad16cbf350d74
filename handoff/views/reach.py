"""A member says how they want to be reached: a page of its own, beside a talk that goes on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from coach.errors import CoachError
from coach.people.models import Profile
from coach.people.phone import PhoneField
from coach.types import MemberRequest
from handoff.actions import ask_to_be_reached
from handoff.limits import REACH_WHEN_MAX_CHARS
from handoff.models import Escalation


class ReachForm(forms.Form):
    """Call me at this number, or write to me."""

    by = forms.ChoiceField(
        label=_("How?"),
        choices=[(value, capfirst(name)) for value, name in reversed(Profile.Reach.choices)],
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    when = forms.CharField(
        label=_("Best times"),
        required=False,
        max_length=REACH_WHEN_MAX_CHARS,
        help_text=_("For example weekdays after 5 pm."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def reach(request: MemberRequest, session: UUID) -> HttpResponse:
    """The form for the open call of one's own talk; 404 where nobody is called."""
    mine = Escalation.objects.filter(member=request.user, session=session)
    call = get_object_or_404(mine.open().with_talk())
    form = ReachForm(request.POST or None, initial=_known(call))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _keep(request, call, form):
            return redirect("handoff:reach", session=session)
        status = 422
    context = {"form": form, "call": call, "session": call.session}
    return render(request, "handoff/reach.html", context, status=status)


def _keep(request: MemberRequest, call: Escalation, form: ReachForm) -> bool:
    """Write what the form holds; what cannot be is said in it."""
    asked = form.cleaned_data
    try:
        ask_to_be_reached(call, asked["by"], asked["phone"], asked["when"], actor=request.user)
    except CoachError as error:
        form.add_error("phone" if error.code == "phone" else None, str(error))
        return False
    if asked["by"] == Profile.Reach.CALL:
        messages.success(request, _("Noted: we call you."))
    else:
        messages.success(request, _("Noted: we write to you."))
    return True


def _known(call: Escalation) -> dict[str, Any]:
    """What the member said for this call, or else in the profile."""
    try:
        profile = call.member.profile
    except ObjectDoesNotExist:
        profile = Profile(user=call.member)
    return {
        "by": call.reach_by or profile.reach_by,
        "phone": call.reach_phone or profile.phone,
        "when": call.reach_when or profile.reach_when,
    }
