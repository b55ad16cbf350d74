"""Who may see and do what with classes: always looked up through the person."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coach.lessons.models import Assignment, Attempt, Membership, SchoolClass
from coach.lessons.school.desk import Role, note_read, role_of
from coach.lessons.school.models import SchoolClassQuerySet
from coach.types import Member, MemberRequest

P = ParamSpec("P")


class TeacherRequest(MemberRequest):
    """A request behind `for_teachers`: `role` is what the signed-in person may do."""

    role: Role


View = Callable[Concatenate[TeacherRequest, P], HttpResponse]


def _guarded(view: View[P], may: Callable[[Role], bool]) -> Callable[..., HttpResponse]:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        role = role_of(cast(MemberRequest, request).user)
        if not may(role):
            raise PermissionDenied
        asked = cast(TeacherRequest, request)
        asked.role = role
        return view(asked, *args, **kwargs)

    return guarded


def for_readers(view: View[P]) -> Callable[..., HttpResponse]:
    """Call the view for teachers, supervisors and staff; others get 403."""
    return _guarded(view, bool)


def for_teachers(view: View[P]) -> Callable[..., HttpResponse]:
    """Call the view for who teaches; others, staff among them, get 403."""
    return _guarded(view, lambda role: role.teaches)


def for_supervisors(view: View[P]) -> Callable[..., HttpResponse]:
    """Call the view for supervisors; others get 403."""
    return _guarded(view, lambda role: role.supervises)


def readable_classes(person: Member, role: Role) -> SchoolClassQuerySet:
    """The classes that `person` may look at: their own; staff see all."""
    if role.sees_all:
        return SchoolClass.objects.select_related("teacher")
    own = SchoolClass.objects.of_teacher(person) if role.teaches else SchoolClass.objects.none()
    return own.select_related("teacher")


def readable_class(request: TeacherRequest, pk: int) -> SchoolClass:
    return get_object_or_404(readable_classes(request.user, request.role), pk=pk)


def own_class(request: TeacherRequest, pk: int) -> SchoolClass:
    """A class of theirs that goes on, or 404."""
    return get_object_or_404(SchoolClass.objects.of_teacher(request.user).open(), pk=pk)


def attempts_of(school_class: SchoolClass) -> QuerySet[Attempt]:
    """The attempts that belong to the class: of who is in it now, begun since they joined, of a
    lesson that was assigned then.

    What a member played before, played for themself, or played in a class that they have left is
    not there.
    """
    begun = OuterRef("started_at")
    learns = Membership.objects.since(begun).filter(
        school_class=school_class, member=OuterRef("member")
    )
    assigned = Assignment.objects.stood(begun).filter(
        school_class=school_class, slug=OuterRef("slug")
    )
    return Attempt.objects.filter(Exists(learns), Exists(assigned), preview=False)


def read_attempt(request: TeacherRequest, school_class: SchoolClass, pk: int) -> Attempt:
    """An attempt of the class whose words are looked at, which is written down; or 404."""
    rows = attempts_of(school_class).select_related("session", "member", "version")
    attempt = get_object_or_404(rows, pk=pk)
    note_read(request.user, attempt.member_id, attempt.session_id)
    return attempt
