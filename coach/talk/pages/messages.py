"""What a person wrote to a member after their talk: the strip on every page, and the answer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach import wire
from coach.errors import CoachError
from coach.talk.actions import answer_message, unread_messages
from coach.talk.answers import json_answer
from coach.talk.buttons import is_fetched, turned_back
from coach.talk.models import Session
from coach.types import MemberRequest
from coach.wire import CLIENT_ID_MAX_CHARS


@login_required
@require_GET
def messages_of(request: MemberRequest) -> HttpResponse:
    """Fragment: what was written to the member and not read, for the strip on every page."""
    context = {"unread": unread_messages(request.user)}
    return render(request, "talk/_messages.html", context)


@login_required
@require_POST
def answer(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write into one's own ended talk."""
    session = get_object_or_404(
        Session.objects.for_member(request.user).exclude(ended_at=None), pk=pk
    )
    client_id = request.POST.get("key", "")[:CLIENT_ID_MAX_CHARS]
    try:
        answer_message(session, request.POST.get("text", ""), client_id)
    except CoachError as error:
        if is_fetched(request):
            return json_answer(wire.Refusal(error.code, str(error)), status=400)
        return turned_back(request, str(error), "talk:live", pk)
    if is_fetched(request):
        return JsonResponse({"message": _("Sent.")})
    return redirect("talk:live", pk=pk)
