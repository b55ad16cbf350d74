"""The page where a free talk begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coach.errors import Refused
from coach.lessons.free.actions import offline_only, start_free_talk
from coach.lessons.free.forms import FreeTalkForm, languages
from coach.lessons.models import Attempt
from coach.lessons.progress.evidence import observations
from coach.lessons.progress.level import estimate
from coach.lessons.scenario import LEVELS
from coach.talk.buttons import turned_back
from coach.types import Member, MemberRequest

TRIES_SHOWN = 5


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: MemberRequest) -> HttpResponse:
    """Choose language, level and topic, and talk."""
    try:
        offline = offline_only()
    except Refused as error:
        return turned_back(request, str(error), "lessons:catalogue")
    spoken = languages(offline=offline)
    if request.method == "POST":
        form = FreeTalkForm(spoken, request.POST)
        if form.is_valid():
            try:
                attempt = start_free_talk(request.user, form.chosen, form.cleaned_data["own"])
            except Refused as error:
                form.add_error(None, str(error))  # what was chosen stays
            else:
                return redirect("talk:live", attempt.session_id)
    else:
        form = FreeTalkForm(spoken, initial={"level": _level(request.user, spoken[0])})
    tries = Attempt.objects.for_member(request.user)
    tries = tries.filter(free__isnull=False, finished_at__isnull=False)
    context = {"form": form, "offline": offline, "attempts": tries[:TRIES_SHOWN]}
    return render(request, "lessons/free.html", context)


def _level(member: Member, language: str) -> str:
    found = estimate(observations(member, language))
    return found.level if found.known else LEVELS[0]
