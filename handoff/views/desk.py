"""The desk: one page, and the fragments it fetches again whenever something changed."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach.errors import Refused
from handoff import actions, clock
from handoff.actions.rows import load_of
from handoff.models import OWNED_STATES, Escalation, Expert, Offer
from handoff.views.access import for_experts, readable

State = Escalation.State
RECENT = 8


@for_experts
@require_GET
def desk(request: HttpRequest, expert: Expert) -> HttpResponse:
    context = _presence(expert) | _queue(expert) | {"selected": request.GET.get("case", "")}
    return render(request, "handoff/desk.html", context)


@for_experts
@require_GET
def queue(request: HttpRequest, expert: Expert) -> HttpResponse:
    """Fragment: presence, ringing offers and the queue, as the rows stand."""
    return render(request, "handoff/desk/_queue.html", _presence(expert) | _queue(expert))


@for_experts
@require_GET
def offers(request: HttpRequest, expert: Expert) -> HttpResponse:
    """Fragment: the offers that ring for this expert."""
    ringing = (
        Offer.objects.filter(expert=expert, state=Offer.State.PENDING, expires_at__gt=clock.now())
        .select_related("escalation", "escalation__member", "escalation__session")
        .order_by("escalation__tier", "expires_at")
    )
    context = {"offers": ringing, "now": clock.now()}
    return render(request, "handoff/desk/_offers.html", context)


@for_experts
@require_POST
def presence(request: HttpRequest, expert: Expert) -> HttpResponse:
    """Choose a status: available, away (with a reason), draining or offline."""
    chosen = request.POST.get("status", "")
    if chosen == Expert.Status.AVAILABLE:
        actions.go_available(expert)
    elif chosen == Expert.Status.AWAY:
        actions.go_away(expert, request.POST.get("reason", ""))
    elif chosen == Expert.Status.DRAINING:
        actions.drain(expert)
    elif chosen == Expert.Status.OFFLINE:
        actions.go_offline(expert)
    else:
        raise Refused(_("Choose one of the statuses."))
    return JsonResponse({})


@for_experts
@require_POST
def alive(request: HttpRequest, expert: Expert) -> HttpResponse:
    """The page is open although its socket is not: the lease runs on."""
    actions.touch_presence(expert)
    return JsonResponse({})


def _presence(expert: Expert) -> dict[str, Any]:
    return {"expert": expert, "load": load_of(expert), "statuses": Expert.Status}


def _queue(expert: Expert) -> dict[str, Any]:
    rows = Escalation.objects.select_related("member", "session", "owner", "owner__user")
    mine = rows.filter(owner=expert, state__in=(*OWNED_STATES, State.WRAP_UP, State.PARKED))
    waiting = rows.filter(state__in=(State.QUEUED, State.OFFERED, State.FOLLOW_UP))
    others = rows.filter(state__in=OWNED_STATES).exclude(owner=expert)
    done = readable(expert).filter(state__in=(State.RESOLVED, State.CANCELLED))
    may_see = Q(pk__in=readable(expert).values("pk"))
    return {
        "mine": mine.in_order(),
        "waiting": waiting.in_order(),
        "others": others.filter(may_see).in_order() if not expert.supervisor else others.in_order(),
        "done": done.order_by("-resolved_at", "-created_at")[:RECENT],
        "now": clock.now(),
    }
