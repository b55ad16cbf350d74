"""What experts and rules want the coach to be told."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.talk.models.session import Session


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def waiting(self, now: datetime | Now) -> Self:
        """What the coach has not been told and still should be, at the database's time `now`."""
        current = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        return self.filter(current, claimed_at=None)


class Directive(models.Model):
    """Something the coach must be told by the relay, once: a row, so that no lost push loses it."""

    class Kind(models.TextChoices):
        SCRIPT = "script", _("reviewed words, spoken as they are")
        GUIDE = "guide", _("an expert's private instruction for the next answer")
        WORD = "word", _("an expert's own sentence, spoken as theirs")
        HAND_BACK = "hand_back", _("an expert's note; the coach speaks first")

    class Became(models.TextChoices):
        """What is known of its end. Where it is empty, `stand` tells by the times."""

        USED = "used", _("it was in the conversation at an answer")
        SPOKEN = "spoken", _("spoken")
        CUT_OFF = "cut_off", _("not spoken to its end")
        EXPIRED = "expired", _("its time was over before it could be said")
        FLOOR = "floor", _("not said: somebody else had the floor")
        REFUSED = "refused", _("refused: the coach cannot use it")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="directives")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(max_length=4000)
    spoken = models.CharField(
        max_length=1200, blank=True, help_text="What the coach says, or an example of it."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verbatim = models.BooleanField(default=False, help_text="`spoken` is no example.")
    orders = models.JSONField(default=list, blank=True)  # codes that hold until `expires_at`
    became = models.CharField(max_length=8, choices=Became, blank=True, default="")
    item_id = models.CharField(max_length=80, blank=True)  # of the coach's turn that it became
    client_id = models.CharField(max_length=64, blank=True)
    created_at = CreatedAtField()
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["session"],
                condition=models.Q(claimed_at=None),
                name="directives_waiting",
            ),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(became="", expires_at__isnull=False),
                name="directives_expire",
            ),
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

    def life_s(self) -> float | None:
        """For how long it is good once it is claimed; None: for ever."""
        if self.expires_at is None or self.claimed_at is None:
            return None
        return (self.expires_at - self.claimed_at).total_seconds()

    def stand(self, now: datetime) -> str:
        """How it stands: "waiting", "given", "holds", "ended", or one of `Became`."""
        over = self.expires_at is not None and self.expires_at <= now
        if self.orders and not over and self.became != self.Became.REFUSED:
            return "holds"
        if self.became or over:
            return self.became or self.Became.EXPIRED
        if self.session.ended_at is not None:
            return "ended"
        return "given" if self.claimed_at else "waiting"
