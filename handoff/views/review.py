"""The weekly blind review: one turn at a time, and no word of what screening said of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from coach.errors import CoachError
from coach.talk.models import Directive, Turn
from handoff.actions.reading import record_read
from handoff.actions.reviewing_blind import judge as judge_turn
from handoff.actions.reviewing_blind import may_review, to_judge
from handoff.models import ReviewItem, ReviewRound
from handoff.views.access import ExpertRequest, for_experts

BEFORE = 4  # turns that are read before the one to judge


def _check(request: ExpertRequest) -> None:
    if not may_review(request.expert):
        raise PermissionDenied


@for_experts
@require_GET
@never_cache
def page(request: ExpertRequest) -> HttpResponse:
    """The next turn to judge, with what was said before it."""
    _check(request)
    waiting = to_judge(request.expert)
    item = waiting.first()
    latest = ReviewRound.objects.first()
    context: dict[str, Any] = {
        "item": item,
        "left": waiting.count(),
        "judged": ReviewItem.objects.filter(judged_by=request.expert, round=latest).count(),
        "choices": ReviewItem.Judged.choices,
    }
    if item is not None:
        talk = item.turn.session
        record_read(request.expert.user, talk.member_id, "review", talk.pk)
        context["before"] = _before(item.turn)
    return render(request, "handoff/review.html", context)


def _before(turn: Turn) -> list[Turn]:
    """What member, coach and expert said before it; notices and reviewed words would tell."""
    said = turn.session.turns.filter(seq__lt=turn.seq).exclude(speaker=Turn.Speaker.SYSTEM)
    reviewed = turn.session.directives.filter(kind=Directive.Kind.SCRIPT).values("spoken")
    return list(said.exclude(text__in=reviewed).order_by("-seq")[:BEFORE])[::-1]


@for_experts
@require_POST
def judge(request: ExpertRequest, pk: int) -> HttpResponse:
    """Write the judgement down and go on to the next turn."""
    _check(request)
    item = get_object_or_404(ReviewItem.objects.select_related("turn"), pk=pk)
    chosen = request.POST.get("judged", "")
    try:
        case = judge_turn(item, request.expert, int(chosen) if chosen.isdecimal() else -1)
    except CoachError as error:
        messages.error(request, str(error))
    else:
        if case is not None:
            messages.warning(request, _("A person is called for this now."))
    return redirect("handoff:review")
