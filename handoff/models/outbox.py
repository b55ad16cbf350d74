"""What must be told outside, as rows, and each try to tell it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.models.escalations import Escalation
from handoff.models.receivers import PushSubscription, WebHook


class Outbox(models.Model):
    """Something that must be told at least once; `event_id` tells doubles apart.

    A mail goes to `recipient`, or to all supervisors where there is none; the other channels have
    one destination each. `facts` is what the row tells beside its case, as it was at that moment.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        HOOK = "hook", _("web hook")
        PUSH = "push", _("web push")

    class Kind(models.TextChoices):
        OVERDUE = "overdue", _("a person is overdue")
        ATTENTION = "attention", _("a row needs a supervisor")
        CALL = "call", _("somebody in danger needs a person now")
        MESSAGE = "message", _("a member has a message")
        CASE = "case", _("something happened to a case")
        HOOK_OFF = "hook_off", _("a web hook was switched off")
        STOPPED = "stopped", _("a process has stopped")
        TEST = "test", _("a test")

    event_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    kind = models.CharField(max_length=24, choices=Kind)
    facts = models.JSONField(default=dict, blank=True)
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="outbox", null=True
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    hook = models.ForeignKey(
        WebHook, on_delete=models.CASCADE, related_name="outbox", null=True, blank=True
    )
    device = models.ForeignKey(
        PushSubscription, on_delete=models.CASCADE, related_name="outbox", null=True, blank=True
    )
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()  # nor is it anybody else's before: the sender's lease
    rung_at = models.DateTimeField(null=True, blank=True)  # when a worker was last told of it
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(sent_at__isnull=True), name="outbox_waiting"
            ),
            models.Index(
                fields=["hook", "escalation"],
                condition=Q(sent_at__isnull=True, hook__isnull=False),
                name="outbox_of_a_case_in_order",
            ),
            models.Index(fields=["created_at"], name="outbox_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["escalation", "recipient"],
                condition=Q(kind="call", channel="mail"),
                name="one_mail_to_an_expert_called",
            ),
            models.CheckConstraint(
                condition=Q(channel="mail", hook__isnull=True, device__isnull=True)
                | Q(channel="hook", hook__isnull=False, device__isnull=True)
                | Q(channel="push", hook__isnull=True, device__isnull=False),
                name="outbox_one_destination",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class DeliveryTry(models.Model):
    """One try to deliver a row of the outbox: what came of it and how long it took."""

    row = models.ForeignKey(Outbox, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    sent = models.BooleanField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of the HTTP answer, if any
    error = models.CharField(max_length=40, blank=True)  # its kind; never what a server said
    duration_ms = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("try")
        verbose_name_plural = _("tries")

    def __str__(self) -> str:
        return str(self.status or self.error)
