"""What a member answered when they were asked, once, whether the expert had helped."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.limits import RATING_MAX_CHARS
from handoff.models.escalations import Escalation


class Rating(models.Model):
    """The question about one case. It is there from the moment it was asked.

    It is deleted with the case, and so with the member.
    """

    class Answer(models.IntegerChoices):
        YES = 3, _("yes")
        PARTLY = 2, _("partly")
        NO = 1, _("no")

    escalation = models.OneToOneField(Escalation, on_delete=models.CASCADE, related_name="rating")
    asked_at = models.DateTimeField()
    answer = models.PositiveSmallIntegerField(choices=Answer, null=True)
    words = models.CharField(max_length=RATING_MAX_CHARS, blank=True)
    answered_at = models.DateTimeField(null=True)  # the first time
    closed_at = models.DateTimeField(null=True)  # the member did not want to answer

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(answer__in=[1, 2, 3]), name="rating_is_a_tap"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True, answered_at__isnull=True)
                | Q(answer__isnull=False, answered_at__isnull=False),
                name="rating_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(words="") | Q(answer__isnull=False), name="rating_words_follow_a_tap"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(answer__isnull=True),
                name="rating_is_closed_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"question about case {self.escalation_id}"
