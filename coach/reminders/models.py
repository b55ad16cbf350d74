"""What a member wants to be reminded of, and what is due."""

from datetime import datetime
from typing import Self, cast

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.reminders import schedule
from coach.reminders.limits import MAIL_ATTEMPTS, TEXT_MAX_CHARS
from coach.reminders.schedule import Rule
from coach.types import Member


class Unit(models.TextChoices):
    """How often a reminder comes."""

    ONCE = "", _("once")
    HOUR = "hour", _("every hour")
    DAY = "day", _("every day")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(member_id=user.pk)

    def open(self) -> Self:
        """What will still come."""
        return self.filter(cancelled_at=None).exclude(next_at=None)

    def cancelled_in_talks(self) -> Self:
        return self.exclude(cancelled_at=None).exclude(cancelled_in=None)

    def due(self, at: datetime) -> Self:
        return self.open().filter(next_at__lte=at)


class Reminder(models.Model):
    """The row is the queue: `next_at` is compared with the database's clock.

    `first`, `at`, `unit`, `every` and `weekdays` are the rule on the member's wall clock; `zone` is
    the one that `next_at` was reckoned in. Once is an instant: `next_at`. Without `next_at` nothing
    comes any more. `cancelled_in`: the talk in which the member cancelled it.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    text = models.CharField(_("what"), max_length=TEXT_MAX_CHARS, blank=True)
    first = models.DateField(_("day"))
    at = models.TimeField(_("time"))
    unit = models.CharField(_("how often"), max_length=5, choices=Unit, blank=True, default="")
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = models.JSONField(default=list, blank=True)
    zone = models.CharField(max_length=64)
    by_mail = models.BooleanField(
        _("also by e-mail"),
        default=False,
        help_text=_("The mail says only that a reminder is due, not what of."),
    )
    next_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    session = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_in = models.ForeignKey(
        "talk.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = CreatedAtField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["next_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(cancelled_at=None, next_at__isnull=False),
                name="reminders_due",
            )
        ]

    def __str__(self) -> str:
        return f"reminder #{self.pk}"

    @property
    def rule(self) -> Rule:
        unit = cast(schedule.Unit, self.unit)
        instant = None if unit else self.next_at
        return Rule(self.first, self.at, unit, self.every, tuple(self.weekdays), instant)


class DueReminderQuerySet(models.QuerySet["DueReminder"]):
    def for_member(self, user: Member) -> Self:
        return self.filter(reminder__member_id=user.pk)

    def unseen(self) -> Self:
        return self.filter(seen_at=None)

    def mails(self, at: datetime) -> Self:
        """Mails that are to be tried now."""
        return self.filter(mail_at__lte=at, mail_attempts__lt=MAIL_ATTEMPTS)


class DueReminder(models.Model):
    """One time at which a reminder was due: shown on the member's pages until they have seen it.

    `mail_at`: when its mail is tried next; without it there is none to send.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="times")
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    created_at = CreatedAtField()

    objects = DueReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reminder", "due_at"], name="reminded_once")]
        indexes = [
            models.Index(
                fields=["mail_at"],
                condition=models.Q(mail_at__isnull=False),
                name="reminder_mails",
            )
        ]

    def __str__(self) -> str:
        return f"due reminder #{self.pk}"
