"""One run of a lesson, and what the learner achieved in it."""

from typing import Self

import msgspec
from django.conf import settings
from django.db import models

from coach.clock import CreatedAtField
from coach.errors import NotFound
from coach.lessons.files import get_scenario
from coach.lessons.free.talk import FreeTalk, as_scenario
from coach.lessons.learn.models import Preparation as Preparation
from coach.lessons.own.models import LessonVersion as LessonVersion
from coach.lessons.own.models import OwnLesson as OwnLesson
from coach.lessons.own.reading import read_version
from coach.lessons.partner import LessonState, open_objective
from coach.lessons.progress.models import Placement as Placement
from coach.lessons.progress.models import PlacementStep as PlacementStep
from coach.lessons.review.models import ReviewAnswer as ReviewAnswer
from coach.lessons.review.models import ReviewItem as ReviewItem
from coach.lessons.scenario import Objective, Scenario
from coach.lessons.school.models import Assignment as Assignment
from coach.lessons.school.models import ClassInvitation as ClassInvitation
from coach.lessons.school.models import Membership as Membership
from coach.lessons.school.models import SchoolClass as SchoolClass
from coach.lessons.school.models import TurnComment as TurnComment
from coach.talk.models import Session, Turn
from coach.types import Member


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def for_member(self, member: Member) -> Self:
        """What they have played. A teacher's preview of their own lesson counts nowhere."""
        return self.filter(member_id=member.pk, preview=False)

    def opened_by(self, member: Member) -> Self:
        """The same with previews, whose talk and report are there like any other's."""
        return self.filter(member_id=member.pk)

    def best(self) -> dict[str, int]:
        """The lessons that were played, by slug: how many objectives the best try reached."""
        tries = self.order_by().values("pk", "slug").annotate(reached=models.Count("ticks"))
        best: dict[str, int] = {}
        for one in tries:
            best[one["slug"]] = max(best.get(one["slug"], 0), one["reached"])
        return best


class Attempt(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="attempt")
    slug = models.SlugField()
    # What it plays to its end, where a teacher wrote the lesson here; a shipped file has none.
    version = models.ForeignKey(
        LessonVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    preview = models.BooleanField(default=False)  # its teacher tries it out
    free = models.JSONField(null=True, blank=True)  # the FreeTalk, where there is no scene
    standing = models.JSONField(default=dict)  # the partner's LessonState: see `state`
    hints = models.JSONField(default=dict)  # objective id -> how many hints were shown
    started_at = CreatedAtField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.slug} {self.pk}"

    @property
    def free_talk(self) -> FreeTalk | None:
        """What was chosen, if this is a talk without a scene."""
        return msgspec.convert(self.free, FreeTalk) if self.free else None

    @property
    def scenario(self) -> Scenario:
        if (talk := self.free_talk) is not None:
            return as_scenario(talk)
        return read_version(self.version_id) if self.version_id else get_scenario(self.slug)

    @property
    def lesson(self) -> Scenario | None:
        """The same; None once its file is no longer shipped, or its text is read no more."""
        try:
            return self.scenario
        except (NotFound, ValueError):
            return None

    @property
    def minutes(self) -> int:
        """How long it took, at least one; one as well while it goes on."""
        ended = self.finished_at or self.session.ended_at
        return max(1, round((ended - self.started_at).total_seconds() / 60)) if ended else 1

    @property
    def state(self) -> LessonState:
        """How far the offline partner is in its lines."""
        return msgspec.convert(self.standing, LessonState)

    @state.setter
    def state(self, state: LessonState) -> None:
        self.standing = msgspec.to_builtins(state)

    def met(self) -> dict[str, "ObjectiveMet"]:
        """The reached objectives by id, each with the turn that proves it."""
        return {tick.objective: tick for tick in self.ticks.select_related("turn")}

    def standing_now(self) -> LessonState:
        """The partner's state, with what turns prove, which a model's partner does not know."""
        return msgspec.structs.replace(self.state, met=tuple(self.met()))

    def open_objective(self) -> Objective | None:
        """The first objective that no turn proves yet."""
        return open_objective(self.scenario, self.standing_now())


class ObjectiveMet(models.Model):
    """An objective that was reached, with the turn that proves it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="ticks")
    objective = models.SlugField()
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="+")
    created_at = CreatedAtField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "objective"], name="objective_met_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective} in {self.attempt}"
