"""Which tools a talk has called."""

from django.db import models

from coach.clock import CreatedAtField
from coach.talk.models.session import Session


class ToolCall(models.Model):
    """One call of a tool and its one output: the key that makes a repeated call harmless."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tool_calls")
    call_id = models.CharField(max_length=80)
    # The item of the member's words that it was called for. What they said while it ran came later,
    # and is no less to be answered.
    asked = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=64)
    output = models.TextField()
    created_at = CreatedAtField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "call_id"], name="one_call")]

    def __str__(self) -> str:
        return f"{self.name} {self.call_id}"
