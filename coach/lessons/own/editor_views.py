"""The editor of a lesson: the form, the same as a text, and the page as learners see it."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.errors import Refused
from coach.lessons.actions import voices
from coach.lessons.files import catalogue, read_draft
from coach.lessons.own import actions
from coach.lessons.own.access import newest_of, own_lesson, page_of
from coach.lessons.own.forms import TextForm
from coach.lessons.own.lesson_form import LessonForm
from coach.lessons.own.models import LessonVersion, OwnLesson
from coach.lessons.own.shown import has_comments, posted, same, shows_all
from coach.lessons.own.writing import write
from coach.lessons.scenario import Scenario
from coach.lessons.school.access import TeacherRequest, for_teachers
from coach.lessons.school.doing import carry_out
from coach.talk.buttons import turned_back

VERSIONS_SHOWN = 20
AFTER = {"text": "lessons:edit_lesson_text", "preview": "lessons:preview_lesson"}


@dataclass(frozen=True)
class LackShown:
    """What the check found, beside the line that it is about."""

    line: int
    reason: str
    written: str


# --- the form -------------------------------------------------------------------------------------
@for_teachers
@require_http_methods(["GET", "POST"])
def edit(request: TeacherRequest, slug: str) -> HttpResponse:
    """The form. What is saved is a version, and any button of the page saves what is typed."""
    lesson = own_lesson(request, slug)
    newest = newest_of(lesson)
    if request.method != "POST":
        return _form_page(request, lesson, newest, _stored(newest))
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _form_page(request, lesson, newest, form, status=422)
    try:
        version = _save(lesson, newest, form.scenario())
    except Refused as error:
        form.lacks.append(str(error))
        return _form_page(request, lesson, newest, form, status=422)
    return _after_save(request, lesson, newest, version)


def _stored(version: LessonVersion) -> LessonForm | None:
    """The form of a version, with what the last check of it has found; None: it cannot be one."""
    try:
        form = LessonForm(posted(read_draft(version.text)))
    except ValueError:
        return None
    form.is_valid()
    form.tell((lack[2] if len(lack) > 2 else "", lack[1]) for lack in version.lacks or [])
    return form


def _save(lesson: OwnLesson, newest: LessonVersion, written: Scenario) -> LessonVersion:
    """The newest version, which is a new one only if the form says something else.

    Raises Refused for what could be written, but would not be read back.
    """
    try:
        if same(read_draft(newest.text), written):
            return newest
    except ValueError:
        pass  # it was no form, and is one now
    text = write(written)
    try:
        read_back = same(read_draft(text), written)
    except ValueError as error:
        raise Refused(
            _("The text of this lesson could not be read again: %(reason)s. Shorten it there.")
            % {"reason": error},
            code="not_read_back",
        ) from error
    if not read_back:
        raise Refused(
            _("The text of this lesson would say something else. Write it with plain signs."),
            code="not_read_back",
        )
    return actions.save_text(lesson, text)


def _after_save(
    request: TeacherRequest, lesson: OwnLesson, newest: LessonVersion, version: LessonVersion
) -> HttpResponse:
    begun_from = request.POST.get("base", "")
    if version.pk != newest.pk and begun_from not in ("", str(newest.pk)):
        told = _("Version %(n)d was saved meanwhile, elsewhere. Yours is the newest; it is kept.")
        messages.warning(request, told % {"n": newest.number})
    if "check" in request.POST:
        _check(request, version)
    elif "try" in request.POST:
        return begin_trial(request, lesson, version)
    elif where := AFTER.get(request.POST.get("show", "")):
        return redirect(where, lesson.slug)
    else:
        messages.success(request, _("Saved as version %(n)d.") % {"n": version.number})
    return redirect(page_of(lesson))


def _check(request: TeacherRequest, version: LessonVersion) -> None:
    actions.check(version)
    if version.is_sound:
        messages.success(request, _("The lesson was played, and lacks nothing."))


def begin_trial(request: TeacherRequest, lesson: OwnLesson, version: LessonVersion) -> HttpResponse:
    """A talk with this version, which counts nowhere."""
    try:
        attempt = actions.try_out(request.user, version)
    except Refused as error:
        return turned_back(request, str(error), page_of(lesson))
    return redirect("talk:live", attempt.session_id)


def _form_page(
    request: TeacherRequest,
    lesson: OwnLesson,
    newest: LessonVersion,
    form: LessonForm | None,
    status: int = 200,
) -> HttpResponse:
    if form is not None:
        form.refused = status != 200
    context = _around(request, lesson, newest) | {"form": form, "reason": "", "changes": False}
    try:
        written = read_draft(newest.text)
    except ValueError as error:
        context["reason"] = str(error)
    else:
        context["changes"] = has_comments(newest.text) or not shows_all(written)
    context["base"] = request.POST.get("base") or newest.pk  # refused, it began from no newer one
    context["voices"] = voices()
    context["themes"] = sorted({scenario.theme for scenario in catalogue().values()})
    return render(request, "lessons/teach/edit_lesson.html", context, status=status)


def _around(request: TeacherRequest, lesson: OwnLesson, newest: LessonVersion) -> dict[str, object]:
    """What stands beside either view of a lesson."""
    versions = list(lesson.versions.defer("text")[:VERSIONS_SHOWN])
    return {
        "role": request.role,
        "lesson": lesson,
        "newest": newest,
        "versions": versions,
        "before": versions[1] if len(versions) > 1 else None,
    }


# --- the text -------------------------------------------------------------------------------------
@for_teachers
@require_http_methods(["GET", "POST"])
def edit_text(request: TeacherRequest, slug: str) -> HttpResponse:
    """The same lesson as the text of a lesson file."""
    lesson = own_lesson(request, slug)
    newest = newest_of(lesson)
    draft = f"lesson-{newest.pk}"
    if request.method != "POST":
        form = TextForm(initial={"text": newest.text}, draft=draft)
        return _text_page(request, lesson, newest, form)
    form = TextForm(request.POST, draft=draft)
    if not form.is_valid():
        return _text_page(request, lesson, newest, form, status=422)
    version = actions.save_text(lesson, form.cleaned_data["text"])
    if request.POST.get("show") == "form":
        return redirect(page_of(lesson))
    if "check" in request.POST:
        _check(request, version)
    else:
        messages.success(request, _("Saved as version %(n)d.") % {"n": version.number})
    return redirect("lessons:edit_lesson_text", slug)


def _text_page(
    request: TeacherRequest,
    lesson: OwnLesson,
    newest: LessonVersion,
    form: TextForm,
    status: int = 200,
) -> HttpResponse:
    written = newest.text.split("\n")
    lacks = [
        LackShown(line, reason, written[line - 1] if line <= len(written) else "")
        for line, reason, *_field in newest.lacks or []
    ]
    context = _around(request, lesson, newest) | {"form": form, "lacks": lacks}
    return render(request, "lessons/teach/edit_text.html", context, status=status)


@for_teachers
@require_GET
def export(request: TeacherRequest, slug: str) -> HttpResponse:
    """The newest text as a file, from which a lesson can be begun elsewhere."""
    lesson = own_lesson(request, slug)
    text = newest_of(lesson).text + "\n"
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    name = slugify(lesson.title) or lesson.slug
    answer["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


# --- looking, and taking back ---------------------------------------------------------------------
@for_teachers
@require_GET
def preview(request: TeacherRequest, slug: str) -> HttpResponse:
    """The lesson's page as learners see it, of the newest version."""
    lesson = own_lesson(request, slug)
    newest = newest_of(lesson)
    context: dict[str, object] = {"role": request.role, "lesson": lesson, "newest": newest}
    try:
        scenario = read_draft(newest.text)
    except ValueError as error:
        return turned_back(
            request,
            _("This text is no lesson yet: %(reason)s") % {"reason": error},
            reverse("lessons:edit_lesson_text", args=[slug]),
        )
    language = request.user.language
    phrases = [(phrase, of.get(language, "")) for phrase, of in scenario.phrases.items()]
    context |= {"scenario": scenario, "phrases": phrases}
    return render(request, "lessons/teach/preview_lesson.html", context)


@for_teachers
@require_POST
def undo(request: TeacherRequest, slug: str, version: UUID) -> HttpResponse:
    """What stood before the save that made `version` is the newest again."""
    lesson = own_lesson(request, slug)
    told = _("The last save is undone. What it had stands among the versions.")
    verb = partial(actions.undo_save, lesson, version)
    return carry_out(request, verb, page_of(lesson), told)
