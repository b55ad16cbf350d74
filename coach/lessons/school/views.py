"""A teacher's pages: classes, who is in one, what it is to play, and what has come of it."""

from functools import partial

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.errors import Refused
from coach.lessons.library import lessons_to_teach
from coach.lessons.models import Assignment, Membership, SchoolClass
from coach.lessons.school import actions
from coach.lessons.school.access import (
    TeacherRequest,
    for_readers,
    for_teachers,
    own_class,
    readable_class,
    readable_classes,
)
from coach.lessons.school.doing import carry_out
from coach.lessons.school.forms import AssignmentForm, ClassForm
from coach.lessons.school.progress import attempts_by, common_slips, learners, progress_of


@for_readers
@require_GET
def classes(request: TeacherRequest) -> HttpResponse:
    return _classes(request, ClassForm())


def _classes(request: TeacherRequest, form: ClassForm) -> HttpResponse:
    rows = readable_classes(request.user, request.role).open()
    standing = Q(memberships__left_at=None, memberships__isnull=False)
    context = {
        "role": request.role,
        "classes": rows.annotate(size=Count("memberships", filter=standing)),
        "form": form,
    }
    return render(request, "lessons/teach/classes.html", context)


@for_teachers
@require_POST
def begin(request: TeacherRequest) -> HttpResponse:
    form = ClassForm(request.POST)
    if form.is_valid():
        try:
            begun = actions.begin_class(request.user, form.cleaned_data["name"])
        except Refused as error:
            form.add_error("name", str(error))
        else:
            return redirect(_page(begun))
    return _classes(request, form)


@for_readers
@require_GET
def school_class(request: TeacherRequest, pk: int) -> HttpResponse:
    """The class: its link, what it is to play with who has done it, and its slips."""
    found = readable_class(request, pk)
    who = learners(found)
    invitation = found.invitations.standing().first()
    link = reverse("lessons:join", args=[invitation.token]) if invitation else ""
    context = {
        "role": request.role,
        "class": found,
        "is_own": _is_own(request, found),
        "learners": who,
        "invitation": invitation,
        "link": request.build_absolute_uri(link) if link else "",
        "progress": progress_of(found, who),
        "slips": common_slips(found),
    }
    return render(request, "lessons/teach/class.html", context)


@for_readers
@require_GET
def learner(request: TeacherRequest, pk: int, membership: int) -> HttpResponse:
    """One learner's attempts in this class's lessons."""
    found = readable_class(request, pk)
    standing = found.memberships.standing().select_related("member", "school_class")
    who = get_object_or_404(standing, pk=membership)
    context = {"role": request.role, "class": found, "membership": who, "rows": attempts_by(who)}
    return render(request, "lessons/teach/learner.html", context)


# --- what changes a class -------------------------------------------------------------------------
@for_teachers
@require_POST
def close(request: TeacherRequest, pk: int) -> HttpResponse:
    found = own_class(request, pk)
    told = _("The class %(name)s is closed.") % {"name": found.name}
    return carry_out(request, partial(actions.close_class, found), reverse("lessons:classes"), told)


@for_teachers
@require_POST
def invite(request: TeacherRequest, pk: int) -> HttpResponse:
    found = own_class(request, pk)
    return carry_out(request, partial(actions.invite, found), _page(found))


@for_teachers
@require_POST
def end_invitation(request: TeacherRequest, pk: int) -> HttpResponse:
    found = own_class(request, pk)
    told = _("The link leads nowhere any more.")
    return carry_out(request, partial(actions.end_invitation, found), _page(found), told)


@for_teachers
@require_POST
def show_out(request: TeacherRequest, pk: int, membership: int) -> HttpResponse:
    found = own_class(request, pk)
    who = get_object_or_404(Membership.objects.standing(), pk=membership, school_class=found)
    told = _("%(name)s is no longer in the class.") % {"name": who.member.name}
    return carry_out(request, partial(actions.leave, who), _page(found), told)


@for_teachers
@require_http_methods(["GET", "POST"])
def assign(request: TeacherRequest, pk: int) -> HttpResponse:
    found = own_class(request, pk)
    chosen = {"lesson": request.GET.get("lesson", "")}
    lessons = lessons_to_teach(request.user)
    form = AssignmentForm(lessons.values(), request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        lesson = lessons[asked.pop("lesson")]
        try:
            actions.assign(found, lesson, **asked)
        except Refused as error:
            form.add_error("lesson", str(error))
        else:
            return redirect(_page(found))
    status = 422 if form.is_bound else 200
    context = {"class": found, "form": form, "role": request.role}
    return render(request, "lessons/teach/assign.html", context, status=status)


@for_teachers
@require_POST
def withdraw(request: TeacherRequest, pk: int, assignment: int) -> HttpResponse:
    found = own_class(request, pk)
    row = get_object_or_404(Assignment.objects.standing(), pk=assignment, school_class=found)
    return carry_out(request, partial(actions.withdraw_assignment, row), _page(found))


def _page(found: SchoolClass) -> str:
    return reverse("lessons:class", args=[found.pk])


def _is_own(request: TeacherRequest, found: SchoolClass) -> bool:
    """Whether the person may change the class: staff see all, and change those of nobody."""
    mine = request.role.teaches and found.teacher_id == request.user.pk
    return mine and found.closed_at is None
