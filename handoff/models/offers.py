"""One escalation offered to one expert, to be accepted in time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.models.escalations import Escalation
from handoff.models.experts import Expert


class Offer(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("ringing")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TIMED_OUT = "timed_out", _("not answered")
        RESCINDED = "rescinded", _("somebody else took it")
        CANCELED = "canceled", _("no longer needed")
        COMPLETED = "completed", _("done")
        RELEASED = "released", _("given back")
        WITHDRAWN = "withdrawn", _("made room for a graver call")
        LOST = "lost", _("expert's connection lost")

    class Why(models.TextChoices):
        """Reasons for which an expert declines: what the desk offers to choose from."""

        BUSY = "busy", _("busy with another case")
        FIELD = "field", _("not my field")
        KNOWN = "known", _("I know this person")
        LEAVING = "leaving", _("about to leave")

    class Kind(models.TextChoices):
        ROUTED = "routed", _("offered by routing")
        CLAIMED = "claimed", _("taken from the queue")
        TRANSFER = "transfer", _("passed on by a colleague")
        CHOSEN = "chosen", _("a supervisor chose them")

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="offers")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ROUTED)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    ring = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    # Who passes it on or chose this expert, and what they should know. Of a transfer: whether
    # whoever passes it on stays until the colleague takes the floor.
    passed_by = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    warm = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "expires_at"], name="offers_due"),
            models.Index(fields=["expert", "state"], name="offers_ringing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"],
                condition=Q(state="accepted", ended_at__isnull=True),
                name="one_accepted_offer",
            ),
            models.UniqueConstraint(
                fields=["escalation", "expert"],
                condition=Q(state="pending"),
                name="one_pending_offer_each",
            ),
        ]

    def __str__(self) -> str:
        return f"offer #{self.pk} {self.state}"
