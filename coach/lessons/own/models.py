"""Lessons of teachers, and every text that each of them has had."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.lessons.sizes import TITLE_MAX_CHARS
from coach.types import Member


class OwnLessonQuerySet(models.QuerySet["OwnLesson"]):
    def of_teacher(self, teacher: Member) -> Self:
        return self.filter(teacher_id=teacher.pk)

    def shown(self) -> Self:
        """Members see it: those of its teacher's classes, or everybody."""
        return self.filter(Q(published__isnull=False) | Q(everybody__isnull=False))


class OwnLesson(models.Model):
    """What its teacher calls one lesson. Its words stand in versions, of which two may be shown.

    `published` is for the classes of its teacher. `everybody` is what a supervisor has read and
    published: it stays as it is when the teacher publishes a newer version.
    """

    slug = models.SlugField(unique=True)  # «own-…», which no file is called
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="own_lessons"
    )
    # That of its newest version which could be read.
    title = models.CharField(max_length=TITLE_MAX_CHARS)
    published = models.ForeignKey(
        "LessonVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    everybody = models.ForeignKey(
        "LessonVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = CreatedAtField()

    objects = OwnLessonQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("lesson")

    def __str__(self) -> str:
        return self.title


class LessonVersion(models.Model):
    """One text of a lesson. It is written once: an attempt plays on what it began with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson = models.ForeignKey(OwnLesson, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    lacks = models.JSONField(null=True)  # [line, reason, field] of each; None: not checked yet
    made_at = CreatedAtField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.lesson_id}"

    @property
    def is_sound(self) -> bool:
        """It was checked, and lacks nothing."""
        return self.lacks == []
