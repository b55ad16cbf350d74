"""The people at the desk."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from handoff.fluency import check_languages, fluency_in


class Expert(models.Model):
    """A dietitian or teacher: what they can do, and whether they are there.

    What they chose (`status`) and whether their page is alive (`lease_until`) are two fields;
    only both together make them eligible. "Busy" is counted from rows and never stored.
    """

    class Status(models.TextChoices):
        OFFLINE = "offline", _("offline")
        AVAILABLE = "available", _("available")
        AWAY = "away", _("away")
        DRAINING = "draining", _("finishing, nothing new")
        UNRESPONSIVE = "unresponsive", _("did not answer")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expert"
    )
    active = models.BooleanField(_("active"), default=True)
    title = models.CharField(_("title members see"), max_length=60, default="dietitian")
    domains = models.JSONField(
        _("domains"),
        default=list,
        blank=True,
        help_text=_("Of: nutrition, language, crisis, eating_disorders, clinical, safeguarding."),
    )
    languages = models.JSONField(  # the level by code: {"en": "native", "de": "basic"}
        _("languages"), default=dict, blank=True, validators=[check_languages]
    )
    supervisor = models.BooleanField(_("supervisor or on call"), default=False)
    capacity = models.PositiveSmallIntegerField(
        _("conversations at once"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    veils = models.BooleanField(
        _("hides words while away"),
        default=True,
        help_text=_("The desk blurs what members said while its window is not in front, or idle."),
    )
    keys = models.JSONField(default=dict, blank=True)  # letters of their own: `handoff.keys`
    status = models.CharField(max_length=14, choices=Status, default=Status.OFFLINE)
    status_reason = models.CharField(max_length=80, blank=True)
    status_since = models.DateTimeField(null=True, blank=True)
    away_until = models.DateTimeField(null=True, blank=True)  # of a break that ends by itself
    last_seen_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    missed_offers = models.PositiveSmallIntegerField(default=0)
    last_released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.title}" if self.title else str(self.user)

    @property
    def group(self) -> str:
        """Channel-layer group of this expert's desk."""
        return f"desk.expert.{self.pk}"

    def live(self, at: datetime) -> bool:
        """Whether the desk page of this expert was heard of within the lease."""
        return self.lease_until is not None and self.lease_until > at

    def fluency(self, language: str) -> str:
        """How well the expert speaks it; "" when not at all."""
        return fluency_in(language, self.languages)

    def answers(self, at: datetime) -> bool:
        """Whether their page is open and they have not missed one offer after another."""
        return self.live(at) and self.status != self.Status.UNRESPONSIVE
