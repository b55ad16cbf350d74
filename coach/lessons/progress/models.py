"""A placement: a few openings of lessons, and the level that came of them."""

from typing import Self

from django.conf import settings
from django.db import models

from coach.clock import CreatedAtField
from coach.types import Member


class PlacementQuerySet(models.QuerySet["Placement"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)


class Placement(models.Model):
    """One run. `level` is empty until it has ended, and stays so where it was left."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="placements"
    )
    language = models.CharField(max_length=12)
    level = models.CharField(max_length=2, blank=True)
    started_at = CreatedAtField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "language"],
                condition=models.Q(finished_at=None),
                name="one_open_placement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.pk}"


class PlacementStep(models.Model):
    """An objective that was asked for in a placement. What was answered is not kept."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="steps")
    slug = models.SlugField()
    objective = models.SlugField()
    level = models.CharField(max_length=2)
    reached = models.BooleanField()
    created_at = CreatedAtField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "slug", "objective"], name="asked_once_in_a_placement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.objective} of {self.slug}"
