"""What a learner said in an attempt, as their teacher reads it and comments on it.

Each page here shows words of a learner, and is written down as a read.
"""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach.lessons.models import Attempt, SchoolClass
from coach.lessons.report import make_report
from coach.lessons.school import actions
from coach.lessons.school.access import (
    TeacherRequest,
    for_readers,
    for_teachers,
    own_class,
    read_attempt,
    readable_class,
)
from coach.lessons.school.assigned import words_of, words_used
from coach.lessons.school.commented import commented
from coach.lessons.school.doing import carry_out
from coach.lessons.school.limits import COMMENT_MAX_CHARS


@for_readers
@require_GET
def attempt(request: TeacherRequest, pk: int, attempt: int) -> HttpResponse:
    found = readable_class(request, pk)
    row = read_attempt(request, found, attempt)
    who = get_object_or_404(found.memberships.standing(), member=row.member_id)
    context = {
        "role": request.role,
        "class": found,
        "membership": who,
        "attempt": row,
        "scenario": row.lesson,
        "report": make_report(row) if row.lesson else None,
        "words": words_used(row, words_of(row, found)),
        "lines": commented(row, found),
        "may_comment": request.role.teaches and found.teacher_id == request.user.pk,
        "limit": COMMENT_MAX_CHARS,
    }
    return render(request, "lessons/teach/attempt.html", context)


@for_teachers
@require_POST
def comment(request: TeacherRequest, pk: int, attempt: int, turn: int) -> HttpResponse:
    found = own_class(request, pk)
    row = read_attempt(request, found, attempt)
    said = get_object_or_404(row.session.turns, seq=turn)
    verb = partial(actions.comment, found, row, request.user, said, request.POST.get("text", ""))
    return carry_out(request, verb, _page(found, row, f"turn-{said.seq}"))


@for_teachers
@require_POST
def delete_comment(request: TeacherRequest, pk: int, comment: int) -> HttpResponse:
    """Take back what one said oneself."""
    found = own_class(request, pk)
    mine = found.comments.filter(author=request.user).select_related("attempt", "turn")
    row = get_object_or_404(mine, pk=comment)
    back = _page(found, row.attempt, f"turn-{row.turn.seq}")
    verb = partial(actions.delete_comment, row)
    return carry_out(request, verb, back, _("The comment is deleted."))


def _page(found: SchoolClass, attempt: Attempt, at: str) -> str:
    return reverse("lessons:class_attempt", args=[found.pk, attempt.pk]) + f"#{at}"
