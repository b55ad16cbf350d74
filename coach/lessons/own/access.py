"""A teacher's own lesson, looked up through the teacher."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from coach.lessons.own.models import LessonVersion, OwnLesson
from coach.lessons.school.access import TeacherRequest


def own_lesson(request: TeacherRequest, slug: str) -> OwnLesson:
    """The lesson if who asks has written it, or 404."""
    rows = OwnLesson.objects.of_teacher(request.user).select_related("published", "everybody")
    return get_object_or_404(rows, slug=slug)


def newest_of(lesson: OwnLesson) -> LessonVersion:
    return lesson.versions.select_related("lesson")[0]


def page_of(lesson: OwnLesson) -> str:
    """The address of its editor."""
    return reverse("lessons:edit_lesson", args=[lesson.slug])
