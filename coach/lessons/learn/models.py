"""How far a member is in getting ready for a lesson."""

from typing import Self

from django.conf import settings
from django.db import models

from coach.types import Member


class PreparationQuerySet(models.QuerySet["Preparation"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)


class Preparation(models.Model):
    """What one member did before a scene. Steps can be left out: nothing waits for them."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preparations"
    )
    slug = models.SlugField()
    typed = models.JSONField(default=list)  # target phrases that were typed right, by their words
    exercised = models.JSONField(default=list)  # numbers of exercises that were done right
    changed_at = models.DateTimeField()

    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "slug"], name="one_preparation_each")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.pk}"
