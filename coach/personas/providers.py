"""Who can hear and speak for a persona, with which models and at what price. Rows, never keys."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=90)


class Seeded(models.Model):
    """A row that came with the product, and what it said then.

    An update of the product changes a field only while it still says what the product last wrote.
    """

    seeded = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


def _socket(url: str) -> None:
    if url and not url.startswith(("ws://", "wss://")):
        raise ValidationError(
            _("An address that begins with wss:// (or ws:// in your own network).")
        )


def _names(value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise ValidationError(_('A list of names, as ["en", "de"], or [].'))


class Provider(Seeded):
    """A server of the Realtime protocol."""

    class Style(models.TextChoices):
        OPENAI = "openai", _("OpenAI")
        AZURE = "azure", _("Azure")
        COMPATIBLE = "compatible", _("compatible server")

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=60)
    style = models.CharField(_("style"), max_length=12, choices=Style, default=Style.COMPATIBLE)
    url = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        validators=[_socket],
        help_text=_("Of the Realtime socket, without the model. Empty: our own engine."),
    )
    key_name = models.CharField(
        _("name of the key"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9_]+$", _("Capital letters, digits and _."))],
        help_text=_(
            "OPENAI stands for the environment variable COACH_KEY_OPENAI, or the file that "
            "COACH_KEY_OPENAI_FILE names. The key itself is never kept here."
        ),
    )
    default_model = models.CharField(
        _("model unless the persona names one"),
        max_length=80,
        blank=True,
        help_text=_("Azure: the name of the deployment."),
    )
    transcription_model = models.CharField(
        _("model that writes down what is heard"), max_length=80, default="gpt-transcribe"
    )
    translation_model = models.CharField(
        _("model that translates live"),
        max_length=80,
        blank=True,
        help_text=_(
            "Of its translation sessions (…/realtime/translations), for the interpreter. Empty: "
            "it has none."
        ),
    )
    retention_ratio = models.FloatField(
        _("share of a full context that is kept"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_("Dropping much at once keeps the rest cached. Empty: the server decides."),
    )
    safety_id = models.BooleanField(
        _("tell a pseudonym of the member"),
        default=False,
        help_text=_(
            "OpenAI and Azure always get one, so that they can act on misuse by one person."
        ),
    )
    images = models.BooleanField(_("takes pictures"), default=False)
    scripted = models.BooleanField(
        _("follows authored lines"),
        default=False,
        help_text=_(
            "Our own engine without a language model: lessons bring every line themselves."
        ),
    )
    answers_itself = models.BooleanField(
        _("answers speech by itself"),
        default=False,
        help_text=_("For servers that answer each utterance whatever they are told."),
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        validators=[_names],
        help_text=_('["en"], or [] for any.'),
    )
    voices = models.JSONField(
        _("voices"),
        default=list,
        blank=True,
        validators=[_names],
        help_text=_("Their names, or [] if not known."),
    )
    max_sessions = models.PositiveIntegerField(
        _("talks at once"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The next ones wait in line. Empty: as many as the site's settings say."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def tells_member(self) -> bool:
        """Whether a pseudonym of the member is sent along."""
        return self.safety_id or self.style != self.Style.COMPATIBLE

    @property
    def needs_key(self) -> bool:
        return bool(self.key_name) or self.style != self.Style.COMPATIBLE


class EngineModel(Seeded):
    """A model of a provider: how much it holds, until when it runs, what it costs."""

    class Kind(models.TextChoices):
        REALTIME = "realtime", _("hears and speaks")
        TRANSCRIPTION = "transcription", _("writes down")
        LIVE = "live", _("live, billed by the minute")
        TRANSLATION = "translation", _("translates live, billed by the minute")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="engine_models")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.REALTIME)
    context = models.PositiveIntegerField(_("context (tokens)"), null=True, blank=True)
    max_output = models.PositiveIntegerField(_("longest answer (tokens)"), null=True, blank=True)
    reasons = models.BooleanField(_("takes a reasoning effort"), default=False)
    shutdown_on = models.DateField(_("shuts down on"), null=True, blank=True)

    class Meta:
        ordering = ["provider", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "name"], name="one_row_per_model")
        ]

    def __str__(self) -> str:
        return self.name

    def ends_within(self, span: timedelta, today: date) -> bool:
        """Whether it is shut down by `today` + `span`; past shutdowns count."""
        return self.shutdown_on is not None and self.shutdown_on <= today + span

    def price_on(self, day: date) -> "ModelPrice | None":
        """The price that holds on `day`; None when none was known then."""
        known = [price for price in self.prices.all() if price.from_date <= day]
        return max(known, key=lambda price: price.from_date, default=None)


def _tokens(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=10, decimal_places=4, null=True, blank=True)


class ModelPrice(Seeded):
    """What a model costs in USD from a day on: tokens per million, speech per second or minute.

    What is empty is not charged, or not known.
    """

    model = models.ForeignKey(EngineModel, on_delete=models.CASCADE, related_name="prices")
    from_date = models.DateField(_("from"))
    text_in = _tokens(_("text in"))
    text_cached = _tokens(_("text in, cached"))
    text_out = _tokens(_("text out"))
    audio_in = _tokens(_("audio in"))
    audio_cached = _tokens(_("audio in, cached"))
    audio_out = _tokens(_("audio out"))
    image_in = _tokens(_("image in"))
    image_cached = _tokens(_("image in, cached"))
    per_second = models.DecimalField(
        _("per second"), max_digits=12, decimal_places=8, null=True, blank=True
    )
    per_minute = models.DecimalField(
        _("per minute"), max_digits=12, decimal_places=8, null=True, blank=True
    )

    class Meta:
        ordering = ["model", "-from_date"]
        constraints = [
            models.UniqueConstraint(fields=["model", "from_date"], name="one_price_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.from_date}"

    @property
    def a_second(self) -> Decimal | None:
        """USD for a second of speech, however the provider counts it."""
        if self.per_second is not None:
            return self.per_second
        return None if self.per_minute is None else self.per_minute / 60
