"""What an expert does with a case: answer an offer, join, write, give back, hand back."""

from datetime import date, timedelta

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coach import clock
from coach.bounds import asked_number, whole_text
from coach.errors import Refused
from handoff import actions
from handoff.limits import CONSTRAINT_MAX_CHARS, GUIDANCE_MAX_CHARS
from handoff.models import Escalation, Expert, Offer
from handoff.opening import today_at_desk
from handoff.views.access import (
    ExpertRequest,
    for_experts,
    owned_case,
    readable_case,
    spoken_case,
)
from handoff.views.choices import AGAIN_IN, CONSTRAINTS, OUTCOMES
from handoff.views.extent import reads_until

Mode = Escalation.Mode
MESSAGE = "message"  # to a member whose talk has ended


@for_experts
@require_POST
def accept(request: ExpertRequest, offer: int) -> HttpResponse:
    rung = get_object_or_404(Offer, pk=offer, expert=request.expert)
    return _done(actions.accept(rung, request.expert))


@for_experts
@require_POST
def decline(request: ExpertRequest, offer: int) -> HttpResponse:
    rung = get_object_or_404(Offer, pk=offer, expert=request.expert)
    actions.decline(rung, request.expert, request.POST.get("reason", ""))
    return JsonResponse({})


@for_experts
@require_POST
def claim(request: ExpertRequest, pk: int) -> HttpResponse:
    waiting = get_object_or_404(Escalation, pk=pk)
    return _done(actions.claim(waiting, request.expert))


@for_experts
@require_POST
def mode(request: ExpertRequest, pk: int) -> HttpResponse:
    """Join as `mode`: monitor, guide, text or voice."""
    wanted = request.POST.get("mode", "")
    if wanted not in (Mode.MONITOR, Mode.GUIDE, Mode.TEXT, Mode.VOICE):
        raise Refused(_("Choose watch, guide, write or speak."))
    return _done(actions.take_floor(owned_case(request.expert, pk), request.expert, wanted))


@for_experts
@require_POST
def stop(request: ExpertRequest, pk: int) -> HttpResponse:
    """Stop what the coach is saying now, without taking over."""
    actions.stop_coach(owned_case(request.expert, pk), request.expert)
    return JsonResponse({"message": _("The coach has stopped. It answers when they speak again.")})


@for_experts
@require_POST
def say(request: ExpertRequest, pk: int) -> HttpResponse:
    """Send to the member, to their ended talk (`message`), or privately to the coach (`guide`)."""
    found = spoken_case(request.expert, pk)
    text, client_id = request.POST.get("text", ""), request.POST.get("client_id", "")
    if request.POST.get("to") == Mode.GUIDE:
        text = whole_text(text, GUIDANCE_MAX_CHARS)
        foreseen = actions.foresee(found.session, request.expert, text)
        if foreseen.spoken and request.POST.get("foreseen") != foreseen.message:
            # What was typed as a private remark is said aloud only to who has read that it will be.
            raise Refused(foreseen.message, code="unforeseen")
        actions.guide(found, request.expert, text, client_id)
        return JsonResponse({"message": foreseen.message})
    if not client_id:
        raise Refused(_("The message has no number of its own; reload the page."))
    if request.POST.get("to") == MESSAGE:
        turn = actions.write(found, request.expert, text, client_id)
        said = _("Sent. %(name)s is told by mail.") % {"name": found.member}
        return JsonResponse({"seq": turn.seq, "message": said})
    turn = actions.say(found, request.expert, text, client_id)
    return JsonResponse({"seq": turn.seq})


@for_experts
@require_POST
def note(request: ExpertRequest, pk: int) -> HttpResponse:
    """Write an internal note on a case that one reads."""
    found = readable_case(request.expert, pk, "case")
    if reads_until(request.expert, found) is not None:
        raise Refused(_("You read this case no longer as it goes on, so you cannot write on it."))
    text, client_id = request.POST.get("text", ""), request.POST.get("client_id", "")
    if not client_id:
        raise Refused(_("The message has no number of its own; reload the page."))
    written = actions.write_note(found, request.expert, text, client_id)
    names = [
        mention.expert.user.name for mention in written.mentions.select_related("expert__user")
    ]
    told = _("Noted. %(names)s is told.") if len(names) == 1 else _("Noted. %(names)s are told.")
    message = told % {"names": ", ".join(names)} if names else _("Noted.")
    return JsonResponse({"message": message})


