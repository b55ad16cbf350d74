"""A meal that was estimated or proposed: it counts nowhere until the member adds it."""

from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.clock import CreatedAtField
from coach.nutrition.models.diary import NUTRIENTS, DiaryChange, MealItem, Slot
from coach.types import Member

LIFE = timedelta(days=1)
OF_LINE = ("food_id", "name", "amount", "spoken", "grams", *NUTRIENTS)


class DraftQuerySet(models.QuerySet["MealDraft"]):
    def for_member(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def open(self) -> Self:
        """Neither added nor discarded, and not abandoned for so long that it is gone."""
        return self.filter(change=None, discarded_at=None, created_at__gt=clock.now() - LIFE)

    def seen(self) -> Self:
        """Those of photos, which words without a name may be about."""
        return self.filter(kind=MealDraft.Kind.PHOTO)

    def abandoned(self) -> Self:
        return self.filter(change=None, created_at__lte=clock.now() - LIFE)


class MealDraft(models.Model):
    """`lines` are items as plain JSON, each with a number of its own (`line`) and OF_LINE.

    `title` is what a proposed meal is called; one seen in a photo has none.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("seen in a photo")
        SUGGESTION = "suggestion", _("proposed by the coach")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PHOTO)
    title = models.CharField(_("name"), max_length=200, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meal_drafts"
    )
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    eaten_at = models.DateTimeField(_("eaten at"))
    zone = models.CharField(_("time zone"), max_length=64)
    day = models.DateField(_("diary day"))
    slot = models.CharField(_("meal"), max_length=12, choices=Slot)
    lines = models.JSONField()
    lines_before = models.JSONField(null=True)  # the last change, to be taken back
    key = models.CharField(max_length=130)
    created_at = CreatedAtField()
    touched_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)
    # What was written when it was added; undoing that leaves the link.
    change = models.ForeignKey(DiaryChange, null=True, on_delete=models.CASCADE, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_draft_per_key")]
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(change=None), name="drafts_left")
        ]

    def __str__(self) -> str:
        return f"draft #{self.pk}"

    @property
    def items(self) -> list[MealItem]:
        """The lines as items of no meal; `position` is the line's number. Never saved."""
        return [
            MealItem(position=line["line"], **{name: line[name] for name in OF_LINE})
            for line in self.lines
        ]

    @property
    def local_time(self) -> datetime:
        return self.eaten_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def lines_of(items: list[MealItem]) -> list[dict[str, Any]]:
    return [
        {"line": item.position, **{name: getattr(item, name) for name in OF_LINE}} for item in items
    ]
