"""One run of a lesson, and what the learner achieved in it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from coach.clock import CreatedAtField
from coach.lessons.scenario import Scenario, get_scenario
from coach.talk.models import Session, Turn


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(member_id=user.pk)


class Attempt(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="attempt")
    slug = models.SlugField()
    standing = models.JSONField(default=dict)  # where the offline partner is in its lines
    hints = models.JSONField(default=dict)  # objective id -> how many hints were shown
    started_at = CreatedAtField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.slug} {self.pk}"

    @property
    def scenario(self) -> Scenario:
        return get_scenario(self.slug)

    def met(self) -> dict[str, "ObjectiveMet"]:
        return {tick.objective: tick for tick in self.ticks.select_related("turn")}


class ObjectiveMet(models.Model):
    """An objective that was reached, with the turn that proves it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="ticks")
    objective = models.SlugField()
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="+")
    created_at = CreatedAtField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "objective"], name="objective_met_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective} in {self.attempt}"
