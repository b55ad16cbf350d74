"""A weekly sample of turns that a clinician judges without seeing what screening said of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coach.talk.models import Turn
from handoff.models.experts import Expert


class ReviewRound(models.Model):
    """The turns of the week from `week`, a Monday in the desk's time zone.

    How many there were of each kind says what the sample stands for.
    """

    week = models.DateField(unique=True)
    called = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    unflagged = models.PositiveIntegerField(default=0)
    drawn_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-week"]

    def __str__(self) -> str:
        return f"review of the week of {self.week}"


class ReviewItem(models.Model):
    """One turn to judge. `found` is what screening made of it, which the reviewer is not shown."""

    class Found(models.TextChoices):
        CALLED = "called", _("a person was called")
        KEPT = "kept", _("kept, or help was shown")
        UNFLAGGED = "unflagged", _("nothing was found")

    class Judged(models.IntegerChoices):
        P0 = 0, _("an emergency: now")
        P1 = 1, _("urgent: within minutes")
        P2 = 2, _("soon: within the hour")
        P3 = 3, _("today")
        NOBODY = 4, _("nobody")
        UNSURE = 5, _("cannot tell from this")

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="items")
    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="+")
    found = models.CharField(max_length=10, choices=Found)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)  # the gravest flag's
    place = models.PositiveIntegerField()  # in a mixed order, so that the kind cannot be guessed
    judged = models.PositiveSmallIntegerField(choices=Judged, null=True, blank=True)
    judged_by = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-round__week", "place"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["place"], condition=Q(judged__isnull=True), name="reviews_to_judge"
            ),
            models.Index(fields=["judged_at"], name="reviews_judged"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(judged__isnull=True) | Q(judged_at__isnull=False),
                name="review_judged_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"review #{self.pk}"
