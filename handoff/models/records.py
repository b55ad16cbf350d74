"""What is kept beside the escalations: flags, reads, and which process is alive."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.talk.models import Session
from handoff.models.escalations import Escalation


class FlagRecord(models.Model):
    """What screening found in a turn or in the logs. Kept whether or not anybody was called."""

    class Source(models.TextChoices):
        RULE = "rule", _("a rule")
        SCORE = "score", _("the learned score")
        LOG = "log", _("what was logged")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="flags")
    escalation = models.ForeignKey(
        Escalation, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags"
    )
    code = models.CharField(max_length=12)
    severity = models.PositiveSmallIntegerField()
    quote = models.CharField(max_length=500)
    speaker = models.CharField(max_length=8)
    source = models.CharField(max_length=8, choices=Source, default=Source.RULE)
    item_id = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "item_id", "code", "severity"],
                condition=~Q(item_id=""),
                name="one_flag_per_turn_and_code",
            )
        ]

    def __str__(self) -> str:
        return f"P{self.severity} {self.code}"


class AuditRead(models.Model):
    """Somebody else read what is a member's: a talk, or a page of their profile. Append-only."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reads_of_others"
    )
    member = models.ForeignKey(  # None: written while an earlier release still served
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="reads"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.CASCADE, related_name="reads"
    )
    escalation = models.ForeignKey(Escalation, null=True, blank=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=24, default="transcript")
    reason = models.CharField(max_length=200, blank=True)
    at = CreatedAtField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.reader} read {self.what}"


class Heartbeat(models.Model):
    """When a process last did its work: a row, because a broker that answers pings proves less."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
