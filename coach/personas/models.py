"""Persona: who speaks for the AI. A session freezes what it needs of one in its Brief."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coach.clock import CreatedAtField
from coach.personas.engines import engine_for
from coach.personas.providers import EngineModel as EngineModel
from coach.personas.providers import ModelPrice as ModelPrice
from coach.personas.providers import Provider as Provider


class Persona(models.Model):
    class Kind(models.TextChoices):
        NUTRITION = "nutrition", _("nutrition coach")
        LESSON = "lesson", _("lesson partner")

    class Effort(models.TextChoices):
        NONE = "none", _("none")
        MINIMAL = "minimal", _("minimal")
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")
        XHIGH = "xhigh", _("very high")

    class TurnDetection(models.TextChoices):
        SERVER_VAD = "server_vad", _("by silence")
        SEMANTIC_VAD = "semantic_vad", _("by what is said")

    class Eagerness(models.TextChoices):
        LOW = "low", _("low: waits up to 8 s")
        MEDIUM = "medium", _("medium: up to 4 s")
        HIGH = "high", _("high: up to 2 s")

    class NoiseReduction(models.TextChoices):
        NEAR = "near_field", _("a headset or a phone at the ear")
        FAR = "far_field", _("a laptop or a room")

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NUTRITION)
    tagline = models.CharField(_("one line for members"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    manner = models.CharField(_("manner"), max_length=200, blank=True)
    instructions = models.TextField(_("instructions"), max_length=12_000)
    greeting = models.CharField(
        _("greeting"), max_length=300, help_text=_("“{name}” becomes the member's name.")
    )
    tools = models.JSONField(_("tools"), default=list, blank=True)
    voice = models.CharField(_("voice"), max_length=60, default="marin")
    speed = models.FloatField(
        _("speed"), default=1.0, validators=[MinValueValidator(0.25), MaxValueValidator(1.5)]
    )
    provider = models.ForeignKey(
        Provider,
        verbose_name=_("provider"),
        on_delete=models.PROTECT,
        related_name="personas",
        null=True,
        blank=True,
        help_text=_("Empty: the site's engine."),
    )
    model = models.CharField(
        _("model"), max_length=80, blank=True, help_text=_("Empty: the provider's default.")
    )
    reasoning_effort = models.CharField(
        _("reasoning effort"),
        max_length=8,
        choices=Effort,
        blank=True,
        help_text=_("Only for models that reason. Empty: the model's default."),
    )
    turn_detection = models.CharField(
        _("how the end of a turn is found"),
        max_length=12,
        choices=TurnDetection,
        default=TurnDetection.SERVER_VAD,
    )
    eagerness = models.CharField(
        _("eagerness to answer"),
        max_length=8,
        choices=Eagerness,
        blank=True,
        help_text=_("Only where the end of a turn is found by what is said."),
    )
    noise_reduction = models.CharField(
        _("noise reduction"), max_length=12, choices=NoiseReduction, blank=True
    )
    silence_ms = models.PositiveIntegerField(
        _("silence that ends a turn (ms)"),
        default=500,
        validators=[MinValueValidator(200), MaxValueValidator(5000)],
    )
    active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError where two settings contradict each other."""
        if self.eagerness and self.turn_detection != self.TurnDetection.SEMANTIC_VAD:
            raise ValidationError(
                {"eagerness": _("Only where the end of a turn is found by what is said.")}
            )
        if self.reasoning_effort and not self._reasons():
            raise ValidationError({"reasoning_effort": _("This model takes no reasoning effort.")})

    def _reasons(self) -> bool:
        return engine_for(self).reasons

    def snapshot(self) -> dict[str, Any]:
        """Everything a Brief or a version needs, as plain JSON."""
        names = (
            "slug name kind language manner instructions greeting tools voice speed model "
            "silence_ms reasoning_effort turn_detection eagerness noise_reduction version"
        )
        content = {name: getattr(self, name) for name in names.split()}
        return content | {"provider": self.provider.slug if self.provider else ""}


class PersonaVersion(models.Model):
    """What a persona was, each time it was saved. Append-only."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = CreatedAtField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["persona", "version"], name="one_row_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.persona} v{self.version}"
