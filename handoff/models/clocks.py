"""What was promised about a case, and by when: a row for each clock that runs or has run."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.models.escalations import Escalation


class ServiceClock(models.Model):
    """One promise: `due_at`, by the database's clock. `next_at` is when it is looked at again."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("somebody takes it")
        FIRST_WORD = "first_word", _("first word")
        NEXT_WORD = "next_word", _("next word")
        CONTACT = "contact", _("next contact")
        RESOLUTION = "resolution", _("resolved")

    class Stage(models.IntegerChoices):
        RUNNING = 0, _("running")
        HALF = 1, _("half of the time is over")
        MOST = 2, _("most of the time is over")
        BREACHED = 3, _("late")
        AGAIN = 4, _("very late")

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=10, choices=Kind)
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # None: it has stopped
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_at"], condition=Q(stopped_at__isnull=True), name="clocks_due"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["escalation", "kind"],
                condition=Q(stopped_at__isnull=True),
                name="one_clock_of_a_kind_runs",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=False) | Q(next_at__isnull=False),
                name="a_running_clock_is_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_stage_display()}"
