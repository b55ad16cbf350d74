"""What an expert said of themselves after an emergency. Not a word of it is about the member."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.limits import DEBRIEF_MAX_CHARS
from handoff.models.escalations import Escalation
from handoff.models.experts import Expert


class Debrief(models.Model):
    """One expert after one emergency: how they are, and what a supervisor should know.

    Supervisors read it at the wall until one of them has seen it. `how` is empty where the expert
    wanted none.
    """

    class How(models.TextChoices):
        SKIPPED = "", _("no answer wanted")
        FINE = "fine", _("I am all right")
        SHAKEN = "shaken", _("It stays with me")
        TALK = "talk", _("I want to talk to somebody")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="debriefs")
    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="debriefs")
    how = models.CharField(max_length=8, choices=How, blank=True)
    note = models.CharField(max_length=DEBRIEF_MAX_CHARS, blank=True)
    created_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-created_at"], condition=Q(seen_at__isnull=True), name="debriefs_unseen"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expert", "escalation"], name="one_debrief_of_a_case")
        ]

    def __str__(self) -> str:
        return f"debrief #{self.pk}"
