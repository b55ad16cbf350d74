"""Reviewed safety content. Edited in the console, never written by a model."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handoff.timeouts import STALE_CRISIS_DATA


class CrisisResourceQuerySet(models.QuerySet["CrisisResource"]):
    def unchecked(self, today: date) -> Self:
        """What members are shown although nobody has called or looked it up for too long."""
        old = Q(checked_on=None) | Q(checked_on__lt=today - STALE_CRISIS_DATA)
        return self.filter(old, active=True)


class CrisisResource(models.Model):
    """One way to reach help in one country ("" stands for everywhere)."""

    class Topic(models.TextChoices):
        EMERGENCY = "emergency", _("emergency number")
        CRISIS = "crisis", _("emotional crisis")
        EATING = "eating", _("eating disorders")
        POISON = "poison", _("poisoning advice")
        MEDICAL = "medical", _("medical advice")
        ABUSE = "abuse", _("abuse and violence")

    country = models.CharField(_("country (ISO code)"), max_length=2, blank=True)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    name = models.CharField(_("name"), max_length=80)
    number = models.CharField(_("telephone"), max_length=30, blank=True)
    sms = models.CharField(_("text message"), max_length=60, blank=True)
    url = models.URLField(_("web"), blank=True)
    hours = models.CharField(_("hours"), max_length=60, default="24/7")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    spoken = models.CharField(
        _("what the coach says"), max_length=200, blank=True, help_text=_("One short sentence.")
    )
    order = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(_("shown"), default=True)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Call or look it up every 90 days.")
    )

    objects = CrisisResourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["country", "topic", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.country or '*'} {self.name}"

    @property
    def tel(self) -> str:
        """The number as a link wants it: digits and a leading plus."""
        plus = "+" if self.number.startswith("+") else ""
        return plus + "".join(c for c in self.number if c.isdigit())

    @property
    def sms_number(self) -> str:
        """Where a text message goes: the last word, "SHOUT to 85258" goes to 85258."""
        return "".join(c for c in self.sms.split(" to ")[-1] if c.isdigit())

    @property
    def sms_word(self) -> str:
        """What the message must say, if anything: "SHOUT"."""
        return self.sms.split(" to ")[0] if " to " in self.sms else ""


class Script(models.Model):
    """A reviewed line that the coach says word for word."""

    class Moment(models.TextChoices):
        FIRST = "first", _("first answer to a disclosure")
        STAY = "stay", _("while a person is being called")
        LOST = "lost", _("the expert's connection was lost")

    code = models.CharField(
        _("code"), max_length=12, blank=True, help_text=_("Empty: for every code.")
    )
    moment = models.CharField(_("moment"), max_length=8, choices=Moment)
    language = models.CharField(_("language"), max_length=12, default="en")
    order = models.PositiveSmallIntegerField(default=10)
    text = models.CharField(_("text"), max_length=600)
    locked = models.BooleanField(
        _("locked"), default=True, help_text=_("Only a supervisor unlocks a reviewed line.")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["language", "moment", "code", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.code or '*'} {self.moment}"
