"""How often members were told where there is help in a crisis: to be counted, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CrisisReferral(models.Model):
    """One card that named whom to call. Append-only.

    It leads to no talk and to no member, and tells the month alone: so it may be published, and
    stays when a member's account is erased.
    """

    class Shown(models.TextChoices):
        """The kind of card."""

        CRISIS = "crisis", _("emergency, a person is called")
        SAFETY = "safety", _("urgent, a person is called")
        SUPPORT = "support", _("in case it is needed, nobody is called")

    month = models.DateField()  # its first day, as the desk's calendar has it
    shown = models.CharField(max_length=8, choices=Shown)
    code = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)  # of the member's time zone
    resources = models.JSONField(default=list)  # the names on the card, first of all the first

    class Meta:
        ordering = ["month", "pk"]
        indexes = [models.Index(fields=["month"], name="crisis_referral_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.code}"
