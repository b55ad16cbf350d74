"""The member's pages of the interpreter: begin, the live page or what was said, the transcript."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach import wire
from coach.errors import Refused
from coach.interpreter import actions, limits
from coach.interpreter.forms import MeetingForm
from coach.interpreter.models import Meeting
from coach.interpreter.readiness import readiness, told_to
from coach.interpreter.transcript import transcript
from coach.interpreter.words import page_words
from coach.talk.answers import json_answer
from coach.talk.usage.budgets import refusal
from coach.types import MemberRequest


@login_required
@require_GET
def start(request: MemberRequest) -> HttpResponse:
    return _start(request, MeetingForm(readiness().languages, member=request.user))


@login_required
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    form = MeetingForm(readiness().languages, request.POST)
    if not form.is_valid():
        return _start(request, form)
    chosen = form.cleaned_data
    try:
        begun = actions.start_meeting(request.user, chosen["mine"], chosen["theirs"], chosen["way"])
    except Refused as error:
        form.add_error(None, str(error))
        return _start(request, form)
    return redirect("interpreter:meeting", begun.pk)


@login_required
@require_GET
def meeting(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The live page; once it has ended, what was said."""
    found = _meeting(request, pk)
    if found.ended_at is not None:
        lines = found.lines.all()[: limits.LINES_MAX]
        return render(request, "interpreter/ended.html", {"meeting": found, "lines": lines})
    return render(request, "interpreter/live.html", live_context(found, "a"))


@login_required
@require_POST
def end(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A page with a script waits for its socket, by which the last words come."""
    found = _meeting(request, pk)
    actions.end_meeting(found)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({})
    return redirect("interpreter:meeting", found.pk)


@login_required
@require_POST
def swap(request: MemberRequest, pk: UUID) -> HttpResponse:
    actions.swap_languages(_meeting(request, pk))
    return JsonResponse({})


@login_required
@require_POST
def invite(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A new link for the other person. It is shown once: rows know only its digest."""
    try:
        secret = actions.invite(_meeting(request, pk))
    except Refused as error:
        return json_answer(wire.Refusal(error.code, str(error)), status=409)
    path = reverse("interpreter:join", args=[secret])
    return json_answer(wire.InvitationMade(request.build_absolute_uri(path)))


@login_required
@require_POST
def show_out(request: MemberRequest, pk: UUID) -> HttpResponse:
    actions.show_out(_meeting(request, pk))
    return JsonResponse({})


@login_required
@require_GET
def export(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What was said, as a text file."""
    found = _meeting(request, pk)
    answer = HttpResponse(transcript(found), content_type="text/plain; charset=utf-8")
    name = f"{found.started_at:%Y-%m-%d}-{found.language_a}-{found.language_b}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_POST
def erase(request: MemberRequest, pk: UUID) -> HttpResponse:
    actions.erase_meeting(_meeting(request, pk))
    messages.success(request, _("The conversation is deleted."))
    return redirect("interpreter:start")


def live_context(found: Meeting, side: str, before: int = 0) -> dict[str, object]:
    """What the live page needs for the person of this side, who sees lines after `before`."""
    lines = found.lines.filter(seq__gt=before).order_by("-seq")[: limits.LINES_SHOWN]
    panes = ("b", "a") if not found.by_links else (side,)
    return {
        "meeting": found,
        "side": side,
        "panes": [(one, found.a if one == "a" else found.b) for one in panes],
        "lines": list(reversed(lines)),
        "socket": f"/ws/interpreter/{found.pk}/",
        "words": page_words(),
    }


def _start(request: MemberRequest, form: MeetingForm) -> HttpResponse:
    mine, ready = Meeting.objects.for_member(request.user), readiness()
    ended = Paginator(mine.exclude(ended_at=None), limits.MEETINGS_SHOWN)
    context = {
        "form": form,
        "readiness": ready,
        "told_to": told_to(ready.engine),
        "stop": refusal(request.user),
        "live": mine.live().first(),
        "meetings": ended.get_page(request.GET.get("page")),
    }
    return render(request, "interpreter/start.html", context)


def _meeting(request: MemberRequest, pk: UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.for_member(request.user), pk=pk)
