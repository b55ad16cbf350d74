"""The socket by which an expert speaks with a member."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from handoff.models.escalations import Escalation


class VoiceLine(models.Model):
    """A lease: when it runs out unrenewed, the expert's voice is lost and the coach comes back.

    It is there from the moment an expert takes the floor by voice. `socket` names the page's socket
    that renews it; empty: none has come yet.
    """

    escalation = models.OneToOneField(
        Escalation, on_delete=models.CASCADE, related_name="voice_line"
    )
    socket = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("voice line")

    def __str__(self) -> str:
        return f"voice line of case {self.escalation_id}"
