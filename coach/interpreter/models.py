"""Two people who are interpreted for, and what they said. Words alone are kept, never sound."""

import hashlib
import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.interpreter.languages import LANGUAGES, Language
from coach.interpreter.limits import NAME_MAX_CHARS
from coach.types import Member


class Side(models.TextChoices):
    """Whose words: the member's, or those of the person they speak with."""

    A = "a", _("the member")
    B = "b", _("the other person")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def live(self) -> Self:
        return self.filter(ended_at=None)


class Meeting(models.Model):
    """One conversation of a member with somebody who speaks another language."""

    class Way(models.TextChoices):
        DEVICE = "device", _("one device for both")
        LINKS = "links", _("a device each")

    class Mode(models.TextChoices):
        TRANSLATION = "translation", _("live translation")
        INSTRUCTIONS = "instructions", _("sentence by sentence, by a language model")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meetings"
    )
    language_a = models.CharField(_("the member's language"), max_length=12)
    language_b = models.CharField(_("the other language"), max_length=12)
    way = models.CharField(_("way"), max_length=6, choices=Way)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode)
    provider = models.CharField(max_length=60)  # its slug, as EngineChoice has it
    model = models.CharField(max_length=80)
    last_seq = models.PositiveIntegerField(_("lines"), default=0)
    version = models.PositiveIntegerField(default=1)  # rises when the languages are exchanged
    started_at = CreatedAtField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="one_live_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language_a}–{self.language_b} {self.pk}"

    @property
    def a(self) -> Language:
        return LANGUAGES[self.language_a]

    @property
    def b(self) -> Language:
        return LANGUAGES[self.language_b]

    @property
    def by_links(self) -> bool:
        return self.way == self.Way.LINKS

    @property
    def host(self) -> str:
        """What the member calls themself, as a guest is told it: never a part of their address."""
        return self.member.display_name or gettext("The other person")


class Line(models.Model):
    """What one of them said, with its translation."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="lines")
    seq = models.PositiveIntegerField()
    item = models.PositiveIntegerField(default=0)  # as pages were told it while it was said
    side = models.CharField(max_length=1, choices=Side)
    language = models.CharField(max_length=12)
    into = models.CharField(max_length=12)
    original = models.TextField(blank=True)
    translation = models.TextField(blank=True)
    check_numbers = models.BooleanField(default=False)  # they are not the same in both
    said_at = CreatedAtField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seq"], name="one_line_per_seq")]

    def __str__(self) -> str:
        return f"line {self.seq} of {self.meeting_id}"

    def in_language(self, code: str) -> str:
        """Its words in one of the two languages."""
        return self.original if self.language == code else self.translation


class Seat(models.Model):
    """The socket of one person, which renews it: when it runs out, they are not there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    side = models.CharField(max_length=1, choices=Side)
    socket = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side"], name="one_seat_a_side")]

    def __str__(self) -> str:
        return f"seat {self.side} of {self.meeting_id}"

    def is_taken(self, now: datetime) -> bool:
        return bool(self.socket) and self.until > now


def digest(secret: str) -> str:
    """A secret as rows keep it: who reads the database cannot join by it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> Self:
        """Nobody has taken it back, and the conversation goes on."""
        return self.filter(ended_at=None, meeting__ended_at=None)

    def of_guest(self, key: str) -> Self:
        """The one by which this browser has joined."""
        return self.standing().filter(guest=digest(key)).exclude(guest="")


class Invitation(models.Model):
    """A link for the other person: whoever opens it first joins, and nobody else."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    secret = models.CharField(max_length=64, unique=True)  # its digest
    guest = models.CharField(max_length=64, blank=True)  # that of the joined browser's key
    name = models.CharField(max_length=NAME_MAX_CHARS, blank=True)  # as the guest calls themself
    created_at = CreatedAtField()
    expires_at = models.DateTimeField()  # unless somebody has joined by it
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at=None), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.meeting_id}"

    @property
    def before(self) -> int:
        """The number of the last line from before they joined: an earlier guest's words."""
        earlier = Line.objects.filter(meeting=self.meeting_id, said_at__lt=self.joined_at)
        return earlier.order_by("-seq").values_list("seq", flat=True).first() or 0
