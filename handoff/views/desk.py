"""The desk: one page, and the fragments it fetches again whenever something changed."""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach import clock
from coach.errors import Refused
from coach.types import MemberRequest
from handoff import actions
from handoff.actions.capacity import load_of
from handoff.actions.noting import mentions_of
from handoff.actions.reviewing_blind import may_review
from handoff.health import stopped
from handoff.keys import KEYS, keys_of
from handoff.models import Expert, IntakePause, NoteMention, Offer
from handoff.views.access import ExpertRequest, expert_of, for_experts, place_is_closed
from handoff.views.queue_rows import queue_of

MENTIONS_SHOWN = 5
BREAK = "break"  # away, and back by itself


def page_for_experts(
    view: Callable[[ExpertRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Call the view for people of the desk; others read why its page is not open to them (403)."""

    @login_required
    @require_GET
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        expert = expert_of(request.user)
        if expert is None:
            return _no_desk(cast(MemberRequest, request))
        at_desk = cast(ExpertRequest, request)
        at_desk.expert = expert
        return view(at_desk)

    return guarded


def _no_desk(request: MemberRequest) -> HttpResponse:
    """Say why the desk is not open to this person, and what they can do about it."""
    add_url = ""
    if request.user.has_perm("handoff.add_expert"):
        with contextlib.suppress(NoReverseMatch):  # a console without the desk's rows
            add_url = reverse("admin:handoff_expert_add")
    context = {"add_url": add_url, "closed": place_is_closed(request.user)}
    return render(request, "handoff/no_desk.html", context, status=403)


@page_for_experts
def desk(request: ExpertRequest) -> HttpResponse:
    """The page itself."""
    expert = request.expert
    context = _presence(expert) | _queue(expert) | {"selected": request.GET.get("case", "")}
    # A supervisor finds it at the reports.
    context["reviews"] = may_review(expert) and not expert.supervisor
    letters = keys_of(expert.keys)
    context["keys"] = [(letters[name].upper(), text) for name, text in KEYS.items()]
    # What each letter is the key of, as the page reads it: "a:a d:d".
    context["own_keys"] = " ".join(f"{letter}:{name}" for name, letter in letters.items())
    return render(request, "handoff/desk.html", context)


@for_experts
@require_GET
def queue(request: ExpertRequest) -> HttpResponse:
    """Fragment: presence and the queue, as the rows stand."""
    expert = request.expert
    return render(request, "handoff/desk/_queue.html", _presence(expert) | _queue(expert))


@for_experts
@require_GET
def offers(request: ExpertRequest) -> HttpResponse:
    """Fragment: the offers that ring for this expert."""
    ringing = (
        Offer.objects.filter(
            expert=request.expert, state=Offer.State.PENDING, expires_at__gt=clock.now()
        )
        .select_related(
            "escalation", "escalation__member", "escalation__session", "passed_by__user"
        )
        .defer("escalation__session__brief")
        .order_by("escalation__tier", "expires_at")
    )
    context = {"offers": ringing, "now": clock.now(), "expert": request.expert}
    return render(request, "handoff/desk/_offers.html", context)


@for_experts
@require_POST
def presence(request: ExpertRequest) -> HttpResponse:
    """Choose a status: available, away (with a reason), a break, draining or offline."""
    chosen = request.POST.get("status", "")
    if chosen == Expert.Status.AVAILABLE:
        actions.go_available(request.expert)
    elif chosen == Expert.Status.AWAY:
        actions.go_away(request.expert, request.POST.get("reason", ""))
    elif chosen == BREAK:
        actions.take_break(request.expert)
    elif chosen == Expert.Status.DRAINING:
        actions.drain(request.expert)
    elif chosen == Expert.Status.OFFLINE:
        actions.go_offline(request.expert)
    else:
        raise Refused(_("Choose one of the statuses."))
    return JsonResponse({})


@for_experts
@require_POST
def alive(request: ExpertRequest) -> HttpResponse:
    """The page is open although its socket is not: the lease runs on."""
    actions.touch_presence(request.expert)
    return JsonResponse({})


def _presence(expert: Expert) -> dict[str, Any]:
    at = clock.now()
    pause = IntakePause.objects.running(at).first()
    return {
        "stopped": stopped(at),
        "expert": expert,
        "load": load_of(expert),
        "statuses": Expert.Status,
        "pause": pause,
        "owed": actions.owed_debrief(expert),
    }


def _queue(expert: Expert) -> dict[str, Any]:
    at = clock.now()
    return {
        **queue_of(expert),
        "mentions": _mentions(expert),
        "desks": Expert.objects.filter(lease_until__gt=at).count(),
        "now": at,
    }


def _mentions(expert: Expert) -> list[NoteMention]:
    """Where colleagues have called this expert in, and they have not looked yet; newest first."""
    unseen = mentions_of(expert).filter(seen_at=None).select_related("note__escalation__member")
    return list(unseen.order_by("-pk")[:MENTIONS_SHOWN])
