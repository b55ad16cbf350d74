"""A teacher's own lessons: write, check, try, publish; and what a supervisor publishes for all."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.errors import Refused
from coach.lessons.library import lessons_to_teach, text_of
from coach.lessons.models import LessonVersion, OwnLesson
from coach.lessons.own import actions
from coach.lessons.own.forms import BeginForm, TextForm
from coach.lessons.school.access import TeacherRequest, for_readers, for_supervisors, for_teachers
from coach.lessons.school.doing import carry_out
from coach.talk.buttons import turned_back

VERSIONS_SHOWN = 20


@dataclass(frozen=True)
class LackShown:
    """What the check found, beside the line that it is about."""

    line: int
    reason: str
    written: str


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
    form = BeginForm(lessons.values(), request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        source = lessons[form.cleaned_data["source"]]
        try:
            begun = actions.begin_lesson(request.user, text_of(source))
        except Refused as error:
            form.add_error("source", str(error))
        else:
            return redirect(_page(begun))
    status = 422 if form.is_bound else 200
    context = {"form": form, "role": request.role}
    return render(request, "lessons/teach/begin_lesson.html", context, status=status)


@for_teachers
@require_http_methods(["GET", "POST"])
def edit(request: TeacherRequest, slug: str) -> HttpResponse:
    """The editor. What is saved is a version; «Check» plays it and names what it lacks."""
    lesson = _own(request, slug)
    newest = _newest(lesson)
    draft = f"lesson-{newest.pk}"
    if request.method != "POST":
        return _editor(request, lesson, TextForm(initial={"text": newest.text}, draft=draft))
    form = TextForm(request.POST, draft=draft)
    if not form.is_valid():
        return _editor(request, lesson, form, status=422)
    version = actions.save_text(lesson, form.cleaned_data["text"])
    if "check" in request.POST:
        actions.check(version)
        if version.is_sound:
            messages.success(request, _("The lesson was played, and lacks nothing."))
    else:
        messages.success(request, _("Saved as version %(n)d.") % {"n": version.number})
    return redirect(_page(lesson))


def _editor(
    request: TeacherRequest, lesson: OwnLesson, form: TextForm, status: int = 200
) -> HttpResponse:
    newest = _newest(lesson)
    written = newest.text.split("\n")
    lacks = [
        LackShown(line, reason, written[line - 1] if line <= len(written) else "")
        for line, reason in newest.lacks or []
    ]
    context = {
        "role": request.role,
        "lesson": lesson,
        "newest": newest,
        "form": form,
        "lacks": lacks,
        "versions": lesson.versions.defer("text")[:VERSIONS_SHOWN],
    }
    return render(request, "lessons/teach/edit_lesson.html", context, status=status)


@for_teachers
@require_POST
def restore(request: TeacherRequest, slug: str, version: UUID) -> HttpResponse:
    """The text of an older version becomes the newest."""
    lesson = _own(request, slug)
    older = get_object_or_404(lesson.versions, pk=version)
    told = _("Version %(n)d stands here again, as the newest.") % {"n": older.number}
    verb = partial(actions.save_text, lesson, older.text)
    return carry_out(request, verb, _page(lesson), told)


@for_teachers
@require_POST
def try_out(request: TeacherRequest, slug: str) -> HttpResponse:
    """Begin a talk with the newest version."""
    lesson = _own(request, slug)
    try:
        attempt = actions.try_out(request.user, _newest(lesson))
    except Refused as error:
        return turned_back(request, str(error), _page(lesson))
    return redirect("talk:live", attempt.session_id)


@for_teachers
@require_POST
def publish(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = _own(request, slug)
    told = _("Your classes see this version now.")
    return carry_out(request, partial(actions.publish, lesson), _page(lesson), told)


@for_teachers
@require_POST
def withdraw(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = _own(request, slug)
    told = _("Nobody but you sees the lesson any more.")
    return carry_out(request, partial(actions.withdraw, lesson), _page(lesson), told)


@for_teachers
@require_POST
def delete(request: TeacherRequest, slug: str) -> HttpResponse:
    lesson = _own(request, slug)
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


def _own(request: TeacherRequest, slug: str) -> OwnLesson:
    rows = OwnLesson.objects.of_teacher(request.user).select_related("published", "everybody")
    return get_object_or_404(rows, slug=slug)


def _published(slug: str) -> OwnLesson:
    rows = OwnLesson.objects.filter(published__isnull=False)
    return get_object_or_404(rows.select_related("teacher", "published", "everybody"), slug=slug)


def _newest(lesson: OwnLesson) -> LessonVersion:
    return lesson.versions.select_related("lesson")[0]


def _page(lesson: OwnLesson) -> str:
    return reverse("lessons:edit_lesson", args=[lesson.slug])
