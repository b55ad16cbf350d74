"""One live talk of a member with a persona, and who may speak in it.

`Session.last_seq` numbers everything that stands in the thread (turns and cards) without gaps, so
that a page can ask for what it missed.
"""

import uuid
from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.personas.models import Persona
from coach.talk.models.toolset import Toolset, tools_in
from coach.types import Member


class Floor(models.TextChoices):
    """Who may speak. Each change raises `floor_epoch`, which fences late output."""

    COACH = "coach", _("coach")
    COACH_WAITING = "coach_waiting", _("coach, a person is being called")
    GUIDED = "guided", _("coach, guided by an expert")
    EXPERT = "expert", _("expert")
    SAFETY_HOLD = "safety_hold", _("safety hold")


FLOORS_OF_COACH = (Floor.COACH, Floor.COACH_WAITING, Floor.GUIDED)  # where it may answer


WATCH = ".watch"
NO_SCENE = "no_scene"  # in a brief's data: in this lesson they speak in their own name


def talk_group(watch_group: str) -> str:
    """The group of the talk's own socket, by that of those who read it along."""
    return watch_group.removesuffix(WATCH)


class SessionQuerySet(models.QuerySet["Session"]):
    def for_member(self, user: Member) -> Self:
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
    brief = models.JSONField()  # all of it but its tools
    # Empty: a talk of before there were any, whose brief has its tools itself.
    toolset = models.ForeignKey(
        Toolset, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    floor = models.CharField(max_length=16, choices=Floor, default=Floor.COACH)
    floor_epoch = models.PositiveIntegerField(default=1)
    # The epoch that began when an expert last stopped the coach in the middle of its words.
    stopped_epoch = models.PositiveIntegerField(default=0, db_default=0)
    floor_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    floor_name = models.CharField(max_length=130, blank=True)  # as the member is told it
    floor_voice = models.BooleanField(default=False)  # the expert speaks, and does not write
    last_seq = models.PositiveIntegerField(default=0)
    started_at = CreatedAtField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["started_at"], name="talks_by_start"),
            models.Index(
                fields=["started_at"], condition=models.Q(ended_at=None), name="talks_live"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(ended_at=None), name="one_live_talk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The definitions of its tools; other talks have the same list."""
        if self.toolset_id is None:
            return cast(list[dict[str, Any]], self.brief["tools"])
        return tools_in(self.toolset_id)

    @property
    def is_role_play(self) -> bool:
        """The member plays a part: what they ask for or complain of need not be meant."""
        lesson = self.kind == Session.Kind.LESSON
        return lesson and not self.brief.get("data", {}).get(NO_SCENE, False)

    @property
    def expert_name(self) -> str:
        """Which expert has the floor, by name and title; "" while none has."""
        return self.floor_name if self.floor == Floor.EXPERT else ""

    @property
    def expert_speaks(self) -> bool:
        """An expert has the floor by voice."""
        return self.floor_voice and self.floor == Floor.EXPERT

    def is_spoken_in_by(self, person: Member) -> bool:
        """This person has the floor by voice."""
        return self.expert_speaks and self.floor_holder_id == person.pk

    @property
    def group(self) -> str:
        """Channel-layer group of the member's socket. Experts reading along: `watch_group`."""
        return f"session.{self.pk.hex}"

    @property
    def watch_group(self) -> str:
        return f"{self.group}{WATCH}"
