"""What an expert has agreed with a member: that somebody gets back to them on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.models.escalations import Escalation
from handoff.models.experts import Expert


class PlannedFollowUp(models.Model):
    """On `day`, in the desk's time zone, it becomes a case of its own. At `due_at` it rings."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CALLED = "called", _("a case of its own")
        CANCELLED = "cancelled", _("cancelled")

    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="planned_follow_ups"
    )
    # Who gets back to the member; None: anybody at the desk.
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    day = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    # The case that it has become.
    became = models.ForeignKey(
        Escalation, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned_by"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"], condition=Q(state="planned"), name="planned_follow_ups_due"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["escalation"],
                condition=Q(state="planned"),
                name="one_planned_follow_up_of_a_case",
            )
        ]

    def __str__(self) -> str:
        return f"follow-up of case {self.escalation_id} on {self.day}"
