"""What is kept of a talk.

`Session.last_seq` numbers everything that stands in the thread (turns and cards) without gaps, so
that a page can ask for what it missed.
"""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.personas.models import Persona


class Floor(models.TextChoices):
    """Who may speak. Each change raises `floor_epoch`, which fences late output."""

    COACH = "coach", _("coach")
    COACH_WAITING = "coach_waiting", _("coach, a person is being called")
    GUIDED = "guided", _("coach, guided by an expert")
    EXPERT = "expert", _("expert")
    SAFETY_HOLD = "safety_hold", _("safety hold")


FLOORS_OF_COACH = (Floor.COACH, Floor.COACH_WAITING, Floor.GUIDED)  # where it may answer


class SessionQuerySet(models.QuerySet["Session"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(member_id=user.pk)

    def live(self) -> Self:
        return self.filter(ended_at=None)


class Session(models.Model):
    class Kind(models.TextChoices):
        COACHING = "coaching", _("coaching")
        LESSON = "lesson", _("lesson")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="talks"
    )
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COACHING)
    brief = models.JSONField()
    floor = models.CharField(max_length=16, choices=Floor, default=Floor.COACH)
    floor_epoch = models.PositiveIntegerField(default=1)
    floor_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    floor_name = models.CharField(max_length=130, blank=True)  # as the member is told it
    last_seq = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(
                fields=["started_at"], condition=models.Q(ended_at=None), name="talks_live"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def expert_name(self) -> str:
        """Which expert has the floor, by name and title; "" while none has."""
        return self.floor_name if self.floor == Floor.EXPERT else ""

    @property
    def group(self) -> str:
        """Channel-layer group of the member's socket. Experts reading along: `watch_group`."""
        return f"session.{self.pk.hex}"

    @property
    def watch_group(self) -> str:
        return f"{self.group}.watch"


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
    author_name = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=8000)
    source = models.CharField(max_length=8, choices=Source, default=Source.VOICE)
    item_id = models.CharField(max_length=80, blank=True)
    client_id = models.CharField(max_length=64, blank=True)
    floor_epoch = models.PositiveIntegerField()
    interrupted = models.BooleanField(default=False)
    heard_ms = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

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


class Card(models.Model):
    """Something to see in the thread, drawn from the row that `kind` and `ref` name."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="cards")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    ref = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["session", "seq"]
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="card_seq")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.seq}"


class ToolCall(models.Model):
    """One call of a tool and its one output: the key that makes a repeated call harmless."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tool_calls")
    call_id = models.CharField(max_length=80)
    name = models.CharField(max_length=64)
    output = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "call_id"], name="one_call")]

    def __str__(self) -> str:
        return f"{self.name} {self.call_id}"


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
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

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


class Picture(models.Model):
    """A picture that the member showed in a talk, without anything its file said beside it.

    The bytes stand in the row: what is deleted here is gone.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pictures")
    client_id = models.CharField(max_length=64)
    data = models.BinaryField()  # JPEG
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when the engine was shown it

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "client_id"], name="picture_client_id")
        ]
        indexes = [
            models.Index(
                fields=["session"], condition=models.Q(told_at=None), name="pictures_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"picture #{self.pk}"


# At the end: these name the models above by their labels.
from coach.talk.notes.models import Note as Note  # noqa: E402
from coach.talk.notes.models import NoteSound as NoteSound  # noqa: E402
from coach.talk.usage_models import HouseNotice as HouseNotice  # noqa: E402
from coach.talk.usage_models import MemberBudget as MemberBudget  # noqa: E402
from coach.talk.usage_models import Usage as Usage  # noqa: E402
