"""What a language model wrote of a talk for the expert who has it."""

from datetime import datetime

from django.db import models

from coach.talk.models import Session
from handoff.timeouts import SUMMARY_AGAIN


class TalkSummary(models.Model):
    """Statements with the number of the line that each comes from, up to the line `through`."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="summary")
    statements = models.JSONField(default=list)  # [text, seq]
    through = models.PositiveIntegerField(default=0)
    model = models.CharField(max_length=80, blank=True)
    asked_through = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=40, blank=True)  # the code of the last failure

    def __str__(self) -> str:
        return f"summary of {self.session_id}"

    def is_being_written(self, at: datetime) -> bool:
        """Whether a newer one is, at this moment."""
        fresh = self.asked_at is not None and self.asked_at > at - SUMMARY_AGAIN
        return fresh and self.asked_through > self.through and not self.failed
