"""One case at the desk, as its expert reads it. `case_actions` has what they do with it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from coach import clock
from coach.bounds import asked_number
from coach.nutrition.day import day_for
from coach.people.models import HealthFact, Measurement
from coach.talk.models import Card, Directive, Session
from coach.talk.registries.cards import render as render_card
from coach.talk.registries.orders import orders_of
from coach.talk.thread import Entry, Piece, picture_response, piece
from handoff import actions
from handoff.actions.clocks import next_contact
from handoff.actions.following_up import HELD
from handoff.actions.noting import colleagues_of, mentions_of
from handoff.actions.planning import next_planned
from handoff.contact import Contact, may_see
from handoff.models import (
    OWNED_STATES,
    WAITING_STATES,
    CannedReply,
    CaseNote,
    Escalation,
    Expert,
    Offer,
    Rating,
)
from handoff.models.replies import DEFAULT
from handoff.opening import today_at_desk
from handoff.safety.checklists import checklist_for
from handoff.timeouts import PLANNED_AHEAD
from handoff.views.access import ExpertRequest, for_experts, note_read, readable, readable_case
from handoff.views.choices import AGAIN_IN, CALL_RESULTS, CONSTRAINTS, MODES, OUTCOMES, STEPS
from handoff.views.extent import before_number, reads_until
from handoff.views.summary import summary_context

CALLS_SHOWN = 10
GUIDANCE_SHOWN = 3
UNSAID = ("refused", "cut_off", "expired", "floor", "ended")  # the text is its author's again
COLLEAGUES_SHOWN = 12
NOTES_SHOWN = 50
TOLD = 12  # the newest of what the member told

State, Mode = Escalation.State, Escalation.Mode


@for_experts
@require_GET
def case(request: ExpertRequest, pk: int) -> HttpResponse:
    """Fragment: the whole case: thread, composer and context."""
    found = readable_case(request.expert, pk, "case", brief=True)
    actions.see_mentions(found, request.expert)
    return render(request, "handoff/desk/_case.html", _case(request, found))


@for_experts
@require_GET
def thread(request: ExpertRequest, pk: int) -> HttpResponse:
    """Fragment: turns and cards after `since`."""
    found = readable_case(request.expert, pk, "thread")
    end = before_number(found.session, reads_until(request.expert, found))
    shown = piece(found.session, request, asked_number(request.GET, "since"), before=end)
    return _render_piece(request, "handoff/desk/_thread.html", found, shown)


@for_experts
@require_GET
def earlier(request: ExpertRequest, pk: int) -> HttpResponse:
    """What stands in the thread before number `before`, to be read beside the desk."""
    found = readable_case(request.expert, pk, "thread")
    end = before_number(found.session, reads_until(request.expert, found))
    before = min(end, asked_number(request.GET, "before"))
    shown = piece(found.session, request, before=before)
    return _render_piece(request, "handoff/desk/earlier.html", found, shown)


def _render_piece(
    request: ExpertRequest, template: str, found: Escalation, shown: Piece
) -> HttpResponse:
    context = {"session": found.session, "case": found, "piece": shown, "expert": request.expert}
    return render(request, template, context)


@for_experts
@require_GET
def card(request: ExpertRequest, session: UUID, seq: int) -> HttpResponse:
    """Fragment: one card of the thread, drawn from its row as it is now."""
    talk, until = _readable_talk(request.expert, session, "card")
    row = get_object_or_404(Card, session=talk, seq=seq, seq__lt=before_number(talk, until))
    entry = Entry(seq, card=row, html=render_card(row, request))
    return render(request, "handoff/desk/_entry.html", {"session": talk, "entry": entry})


@for_experts
@require_GET
def picture(request: ExpertRequest, session: UUID, number: int) -> HttpResponse:
    """A picture that the member showed, for those who may read the talk."""
    talk, until = _readable_talk(request.expert, session, "picture")
    shown = talk.pictures.filter(pk=number)
    if until is not None and not shown.filter(created_at__lte=until).exists():
        raise Http404
    return picture_response(talk, number)


def _readable_talk(expert: Expert, session: UUID, what: str) -> tuple[Session, datetime | None]:
    """The talk, or 404, and until when it is read; that `what` of it was read is written down."""
    rows = list(readable(expert).filter(session=session))
    if not rows:
        raise Http404
    ends = [(row, reads_until(expert, row)) for row in rows]
    found, until = max(ends, key=lambda end: (end[1] is None, end[1] and end[1].timestamp()))
    note_read(expert, found, what)
    return found.session, until


def _case(request: ExpertRequest, found: Escalation) -> dict[str, Any]:
    """All that stands beside and under the thread of a case."""
    expert, at = request.expert, clock.now()
    until = reads_until(expert, found)
    others = Escalation.objects.filter(member=found.member).exclude(pk=found.pk)
    if until is not None:
        others = others.filter(created_at__lte=until)
    earlier = list(others.order_by("-created_at")[:5])
    # What a colleague wrote is read by those who may open that case.
    may_read = readable(expert).filter(pk__in=[case.pk for case in earlier]).values_list("pk")
    owned = found.owner_id == expert.pk and found.is_open
    colleagues = _colleagues(expert) if owned else []
    stays = not owned and actions.staying(expert).filter(pk=found.pk).exists()
    return _contact(expert, found) | {
        "case": found,
        "session": found.session,
        "expert": expert,
        "owned": owned,
        "can_claim": found.state in WAITING_STATES,
        "modes": MODES,
        "composer": "text" if stays else _composer(found, owned),
        "stays": stays,
        "colleagues": colleagues,
        "passed_on": _passed_on(found) if owned else None,
        "takes_advice": actions.takes_advice(found.session),
        "guidance": _guidance(found, at) if until is None else [],
        "replies": _replies(found) if owned and found.mode in (Mode.TEXT, Mode.VOICE) else [],
        "piece": piece(found.session, request, before=before_number(found.session, until)),
        **(_member_now(found) if until is None else {"over": True}),
        "earlier": earlier,
        "may_read": {pk for (pk,) in may_read} if earlier else set(),
        **summary_context(found, until),
        "checklist": checklist_for(found.code),
        "rating": _rating(expert, found),
        "constraints": CONSTRAINTS,
        "ordered": orders_of(found.member),
        "call_results": CALL_RESULTS,
        "outcomes": OUTCOMES,
        "again_in": AGAIN_IN,
        "again_days": _again_days(at) if owned else None,
        "planned": next_planned(found) if not found.is_open else None,
        "notes": _notes(found, until, expert),
        "to_mention": colleagues_of(expert) if until is None else [],
        "may_note": until is None,
        "verdicts": [c for c in Escalation.FlagRight.choices if c[0]],
        "member_now": found.member.local(clock.host_now()).replace(tzinfo=None),
    }


def _rating(expert: Expert, found: Escalation) -> Rating | None:
    """Whether it helped, as the member said: for who had the case, and nobody else at the desk."""
    if found.is_open or found.owner_id != expert.pk:
        return None
    return Rating.objects.filter(escalation=found, answer__isnull=False).first()


def _member_now(found: Escalation) -> dict[str, Any]:
    """What is known of the member today: for whoever has the case, and nobody who had it."""
    try:
        profile = found.member.profile
    except ObjectDoesNotExist:
        profile = None
    return {
        "profile": profile,
        "told": HealthFact.objects.for_member(found.member).noted().order_by("-noted_at")[:TOLD],
        "measured": Measurement.objects.for_member(found.member).newest_of_each_kind(),
        "today": day_for(found.member) if found.session.kind == Session.Kind.COACHING else None,
    }


def _contact(expert: Expert, found: Escalation) -> dict[str, Any]:
    """How to reach the member, where this expert may see it; that they do is written down."""
    if not may_see(expert, found):
        return {"contact": None}
    note_read(expert, found, "contact")
    labels = dict((*CALL_RESULTS, *STEPS))
    steps = found.events.filter(kind__in=labels).order_by("-seq")[:CALLS_SHOWN]
    calls = [{"event": event, "label": labels[event.kind]} for event in steps]
    return {"contact": Contact.of(found), "calls": calls, "next_contact": next_contact(found)}


def _guidance(found: Escalation, at: datetime) -> list[dict[str, Any]]:
    """What was told to the coach last, newest first, and what has become of it."""
    kinds = (Directive.Kind.GUIDE, Directive.Kind.WORD)
    rows = found.session.directives.filter(kind__in=kinds).select_related("author")
    last = list(rows.order_by("-pk")[:GUIDANCE_SHOWN])
    stands = [(row, row.stand(at)) for row in last]
    return [{"row": row, "stand": stand, "unsaid": stand in UNSAID} for row, stand in stands]


def _colleagues(expert: Expert) -> list[dict[str, Any]]:
    """Who is at the desk and could take a case over, and how much they have."""
    here = Expert.objects.filter(
        active=True, status=Expert.Status.AVAILABLE, lease_until__gt=Now()
    ).exclude(pk=expert.pk)
    loads = Count("escalations", filter=Q(escalations__state__in=OWNED_STATES))
    rows = here.select_related("user").annotate(load=loads).order_by("load", "pk")
    return [{"expert": row, "load": row.load} for row in rows[:COLLEAGUES_SHOWN]]


def _passed_on(found: Escalation) -> Offer | None:
    """How the case came to its owner, where a colleague had it before."""
    taken = found.offers.filter(
        kind__in=(Offer.Kind.TRANSFER, Offer.Kind.CLAIMED),
        passed_by__isnull=False,
        state=Offer.State.ACCEPTED,
        ended_at__isnull=True,
    )
    offer: Offer | None = taken.select_related("passed_by__user").first()
    return offer


def _replies(found: Escalation) -> list[dict[str, Any]]:
    """Sentences to insert, in the language of the talk; beneath, what they say in English."""
    rows = CannedReply.objects.filter(active=True, language=DEFAULT)
    english = {row.key: row.text for row in rows} if found.language != DEFAULT else {}
    name = found.member.name
    return [
        {
            "key": row.key,
            "title": row.title,
            "text": row.for_member(name),
            "english": english.get(row.key, "") if row.language != DEFAULT else "",
            "reviewed_on": row.reviewed_on,
        }
        for row in CannedReply.objects.in_language(found.language)
    ]


def _notes(found: Escalation, until: datetime | None, expert: Expert) -> list[CaseNote]:
    """What experts wrote to each other, of what this one reads: the newest, in their order.

    A note that calls this expert in is theirs to read, whenever it was written.
    """
    notes = found.notes.all()
    if until is not None:
        theirs = mentions_of(expert).values("note")
        notes = notes.filter(Q(created_at__lte=until) | Q(pk__in=theirs))
    return list(notes.order_by("-pk")[:NOTES_SHOWN])[::-1]


def _again_days(at: datetime) -> tuple[date, date]:
    """The first and the last day on which somebody may get back to the member."""
    today = today_at_desk(at)
    return today + timedelta(days=1), today + PLANNED_AHEAD


def _composer(found: Escalation, owned: bool) -> str:
    """What the expert may write, and to whom: names the box under the thread."""
    if not found.is_open:
        return "closed"
    if not owned or found.state == State.WRAP_UP:
        return "claim" if found.state in WAITING_STATES else "none"
    if found.session.ended_at is not None:
        return "message" if found.state in HELD else "ended"
    writes = found.mode in (Mode.TEXT, Mode.GUIDE, Mode.VOICE)
    return str(found.mode) if writes else "watch"
