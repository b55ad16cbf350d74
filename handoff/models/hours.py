"""When the desk is open, and who can be called when it is not. Edited in the console."""

from datetime import time
from typing import ClassVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handoff.models.experts import Expert


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def check_zone(name: str) -> None:
    """Raise ValidationError unless it is the name of a time zone."""
    if name not in available_timezones():
        raise ValidationError(_("No such time zone. Write it as Europe/London."), code="zone")


class DeskZone(models.Model):
    """The time zone of the desk's hours: one row."""

    name = models.CharField(
        _("time zone of the desk"),
        max_length=64,
        default="UTC",
        validators=[check_zone],
        help_text=_("Opening hours and days off are meant in it: Europe/London, Asia/Kolkata …"),
    )

    class Meta:
        verbose_name = _("time zone of the desk")
        verbose_name_plural = _("time zone of the desk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="one_zone_of_the_desk")
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One interval of one weekday; a day may have several, as before and after lunch."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(
        _("from"),
        help_text=_(
            "As long as no hours are set at all, the desk is always open. While it is closed, only "
            "P0 and P1 ring; the others keep their place."
        ),
    )
    closes = models.TimeField(_("until"), help_text=_("00:00 is the end of the day."))

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=time.min),
                name="closes_after_it_opens",
                violation_error_message=_("It has to close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self) -> None:
        """Raise ValidationError where two intervals of a day meet: a day would count twice."""
        if None in (self.weekday, self.opens, self.closes):
            return  # their own fields have said so
        same_day = OpeningHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        for other in same_day:
            if self.opens < _end(other.closes) and other.opens < _end(self.closes):
                raise ValidationError(_("It overlaps with %(other)s.") % {"other": other})


class DayOff(models.Model):
    """A day on which the desk is closed, whatever the weekday."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        verbose_name = _("day off")
        verbose_name_plural = _("days off")

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class OnCall(models.Model):
    """An expert who can be called for P0 and P1 at any hour of a span, as supervisors always."""

    expert = models.ForeignKey(
        Expert,
        on_delete=models.CASCADE,
        related_name="on_call",
        verbose_name=_("expert"),
        help_text=_("P0 and P1 come to them however many conversations they have."),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(
        _("until"), help_text=_("They get a mail for each P0 and P1 that comes meanwhile.")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at"]
        verbose_name = _("on call")
        verbose_name_plural = _("on call")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ends_at"], name="on_call_until")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="on_call_ends_after_it_starts",
                violation_error_message=_("It has to end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.starts_at:%Y-%m-%d %H:%M}"


def _end(closes: time) -> time:
    return time.max if closes == time.min else closes
