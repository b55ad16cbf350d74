"""What experts and rules want the coach to be told."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.talk.models.session import Session


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def waiting(self, now: datetime | Now) -> Self:
        """What the coach has not been told and still should be, at the database's time `now`."""
        current = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        return self.filter(current, claimed_at=None)


class Directive(models.Model):
    """Something the coach must be told by the relay, once: a row, so that no lost push loses it."""

    class Kind(models.TextChoices):
        SCRIPT = "script", _("reviewed words, spoken as they are")
        GUIDE = "guide", _("an expert's private instruction for the next answer")
        HAND_BACK = "hand_back", _("an expert's note; the coach speaks first")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="directives")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(max_length=4000)
    spoken = models.CharField(
        max_length=600, blank=True, help_text="What the coach says, or an example of it."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_id = models.CharField(max_length=64, blank=True)
    created_at = CreatedAtField()
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["session"],
                condition=models.Q(claimed_at=None),
                name="directives_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "client_id"],
                condition=~models.Q(client_id=""),
                name="directive_client_id",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
