"""Who may see what at the desk: always looked up through the expert."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from coach import wire
from coach.errors import CoachError
from coach.talk.answers import json_answer
from coach.talk.models import Session
from coach.talk.registries.orders import NONE, Orders
from coach.types import Member, MemberRequest
from handoff.actions.noting import mentions_of
from handoff.actions.reading import OPENS, record_read
from handoff.actions.stays import staying
from handoff.models import Escalation, Expert

P = ParamSpec("P")


class ExpertRequest(MemberRequest):
    """A request behind `for_experts`: `expert` is the signed-in person's place at the desk."""

    expert: Expert
    expert_orders: Orders  # for templates: see `coach.site.pages.context.orders`


def expert_of(user: Member | AnonymousUser) -> Expert | None:
    """The person's place at the desk, or None."""
    if not user.is_authenticated:
        return None
    here = Expert.objects.filter(user_id=user.pk, active=True, user__is_active=True)
    return here.select_related("user").first()


def place_is_closed(user: Member) -> bool:
    """Whether the person had a place at the desk that an administrator has closed."""
    return Expert.objects.filter(user_id=user.pk, active=False).exists()


def readable(expert: Expert) -> QuerySet[Escalation]:
    """Escalations whose talk this expert may read: owned, offered or done by them, or a
    colleague has called them in by a note; a supervisor's are all."""
    rows = Escalation.objects.with_talk().select_related(
        "session__floor_holder", "owner", "owner__user"
    )
    if expert.supervisor:
        return rows
    return rows.filter(
        Q(owner=expert)
        | Q(offers__expert=expert, offers__state__in=OPENS)
        | Q(pk__in=staying(expert).values("pk"))
        | Q(pk__in=mentions_of(expert).values("note__escalation"))
    ).distinct()


def readable_case(expert: Expert, pk: int, what: str, *, brief: bool = False) -> Escalation:
    """The case, or 404; that it was read is written down. `brief`: with that of its talk."""
    rows = readable(expert)
    case = get_object_or_404(rows.defer(None) if brief else rows, pk=pk)
    case.session.member = case.member  # the same row: cards of the talk ask for it
    note_read(expert, case, what)
    return case


def note_read(expert: Expert, case: Escalation, what: str) -> None:
    """Write down that this expert reads this case. An open page that fetches again is one read."""
    record_read(expert.user, case.member_id, what, case.session_id, case)


def note_console_read(reader: Member, member: int, session: UUID | None) -> None:
    """Write down that somebody reads in the console what is this member's, or was said there."""
    record_read(reader, member, "console", session)


def owned_case(expert: Expert, pk: int) -> Escalation:
    """The case if this expert owns it, or 404."""
    return get_object_or_404(Escalation.objects.with_talk(), pk=pk, owner=expert)


def spoken_case(expert: Expert, pk: int) -> Escalation:
    """The case if this expert owns it, or stays with it until a colleague takes the floor."""
    mine = Q(owner=expert) | Q(pk__in=staying(expert).values("pk"))
    return get_object_or_404(Escalation.objects.with_talk().filter(mine), pk=pk)


def for_experts(
    view: Callable[Concatenate[ExpertRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Call the view for people of the desk, who get 403 otherwise. A refused verb is 400 or 409."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        expert = expert_of(request.user)
        if expert is None:
            raise PermissionDenied
        at_desk = cast(ExpertRequest, request)
        at_desk.expert = expert
        # What is drawn here is a member's: no order that a dietitian gave this person is asked for.
        at_desk.expert_orders = NONE
        try:
            return view(at_desk, *args, **kwargs)
        except CoachError as error:
            return refusal(error)

    return guarded


def for_supervisors(
    view: Callable[Concatenate[ExpertRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Call the view for supervisors; other experts get 403, as people without a place do."""

    @for_experts
    @wraps(view)
    def guarded(request: ExpertRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.expert.supervisor:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def talk_at_wall(expert: Expert, pk: UUID) -> Session:
    """A talk that a supervisor may take to the desk, or 404. It may have ended meanwhile."""
    talks = Session.objects.all() if expert.supervisor else Session.objects.none()
    return get_object_or_404(talks.select_related("member", "persona").defer("brief"), pk=pk)


def refusal(error: CoachError) -> JsonResponse:
    """The error as the page reads it: `code` for its program, `message` for the expert."""
    status = 409 if error.code in ("already_taken", "conflict") else 400
    return json_answer(wire.Refusal(error.code, str(error)), status=status)
