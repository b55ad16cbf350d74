"""A teacher's own lessons: begin, try, publish; and what a supervisor publishes for all."""

from functools import partial
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.errors import Refused
from coach.lessons.library import lessons_to_teach, text_of
from coach.lessons.models import OwnLesson
from coach.lessons.own import actions
from coach.lessons.own.access import newest_of, own_lesson, page_of
from coach.lessons.own.editor_views import begin_trial
from coach.lessons.own.forms import BeginForm
from coach.lessons.own.writing import EMPTY
from coach.lessons.scenario import Scenario
from coach.lessons.school.access import TeacherRequest, for_readers, for_supervisors, for_teachers
from coach.lessons.school.doing import carry_out


@for_readers
@require_GET
def lessons(request: TeacherRequest) -> HttpResponse:
    """Own lessons; for supervisors also what teachers have published."""
    own = OwnLesson.objects.of_teacher(request.user)
    counts = Q(versions__attempts__preview=False)
    published = OwnLesson.objects.filter(published__isnull=False)
    context = {
        "role": request.role,
        "lessons": own.annotate(played=Count("versions__attempts", filter=counts)),
        "published": published.select_related("teacher") if request.role.supervises else [],
    }
    return render(request, "lessons/teach/lessons.html", context)


@for_teachers
@require_http_methods(["GET", "POST"])
def begin(request: TeacherRequest) -> HttpResponse:
    """A new lesson, from a copy of one that there is."""
    chosen = {"source": request.GET.get("source", "")}
    lessons = lessons_to_teach(request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BeginForm(lessons.values(), *posted, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            begun = actions.begin_lesson(request.user, _text_to_begin(form, lessons))
        except Refused as error:
            form.add_error("source", str(error))
        else:
            return redirect(page_of(begun))
    status = 422 if form.is_bound else 200
    context = {"form": form, "role": request.role}
    return render(request, "lessons/teach/begin_lesson.html", context, status=status)


def _text_to_begin(form: BeginForm, lessons: dict[str, Scenario]) -> str:
    if text := form.cleaned_data["file"]:
        return str(text)
    source = lessons.get(form.cleaned_data["source"])
    return text_of(source) if source is not None else EMPTY


@for_teachers
@require_POST
def restore(request: TeacherRequest, slug: str, version: UUID) -> HttpResponse:
    """The text of an older version becomes the newest."""
    lesson = own_lesson(request, slug)
    older = get_object_or_404(lesson.versions, pk=version)
    told = _("Version %(n)d stands here again, as the newest.") % {"n": older.number}
    verb = partial(actions.save_text, lesson, older.text)
    return carry_out(request, verb, page_of(lesson), told)


@for_teachers
@require_POST
def try_out(request: TeacherRequest, slug: str) -> HttpResponse:
    """Begin a talk with the newest version."""
    lesson = own_lesson(request, slug)
    return begin_trial(request, lesson, newest_of(lesson))


@for_teachers
@require_POST
def publish(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = own_lesson(request, slug)
    told = _("Your classes see this version now.")
    return carry_out(request, partial(actions.publish, lesson), page_of(lesson), told)


@for_teachers
@require_POST
def withdraw(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = own_lesson(request, slug)
    told = _("Nobody but you sees the lesson any more.")
    return carry_out(request, partial(actions.withdraw, lesson), page_of(lesson), told)


@for_teachers
@require_POST
def delete(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = own_lesson(request, slug)
    told = _("The lesson %(title)s is deleted.") % {"title": lesson.title}
    verb = partial(actions.delete_lesson, lesson)
    return carry_out(request, verb, reverse("lessons:own_lessons"), told)


# --- for everybody --------------------------------------------------------------------------------
@for_supervisors
@require_GET
def read(request: TeacherRequest, slug: str) -> HttpResponse:
    """What a teacher has published, for the supervisor who decides whether everybody sees it."""
    lesson = _published(slug)
    return render(
        request, "lessons/teach/read_lesson.html", {"lesson": lesson, "role": request.role}
    )


@for_supervisors
@require_POST
def show_everybody(request: TeacherRequest, slug: str, version: UUID) -> HttpResponse:
    lesson = _published(slug)
    told = _("Everybody sees this version now.")
    verb = partial(actions.show_everybody, lesson, version)
    return carry_out(request, verb, reverse("lessons:read_lesson", args=[slug]), told)


@for_supervisors
@require_POST
def hide(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = _published(slug)
    told = _("Only the classes of its teacher see it now.")
    verb = partial(actions.hide_from_others, lesson)
    return carry_out(request, verb, reverse("lessons:read_lesson", args=[slug]), told)


def _published(slug: str) -> OwnLesson:
    rows = OwnLesson.objects.filter(published__isnull=False)
    return get_object_or_404(rows.select_related("teacher", "published", "everybody"), slug=slug)
