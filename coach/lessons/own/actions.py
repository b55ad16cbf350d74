"""The verbs of a teacher's own lessons. Each is one transaction."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coach.bounds import whole_text
from coach.errors import Refused
from coach.lessons import actions
from coach.lessons.checking import lacks_in
from coach.lessons.files import read_draft
from coach.lessons.models import Attempt
from coach.lessons.own.limits import LESSONS_MAX, TEXT_MAX_CHARS, VERSIONS_KEPT
from coach.lessons.own.models import LessonVersion, OwnLesson
from coach.lessons.own.reading import read_version
from coach.lessons.sizes import TITLE_MAX_CHARS
from coach.types import Member


@transaction.atomic
def begin_lesson(teacher: Member, text: str) -> OwnLesson:
    """A new draft of `teacher` with this text, which is that of a lesson to begin from."""
    if OwnLesson.objects.of_teacher(teacher).count() >= LESSONS_MAX:
        raise Refused(
            _("You have %(n)d lessons, as many as there can be. Delete one that you do not need.")
            % {"n": LESSONS_MAX},
            code="too_many",
        )
    slug = f"own-{secrets.token_hex(8)}"
    lesson = OwnLesson.objects.create(slug=slug, teacher=teacher, title=_("New lesson"))
    save_text(lesson, text)
    return lesson


@transaction.atomic
def save_text(lesson: OwnLesson, text: str) -> LessonVersion:
    """Keep `text` as the newest version. What stands there already makes no further one."""
    text = whole_text(text, TEXT_MAX_CHARS)
    OwnLesson.objects.select_for_update().get(pk=lesson.pk)  # versions are numbered one by one
    newest = lesson.versions.first()
    if newest is not None and newest.text == text:
        return newest
    number = newest.number + 1 if newest is not None else 1
    version = LessonVersion.objects.create(lesson=lesson, number=number, text=text)
    if title := _title_of(text):
        lesson.title = title
        lesson.save(update_fields=["title"])
    _forget_old_versions(lesson)
    return version


@transaction.atomic
def undo_save(lesson: OwnLesson, version: UUID) -> LessonVersion:
    """What stood before `version` becomes the newest. Raises Refused if that is another by now."""
    OwnLesson.objects.select_for_update().get(pk=lesson.pk)
    newest, *before = lesson.versions.all()[:2]
    if newest.pk != version or not before:
        raise Refused(
            _("Something else was saved meanwhile. Choose among the versions which to restore."),
            code="other_version",
        )
    return save_text(lesson, before[0].text)


def _title_of(text: str) -> str:
    try:
        return read_draft(text).title.strip()[:TITLE_MAX_CHARS]
    except ValueError:
        return ""  # what is half written keeps the title that it had


def _forget_old_versions(lesson: OwnLesson) -> None:
    """Delete the oldest drafts. What was played or is shown stays."""
    kept = [pk for pk in (lesson.published_id, lesson.everybody_id) if pk is not None]
    drafts = lesson.versions.exclude(pk__in=kept).filter(attempts=None)
    old = list(drafts.values_list("pk", flat=True)[VERSIONS_KEPT:])
    LessonVersion.objects.filter(pk__in=old).delete()


def check(version: LessonVersion) -> None:
    """Play the version, and keep what it lacks.

    That takes a second or more, so it stands in no transaction: nobody waits for it.
    """
    found = lacks_in(version.text, version.lesson.slug, version.lesson.title)
    version.lacks = [[lack.line, lack.reason, lack.field] for lack in found]
    LessonVersion.objects.filter(pk=version.pk).update(lacks=version.lacks)  # if it is still there


@transaction.atomic
def publish(lesson: OwnLesson) -> None:
    """Show the newest version to the classes of its teacher. Raises Refused unless it is sound."""
    newest = lesson.versions.first()
    if newest is None or newest.lacks is None:
        raise Refused(_("Check the lesson first, then publish it."), code="not_checked")
    if not newest.is_sound:
        raise Refused(
            _("The lesson lacks something. Mend what the check names, then publish it."),
            code="has_lacks",
        )
    lesson.published = newest
    lesson.save(update_fields=["published"])


@transaction.atomic
def withdraw(lesson: OwnLesson) -> None:
    """Nobody sees it any more. What was begun goes on, and reports stay."""
    lesson.published = lesson.everybody = None
    lesson.save(update_fields=["published", "everybody"])


@transaction.atomic
def show_everybody(lesson: OwnLesson, version: UUID) -> None:
    """A supervisor shows the published version to everybody: the one that they have read."""
    stands = OwnLesson.objects.filter(pk=lesson.pk, published=version)
    if not stands.update(everybody=version):
        raise Refused(
            _("Its teacher has published another version meanwhile. Read that one first."),
            code="other_version",
        )


@transaction.atomic
def hide_from_others(lesson: OwnLesson) -> None:
    """A supervisor takes it back: only the classes of its teacher see it."""
    OwnLesson.objects.filter(pk=lesson.pk).update(everybody=None)


@transaction.atomic
def delete_lesson(lesson: OwnLesson) -> None:
    """Delete a lesson that nobody has played: reports of it could not be read any more."""
    list(lesson.versions.select_for_update())  # who begins it now waits, and finds it gone
    tries = Attempt.objects.filter(version__lesson=lesson)
    if tries.filter(preview=False).exists():
        raise Refused(
            _("Members have played it, and their reports need it. Withdraw it instead."),
            code="was_played",
        )
    tries.delete()
    lesson.delete()


def try_out(teacher: Member, version: LessonVersion) -> Attempt:
    """Begin a talk with this version as a preview, which counts nowhere. Raises Refused."""
    try:
        scenario = read_version(version.pk)
    except ValueError as error:
        raise Refused(
            _("This text is no lesson yet: %(reason)s") % {"reason": error}, code="unreadable"
        ) from error
    return actions.start_attempt(teacher, scenario, preview=True)
