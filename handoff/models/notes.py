"""What experts write to each other about a case. Members and the coach never see it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from coach.clock import CreatedAtField
from handoff.limits import INTERNAL_NOTE_MAX_CHARS
from handoff.models.escalations import Escalation
from handoff.models.experts import Expert


class CaseNote(models.Model):
    """An internal note; it stands in the desk's thread after the entry with the number `after`."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=120)
    text = models.TextField(max_length=INTERNAL_NOTE_MAX_CHARS)
    after = models.PositiveIntegerField()
    client_id = models.CharField(max_length=64)
    created_at = CreatedAtField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["escalation", "client_id"], name="note_client_id")
        ]

    def __str__(self) -> str:
        return f"note #{self.pk} of case {self.escalation_id}"


class NoteMention(models.Model):
    """A colleague who is named in a note, and may open its case; a badge until they have."""

    note = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="mentions")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["expert"], condition=Q(seen_at__isnull=True), name="mentions_unseen"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "expert"], name="mentioned_once_in_a_note")
        ]

    def __str__(self) -> str:
        return f"mention of expert {self.expert_id} in note {self.note_id}"
