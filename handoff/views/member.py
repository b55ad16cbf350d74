"""The member's side: ask for a person, and take that back. Never through the model."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coach.bounds import whole_text
from coach.errors import CoachError
from coach.talk.models import Session
from coach.types import MemberRequest
from handoff.actions import ask_for_person, cancel, cancel_planned
from handoff.limits import ASKED_MAX_CHARS
from handoff.models import Escalation, PlannedFollowUp
from handoff.safety.status import status_of
from handoff.views.access import refusal


@login_required
@require_POST
def ask(request: MemberRequest, session: UUID) -> HttpResponse:
    """Call a person into the member's own live talk."""
    talk = get_object_or_404(Session.objects.for_member(request.user).live(), pk=session)
    try:
        said = whole_text(request.POST.get("reason", ""), ASKED_MAX_CHARS)
    except CoachError as error:
        return refusal(error)
    status = status_of(ask_for_person(talk, quote=said))
    return _answer(request, talk, f"{status.title}. {status.text}")


@login_required
@require_POST
def take_back(request: MemberRequest, session: UUID) -> HttpResponse:
    """Nobody is wanted any more. 400 for an emergency, or once somebody has joined."""
    talk = get_object_or_404(Session.objects.for_member(request.user), pk=session)
    escalation = Escalation.objects.filter(session=talk).open().first()
    try:
        if escalation is not None:
            cancel(escalation, actor=request.user)
    except CoachError as error:
        return refusal(error)
    return _answer(request, talk, _("Nobody is called any more."))


@login_required
@require_POST
def cancel_follow_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody need get back to the member on the day that was agreed."""
    mine = PlannedFollowUp.objects.filter(escalation__member=request.user)
    planned = get_object_or_404(mine.select_related("escalation__session"), pk=pk)
    cancelled = cancel_planned(planned, request.user)
    said = (
        _("Nobody gets back to you about this.") if cancelled else _("That is no longer planned.")
    )
    return _answer(request, planned.escalation.session, said)


def _answer(request: MemberRequest, talk: Session, message: str) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"message": message})
    return redirect("talk:live", pk=talk.pk)
