"""What happened to an escalation, step by step."""

from typing import Any

from django.conf import settings
from django.db import models

from handoff.limits import CALL_NOTE_MAX_CHARS
from handoff.models.escalations import Escalation


class EscalationEvent(models.Model):
    """What happened, append-only and numbered without gaps. Folding `changes` gives the row."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    changes = models.JSONField(default=dict)
    note = models.CharField(max_length=CALL_NOTE_MAX_CHARS, blank=True)  # in a person's own words
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["escalation", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "seq"], name="escalation_event_seq")
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.seq}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("events are written once")
        super().save(*args, **kwargs)
