"""The wall: one page for supervisors, its fragment, and the dialogs that it opens."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from coach import clock
from handoff.models import OWNED_STATES, Escalation, Tier
from handoff.views.access import (
    ExpertRequest,
    for_supervisors,
    readable,
    talk_at_wall,
)
from handoff.views.choices import PAUSES
from handoff.views.desk import page_for_experts
from handoff.wall.board import Board
from handoff.wall.candidates import choices


@page_for_experts
def wall(request: ExpertRequest) -> HttpResponse:
    """The page itself."""
    if not request.expert.supervisor:
        raise PermissionDenied
    return render(request, "handoff/wall.html", {"expert": request.expert, **_board()})


@for_supervisors
@require_GET
def board(request: ExpertRequest) -> HttpResponse:
    """Fragment: the whole desk as the rows stand."""
    return render(request, "handoff/wall/_board.html", {"expert": request.expert, **_board()})


@for_supervisors
@require_GET
def ask_whom(request: ExpertRequest, pk: int) -> HttpResponse:
    """Dialog: whom to assign the case to."""
    case = get_object_or_404(readable(request.expert), pk=pk)
    found = choices(case, clock.now()) if case.rings else []
    fits = any(not one.why_not for one in found)
    context = {"case": case, "choices": found, "waits": case.rings, "fits": fits}
    return render(request, "handoff/wall/_assign.html", context)


@for_supervisors
@require_GET
def ask_tier(request: ExpertRequest, pk: int) -> HttpResponse:
    """Dialog: which tier, and why."""
    case = get_object_or_404(readable(request.expert), pk=pk)
    return render(request, "handoff/wall/_tier.html", {"case": case, "tiers": Tier.choices})


@for_supervisors
@require_GET
def ask_why(request: ExpertRequest, session: UUID) -> HttpResponse:
    """Dialog: take a talk to the desk, with the reason where nobody waits for somebody."""
    talk = talk_at_wall(request.expert, session)
    case = Escalation.objects.filter(session=talk).select_related("owner__user").open().first()
    owned = case is not None and case.state in OWNED_STATES
    context = {"session": talk, "case": case, "owner": case.owner if case and owned else None}
    return render(request, "handoff/wall/_pull.html", context)


@for_supervisors
@require_GET
def ask_span(request: ExpertRequest) -> HttpResponse:
    """Dialog: how long the intake is paused, and why."""
    return render(request, "handoff/wall/_pause.html", {"spans": PAUSES})


def _board() -> dict[str, Any]:
    shown = Board.read(clock.now())
    return {"board": shown, "clocks": shown.clocks, "asked": shown.asked}
