"""One case at the desk: read it, and do something about it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from coach import clock
from coach.errors import Refused
from coach.nutrition.day import day_for
from coach.talk.models import Card, Session
from coach.talk.pages.views import Entry, entries
from coach.talk.pictures.views import bare
from coach.talk.registries.cards import render as render_card
from handoff import actions
from handoff.models import Escalation, Expert, Offer
from handoff.safety.checklists import checklist_for
from handoff.views.access import for_experts, note_read, owned_case, readable, readable_case

State, Mode = Escalation.State, Escalation.Mode
CLAIMABLE = (State.QUEUED, State.OFFERED, State.PARKED, State.FOLLOW_UP)
CONSTRAINTS = (
    gettext_lazy("no weight talk"),
    gettext_lazy("no calorie numbers"),
    gettext_lazy("no targets"),
    gettext_lazy("no food advice before the appointment"),
)
OUTCOMES = (
    ("advised", gettext_lazy("advised")),
    ("appointment", gettext_lazy("appointment made")),
    ("referred", gettext_lazy("referred to a clinician")),
    ("emergency", gettext_lazy("emergency services involved")),
    ("reassured", gettext_lazy("reassured, nothing further")),
    ("not_a_case", gettext_lazy("not a case")),
)


@for_experts
@require_GET
def case(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    """Fragment: the whole case: thread, composer and context."""
    found = readable_case(expert, pk, "case")
    return render(request, "handoff/desk/_case.html", _case(request, expert, found))


@for_experts
@require_GET
def thread(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    """Fragment: turns and cards after `since`."""
    found = readable_case(expert, pk, "thread")
    since = request.GET.get("since", "0")
    if not since.isdecimal():
        raise Refused(_("“since” is a number."))
    context = {
        "session": found.session,
        "case": found,
        "entries": entries(found.session, request, int(since)),
    }
    return render(request, "handoff/desk/_thread.html", context)


@for_experts
@require_GET
def card(request: HttpRequest, expert: Expert, session: UUID, seq: int) -> HttpResponse:
    found = readable(expert).filter(session=session).first()
    if found is None:
        raise Http404
    note_read(expert, found, "card")
    talk = found.session
    row = get_object_or_404(Card, session=talk, seq=seq)
    entry = Entry(seq, card=row, html=render_card(row, request))
    return render(request, "handoff/desk/_entry.html", {"session": talk, "entry": entry})


@for_experts
@require_GET
def picture(request: HttpRequest, expert: Expert, session: UUID, number: int) -> HttpResponse:
    """A picture that the member showed, for those who may read the talk."""
    found = readable(expert).filter(session=session).first()
    if found is None:
        raise Http404
    note_read(expert, found, "picture")
    return bare(found.session, number)


@for_experts
@require_POST
def accept(request: HttpRequest, expert: Expert, offer: int) -> HttpResponse:
    rung = get_object_or_404(Offer, pk=offer, expert=expert)
    return _done(actions.accept(rung, expert))


@for_experts
@require_POST
def decline(request: HttpRequest, expert: Expert, offer: int) -> HttpResponse:
    rung = get_object_or_404(Offer, pk=offer, expert=expert)
    actions.decline(rung, expert, request.POST.get("reason", ""))
    return JsonResponse({})


@for_experts
@require_POST
def claim(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    waiting = get_object_or_404(Escalation, pk=pk)
    return _done(actions.claim(waiting, expert))


@for_experts
@require_POST
def mode(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    """Join as `mode`: monitor, guide or text."""
    wanted = request.POST.get("mode", "")
    if wanted not in (Mode.MONITOR, Mode.GUIDE, Mode.TEXT):
        raise Refused(_("Choose watch, guide or write."))
    return _done(actions.take_floor(owned_case(expert, pk), expert, wanted))


@for_experts
@require_POST
def say(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    """Send to the member (mode text) or privately to the coach (mode guide)."""
    found = owned_case(expert, pk)
    text, client_id = request.POST.get("text", ""), request.POST.get("client_id", "")[:64]
    if request.POST.get("to") == Mode.GUIDE:
        actions.guide(found, expert, text, client_id)
        return JsonResponse({"message": _("The coach has your guidance for its next answer.")})
    if not client_id:
        raise Refused(_("The message has no number of its own; reload the page."))
    turn = actions.say(found, expert, text, client_id)
    return JsonResponse({"seq": turn.seq})


@for_experts
@require_POST
def release(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    actions.release(owned_case(expert, pk), expert, request.POST.get("reason", ""))
    return JsonResponse({"message": _("Given back to the queue.")})


@for_experts
@require_POST
def hand_back(request: HttpRequest, expert: Expert, pk: int) -> HttpResponse:
    allowed = [str(constraint) for constraint in CONSTRAINTS]
    outcome = _one_of(request.POST.get("outcome", ""), [key for key, _name in OUTCOMES])
    found = owned_case(expert, pk)
    if request.POST.get("note", "").strip() and not outcome:
        raise Refused(_("Choose how it ended."), code="outcome_required")
    actions.hand_back(
        found,
        expert,
        request.POST.get("note", ""),
        outcome=outcome,
        flag_right=_one_of(request.POST.get("flag_right", ""), Escalation.FlagRight.values),
        constraints=[c for c in request.POST.getlist("constraints") if c in allowed],
    )
    return JsonResponse({"message": _("Handed back. The coach has your note.")})


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""


def _done(found: Escalation) -> JsonResponse:
    return JsonResponse({"case": found.pk})


def _case(request: HttpRequest, expert: Expert, found: Escalation) -> dict[str, Any]:
    try:
        profile = found.member.profile
    except ObjectDoesNotExist:
        profile = None
    earlier = Escalation.objects.filter(member=found.member).exclude(pk=found.pk)
    owned = found.owner_id == expert.pk and found.is_open
    return {
        "case": found,
        "session": found.session,
        "expert": expert,
        "owned": owned,
        "can_claim": found.state in CLAIMABLE,
        "composer": _composer(found, owned),
        "entries": entries(found.session, request),
        "profile": profile,
        "today": day_for(found.member) if found.session.kind == Session.Kind.COACHING else None,
        "earlier": earlier.order_by("-created_at")[:5],
        # What a colleague wrote is read by those who may open that case.
        "may_read": set(readable(expert).filter(member=found.member).values_list("pk", flat=True)),
        "flags": found.session.flags.exclude(quote=found.quote).order_by("severity", "pk")[:8],
        "checklist": checklist_for(found.code),
        "constraints": CONSTRAINTS,
        "outcomes": OUTCOMES,
        "verdicts": [c for c in Escalation.FlagRight.choices if c[0]],
        "member_now": found.member.local(clock.host_now()).replace(tzinfo=None),
    }


def _composer(found: Escalation, owned: bool) -> str:
    """What the expert may write, and to whom: names the box under the thread."""
    if not found.is_open:
        return "closed"
    if not owned or found.state == State.WRAP_UP:
        return "claim" if found.state in CLAIMABLE else "none"
    if found.session.ended_at is not None:
        return "ended"
    return str(found.mode) if found.mode in (Mode.TEXT, Mode.GUIDE) else "watch"
