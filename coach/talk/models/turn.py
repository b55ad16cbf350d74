"""What was said in a talk, utterance by utterance."""

from typing import Self

import msgspec
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.talk.models.session import Session
from coach.voice.effects import SpeechTiming


class TurnQuerySet(models.QuerySet["Turn"]):
    """The indexes of both names are partial, and SQLite uses one only where a query says so too."""

    def of_item(self, item_id: str) -> Self:
        """The turn that an engine calls by this name; none for an empty one."""
        return self.filter(item_id=item_id).exclude(item_id="")

    def of_page(self, client_id: str) -> Self:
        """The turn that a page calls by this name; none for an empty one."""
        return self.filter(client_id=client_id).exclude(client_id="")


class Turn(models.Model):
    """One utterance by the member, the coach or an expert; always labelled with who spoke."""

    class Speaker(models.TextChoices):
        MEMBER = "member", _("member")
        COACH = "coach", _("coach")
        EXPERT = "expert", _("expert")
        SYSTEM = "system", _("notice")

    class Source(models.TextChoices):
        VOICE = "voice", _("voice")
        TEXT = "text", _("text")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turns")
    seq = models.PositiveIntegerField()
    speaker = models.CharField(max_length=8, choices=Speaker)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=130, blank=True)  # and their title
    text = models.TextField(max_length=8000)
    source = models.CharField(max_length=8, choices=Source, default=Source.VOICE)
    item_id = models.CharField(max_length=80, blank=True)
    client_id = models.CharField(max_length=64, blank=True)
    floor_epoch = models.PositiveIntegerField()
    interrupted = models.BooleanField(default=False)
    heard_ms = models.PositiveIntegerField(null=True, blank=True)
    timing = models.JSONField(null=True, blank=True)  # a SpeechTiming: see `timed`
    created_at = CreatedAtField()

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["session", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="turn_seq"),
            models.UniqueConstraint(
                fields=["session", "item_id"], condition=~models.Q(item_id=""), name="turn_item"
            ),
            models.UniqueConstraint(
                fields=["session", "client_id"],
                condition=~models.Q(client_id=""),
                name="turn_client_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} #{self.seq}"

    @property
    def timed(self) -> SpeechTiming | None:
        """When the member was heard in it; None: it was not spoken, or not measured."""
        return msgspec.convert(self.timing, SpeechTiming) if self.timing else None
