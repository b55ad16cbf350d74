"""What a member keeps for review, and each answer to it."""

from typing import Any, Self

import msgspec
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.clock import CreatedAtField
from coach.lessons.review.scheduling import Schedule
from coach.types import Member

TEXT_MAX_CHARS = 300


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def due(self) -> Self:
        """Those that are asked for now, the longest due first."""
        return self.filter(due__lte=clock.now()).order_by("due", "pk")


class ReviewItem(models.Model):
    """Something to remember: what is asked, what is wanted, and its schedule."""

    class Kind(models.TextChoices):
        WORD = "word", _("word")
        MISTAKE = "mistake", _("what you said")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_items"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=12)
    front = models.CharField(max_length=TEXT_MAX_CHARS)
    back = models.CharField(max_length=TEXT_MAX_CHARS)
    note = models.CharField(max_length=TEXT_MAX_CHARS, blank=True)
    slug = models.SlugField(blank=True)  # the lesson it comes from
    due = models.DateTimeField()
    state = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveSmallIntegerField(null=True, default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    last_review = models.DateTimeField(null=True)
    created_at = CreatedAtField()

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["member", "due"], name="review_due")]
        constraints = [
            models.UniqueConstraint(fields=["member", "language", "back"], name="kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def schedule(self) -> Schedule:
        values: dict[str, Any] = {name: getattr(self, name) for name in SCHEDULED}
        return Schedule(**values)

    @schedule.setter
    def schedule(self, schedule: Schedule) -> None:
        for name in SCHEDULED:
            setattr(self, name, getattr(schedule, name))


SCHEDULED = Schedule.__struct_fields__


class ReviewAnswer(models.Model):
    """One answer, with the schedule before it, so that it can be taken back."""

    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="answers")
    answer = models.PositiveSmallIntegerField()
    before = models.JSONField()  # the item's Schedule
    answered_at = CreatedAtField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["answered_at"], name="review_answered")]

    def __str__(self) -> str:
        return f"{self.answer} to {self.item_id}"

    @property
    def schedule_before(self) -> Schedule:
        return msgspec.convert(self.before, Schedule)