@for_experts
@require_POST
def call(request: ExpertRequest, pk: int) -> HttpResponse:
    """Note a call to the member, and what came of it."""
    found = owned_case(request.expert, pk)
    result, note = request.POST.get("result", ""), request.POST.get("note", "")
    actions.note_call(found, request.expert, result, note)
    return JsonResponse({"message": _("Noted.")})


@for_experts
@require_POST
def foresee(request: ExpertRequest, pk: int) -> HttpResponse:
    """What would become of a text as guidance, while it is being typed. Writes nothing."""
    found = owned_case(request.expert, pk)
    text = whole_text(request.POST.get("text", ""), GUIDANCE_MAX_CHARS)
    foreseen = actions.foresee(found.session, request.expert, text)
    return JsonResponse({"use": foreseen.use, "message": foreseen.message})


@for_experts
@require_POST
def release(request: ExpertRequest, pk: int) -> HttpResponse:
    actions.release(owned_case(request.expert, pk), request.expert, request.POST.get("reason", ""))
    return JsonResponse({"message": _("Given back to the queue.")})


@for_experts
@require_POST
def transfer(request: ExpertRequest, pk: int) -> HttpResponse:
    """Ask a colleague who is at the desk to take over, warm or cold."""
    found = owned_case(request.expert, pk)
    to = asked_number(request.POST, "to")
    colleague = Expert.objects.select_related("user").filter(pk=to, active=True).first()
    if colleague is None:
        raise Refused(_("Choose a colleague."))
    warm = request.POST.get("how") != "cold"
    note = request.POST.get("note", "")
    actions.transfer(found, request.expert, colleague, note, warm=warm)
    asked = _("%(name)s is asked. You have the case until they accept.")
    return JsonResponse({"message": asked % {"name": colleague.user}})


@for_experts
@require_POST
def hand_back(request: ExpertRequest, pk: int) -> HttpResponse:
    allowed = [code for code, _name in CONSTRAINTS]
    own = whole_text(request.POST.get("own_constraint", ""), CONSTRAINT_MAX_CHARS)
    outcome = _one_of(request.POST.get("outcome", ""), [key for key, _name in OUTCOMES])
    found = owned_case(request.expert, pk)
    words, note = request.POST.get("first_words", ""), request.POST.get("note", "")
    if (note.strip() or words.strip()) and not outcome:
        raise Refused(_("Choose how it ended."), code="outcome_required")
    actions.hand_back(
        found,
        request.expert,
        note,
        outcome=outcome,
        flag_right=_one_of(request.POST.get("flag_right", ""), Escalation.FlagRight.values),
        constraints=[c for c in request.POST.getlist("constraints") if c in allowed]
        + ([own] if own else []),
        first_words=words,
        may_quote=bool(request.POST.get("may_quote")),
        again_on=_again_on(request),
        by_desk=request.POST.get("again_by") == "desk",
    )
    return JsonResponse({"message": _("Handed back. The coach goes on.")})


def _again_on(request: ExpertRequest) -> date | None:
    """The day on which the member hears of the desk again; None: on none. Raises Refused."""
    chosen = request.POST.get("again", "")
    if not chosen:
        return None
    if chosen in dict(AGAIN_IN):
        return today_at_desk(clock.now()) + timedelta(days=int(chosen))
    day = _date_of(request.POST.get("again_on", ""))
    if day is None:
        raise Refused(_("Choose the day on which you get back to them."), code="day")
    return day


def _date_of(text: str) -> date | None:
    """The day that is meant; None: it is none."""
    try:
        return parse_date(text)
    except ValueError:  # well written, and in no calendar
        return None


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""


def _done(found: Escalation) -> JsonResponse:
    return JsonResponse({"case": found.pk})
