"""Pages of a talk, and the pieces of them that the browser fetches by itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from coach.bounds import asked_number
from coach.errors import Refused
from coach.talk.actions import end_session, is_written, may_answer, read_messages, start_session
from coach.talk.brief import make_brief, sees_pictures, thaw
from coach.talk.models import Card, Message, Session, SessionQuerySet, Turn
from coach.talk.pages.forms import StartForm, coaches
from coach.talk.pages.strings import page_words
from coach.talk.registries.cards import render as render_card
from coach.talk.thread import Entry, piece
from coach.talk.usage.budgets import budget_of, refusal
from coach.types import MemberRequest

LAST_TALKS = 12


@login_required
@require_GET
def start(request: MemberRequest) -> HttpResponse:
    mine = Session.objects.for_member(request.user).select_related("persona").defer("brief")
    budget = budget_of(request.user)
    context = {
        "stop": refusal(request.user, budget),
        "budget": budget.member if budget.member.limit is not None else None,
        "personas": coaches(),
        "live": mine.live().first(),
        "talks": _last_talks(mine),
    }
    return render(request, "talk/start.html", context)


def _last_talks(mine: SessionQuerySet) -> QuerySet[Session]:
    """The last ones that have ended, with what was said in them.

    Keys come first: turns are counted for the talks that are shown, and not for all there were.
    """
    said = Turn.objects.filter(session=OuterRef("pk"), speaker=Turn.Speaker.MEMBER)
    written = Message.objects.filter(turn__session=OuterRef("pk"))
    # A talk that was opened and left without a word is nothing to read.
    ended = mine.exclude(ended_at=None).filter(Exists(said) | Exists(written))
    last = list(ended.order_by("-started_at").values_list("pk", flat=True)[:LAST_TALKS])
    return mine.filter(pk__in=last).annotate(
        first_words=Subquery(said.order_by("seq").values("text")[:1]),
        turn_count=Subquery(
            said.order_by().values("session").annotate(number=Count("pk")).values("number")
        ),
        is_unread=Exists(written.unread()),
    )


@login_required
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That coach is not available now. Choose another one."))
        return redirect("talk:start")
    persona = form.cleaned_data["persona"]
    brief = make_brief(persona, member_name=str(request.user))
    person = "person" in request.POST
    try:
        session = start_session(request.user, persona, brief, person=person)
    except Refused:
        return redirect("talk:start")  # which says why, and when it is possible again
    return redirect("talk:live", pk=session.pk)


@login_required
@require_GET
@never_cache  # the browser's Back would show the talk as it was when it began
def live(request: MemberRequest, pk: UUID) -> HttpResponse:
    session = _mine(request, pk)
    shown = piece(session, request)
    context: dict[str, Any] = {
        "session": session,
        "piece": shown,
        "lesson": session.kind == Session.Kind.LESSON,
        "written": is_written(session),
    }
    if session.ended_at is not None:
        lasted = session.ended_at - session.started_at
        context["minutes"] = max(1, round(lasted.total_seconds() / 60))
        context["stop"] = refusal(request.user)
        context["may_answer"] = may_answer(session)
        read_messages(session, shown.last)
        return render(request, "talk/ended.html", context)
    context |= {
        "socket": f"/ws/talk/{session.pk}/",
        "person": session.expert_name,
        "images": sees_pictures(thaw(session)),
        "talk_words": page_words(lesson=session.kind == Session.Kind.LESSON),
        "blanks": [_blank(session, speaker) for speaker in Turn.Speaker.values],
    }
    return render(request, "talk/live.html", context)


@login_required
@require_GET
def thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    session = _mine(request, pk)
    since = asked_number(request.GET, "since")
    shown = piece(session, request, since)
    context = {"session": session, "piece": shown}
    if session.ended_at is not None:
        read_messages(session, shown.last)
    return render(request, "talk/_thread.html", context)


@login_required
@require_GET
def earlier(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What stands in the thread before number `before`, to be read beside the talk."""
    session = _mine(request, pk)
    before = asked_number(request.GET, "before")
    context = {"session": session, "piece": piece(session, request, before=before)}
    return render(request, "talk/earlier.html", context)


@login_required
@require_GET
def card(request: MemberRequest, pk: UUID, seq: int) -> HttpResponse:
    session = _mine(request, pk)
    row = get_object_or_404(Card, session=session, seq=seq)
    entry = Entry(seq, card=row, html=render_card(row, request))
    return render(request, "talk/_entry.html", {"session": session, "entry": entry})


@login_required
@require_POST
def end(request: MemberRequest, pk: UUID) -> HttpResponse:
    session = _mine(request, pk)
    end_session(session)
    return redirect("talk:live", pk=session.pk)


def _mine(request: MemberRequest, pk: UUID) -> Session:
    mine = Session.objects.for_member(request.user).select_related("persona", "member")
    session: Session = get_object_or_404(mine, pk=pk)
    return session


def _blank(session: Session, speaker: str) -> Turn:
    """A turn without words: the page clones its markup for what is said live."""
    names = {Turn.Speaker.COACH: session.brief["persona_name"]}
    return Turn(seq=0, speaker=speaker, text="", author_name=names.get(Turn.Speaker(speaker), ""))
