"""What talks cost, and what they may cost. Part of `coach.talk.models`."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField


class Usage(models.Model):
    """What a response, transcription, note, stretch of translation or summary took, at its price.

    A translation belongs to no talk, and so has no session. A summary is read by an expert: it
    counts for the site and for no member.

    The books outlive the people in them: who deletes their account leaves numbers without a name.
    """

    class Kind(models.TextChoices):
        RESPONSE = "response", _("response")
        TRANSCRIPTION = "transcription", _("transcription")
        NOTE = "note", _("voice note")
        TRANSLATION = "translation", _("translation")
        SUMMARY = "summary", _("summary for an expert")

    session = models.ForeignKey(
        "talk.Session", null=True, on_delete=models.SET_NULL, related_name="usage"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="usage"
    )
    persona = models.ForeignKey(
        "personas.Persona", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    ref = models.CharField(max_length=80)  # the engine's id of it
    status = models.CharField(max_length=12, blank=True)
    provider = models.CharField(_("provider"), max_length=60, blank=True)
    model = models.CharField(_("model"), max_length=80, blank=True)

    text_in = models.PositiveIntegerField(_("text in"), default=0)
    audio_in = models.PositiveIntegerField(_("audio in"), default=0)
    image_in = models.PositiveIntegerField(_("image in"), default=0)
    # Cached tokens are a part of those in.
    text_cached = models.PositiveIntegerField(default=0)
    audio_cached = models.PositiveIntegerField(default=0)
    image_cached = models.PositiveIntegerField(default=0)
    text_out = models.PositiveIntegerField(_("text out"), default=0)
    audio_out = models.PositiveIntegerField(_("audio out"), default=0)
    reasoning = models.PositiveIntegerField(default=0)
    seconds = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)

    cost = models.DecimalField(
        _("cost (USD)"), max_digits=14, decimal_places=8, null=True, blank=True
    )  # null: no price was known
    priced_by = models.DateField(null=True, blank=True)  # from when on that price holds
    member_day = models.DateField()  # the member's diary day
    house_day = models.DateField()
    created_at = CreatedAtField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("usage")
        constraints = [
            models.UniqueConstraint(fields=["session", "kind", "ref"], name="usage_once"),
            models.UniqueConstraint(
                fields=["ref"], condition=models.Q(kind="translation"), name="translation_once"
            ),
        ]
        # With the cost, so that a budget is summed from the index alone.
        indexes = [
            models.Index(fields=["house_day", "cost"], name="usage_house_day"),
            models.Index(fields=["member", "member_day", "cost"], name="usage_member_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def read(self) -> int:
        """Tokens in, of all kinds."""
        return self.text_in + self.audio_in + self.image_in

    @property
    def cached(self) -> int:
        return self.text_cached + self.audio_cached + self.image_cached

    @property
    def written(self) -> int:
        return self.text_out + self.audio_out


class MemberBudget(models.Model):
    """What one member may cost a day, instead of the setting for all members."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="budget",
    )
    usd = models.DecimalField(
        _("USD a day"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty: no limit for this member. 0: no talks with the coach."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["member"]

    def __str__(self) -> str:
        return f"{self.member}"


class HouseNotice(models.Model):
    """The site reached so many hundredths of a day's budget: said once a day."""

    day = models.DateField()
    percent = models.PositiveSmallIntegerField()
    at = CreatedAtField()

    class Meta:
        ordering = ["-day", "-percent"]
        constraints = [models.UniqueConstraint(fields=["day", "percent"], name="house_notice_once")]

    def __str__(self) -> str:
        return f"{self.percent} % {self.day}"
