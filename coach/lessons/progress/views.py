"""The pages of progress and placement."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.bounds import read_number, whole_text
from coach.errors import NotFound, Refused
from coach.lessons.languages import language_name
from coach.lessons.learn.limits import SAY_MAX_MS
from coach.lessons.learn.sound import hears
from coach.lessons.progress import actions
from coach.lessons.progress.level import estimate
from coach.lessons.progress.models import Placement
from coach.lessons.progress.page import languages_of, progress_of, weights
from coach.lessons.progress.placement import ANSWER_MAX_CHARS, LEAST_STEPS, MOST_STEPS
from coach.lessons.progress.proposal import propose
from coach.lessons.review.models import ReviewItem
from coach.lessons.scenario import LEVELS
from coach.lessons.written import help_for, screen_answer
from coach.talk.buttons import turned_back
from coach.types import MemberRequest


@login_required
@require_GET
def progress(request: MemberRequest) -> HttpResponse:
    """Level, minutes, objectives and streak in the language that `language` names."""
    languages = languages_of(request.user)
    language = request.GET.get("language", languages[0])
    if language not in languages:
        raise Http404
    found = progress_of(request.user, language)
    level = found.estimate.level if found.estimate.known else LEVELS[0]
    context = {
        "progress": found,
        "language": language,
        "languages": _tabs(languages, language),
        "weights": weights(found.estimate),
        "due": ReviewItem.objects.for_member(request.user).due().count(),
        "next": propose(request.user, language, level),
    }
    return render(request, "lessons/progress/progress.html", context)


def _tabs(languages: list[str], chosen: str) -> list[dict[str, object]]:
    return [
        {
            "label": language_name(code),
            "href": f"?language={code}",
            "current": code == chosen,
            "count": None,
        }
        for code in languages
    ]


@login_required
@require_GET
def placements(request: MemberRequest) -> HttpResponse:
    """Where a placement begins."""
    placed = Placement.objects.for_member(request.user).exclude(level="")
    levels: dict[str, str] = {}
    for row in placed.order_by("started_at"):
        levels[row.language] = row.level
    mine = languages_of(request.user)
    rows = [(code, language_name(code), levels.get(code, "")) for code in mine]
    context = {"rows": rows, "least": LEAST_STEPS, "most": MOST_STEPS}
    return render(request, "lessons/progress/placements.html", context)


@login_required
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    try:
        placement = actions.begin_placement(request.user, request.POST.get("language", "")[:12])
    except NotFound as error:
        raise Http404(str(error)) from error
    return redirect("lessons:placement", placement.pk)


@login_required
@require_http_methods(["GET", "POST"])
def placement(request: MemberRequest, pk: int) -> HttpResponse:
    """One step, and at the end the level."""
    own = Placement.objects.for_member(request.user)
    row = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        return _answered(request, row)
    step = actions.step_now(row)
    if step is None:
        return _result(request, row)
    context = {
        "placement": row,
        "step": step,
        "number": row.steps.count(),
        "least": LEAST_STEPS,
        "most": MOST_STEPS,
        "limit": ANSWER_MAX_CHARS,
        "hears": hears(row.language),
        "help": help_for(request),
        "say_ms": SAY_MAX_MS,
    }
    return render(request, "lessons/progress/placement.html", context)


def _answered(request: MemberRequest, row: Placement) -> HttpResponse:
    number = read_number(request.POST.get("number", ""))
    skipped = "skip" in request.POST
    try:
        said = "" if skipped else whole_text(request.POST.get("said", ""), ANSWER_MAX_CHARS)
    except Refused as error:
        return turned_back(request, str(error), "lessons:placement", row.pk)
    if not said and not skipped:
        why = _("Write or say something, or press “I can't say it yet”.")
        return turned_back(request, why, "lessons:placement", row.pk)
    screen_answer(request, said, language=row.language, place="placement")
    if number is not None:
        actions.answer_step(request.user, row.pk, number, said)
    return redirect("lessons:placement", row.pk)


def _result(request: MemberRequest, row: Placement) -> HttpResponse:
    if not row.level:
        return redirect("lessons:placements")
    found = estimate(actions.observed(row))
    context = {
        "placement": row,
        "help": help_for(request),
        "estimate": found,
        "weights": weights(found),
        "steps": row.steps.count(),
        "reached": sum(step.reached for step in row.steps.all()),
        "next": propose(request.user, row.language, row.level),
    }
    return render(request, "lessons/progress/placed.html", context)


@login_required
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    try:
        actions.leave_placement(request.user, pk)
    except NotFound as error:
        raise Http404(str(error)) from error
    return redirect("lessons:catalogue")
