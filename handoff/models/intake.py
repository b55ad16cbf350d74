"""When no new calls of P2 to P4 ring, because a supervisor said so."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from handoff.limits import REASON_MAX_CHARS
from handoff.models.experts import Expert


class IntakePauseQuerySet(models.QuerySet["IntakePause"]):
    def running(self, at: datetime) -> Self:
        """The pause that holds at `at`: one at most."""
        return self.filter(ended_at=None, until__gt=at)


class IntakePause(models.Model):
    """From `starts_at` until `until`, calls of P2 to P4 that come keep their place and do not ring.

    It ends by itself. The rows stay: they tell who paused, for how long, and why.
    """

    by = models.ForeignKey(
        Expert, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=REASON_MAX_CHARS)
    starts_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Expert,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("ended by"),
    )

    objects = IntakePauseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at"]
        verbose_name = _("pause of intake")
        verbose_name_plural = _("pauses of intake")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Value(1), condition=Q(ended_at__isnull=True), name="one_pause_of_intake"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")), name="a_pause_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
