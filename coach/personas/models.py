"""Persona: who speaks for the AI. A session freezes what it needs of one in its Brief."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Persona(models.Model):
    class Kind(models.TextChoices):
        NUTRITION = "nutrition", _("nutrition coach")
        LESSON = "lesson", _("lesson partner")

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
    model = models.CharField(
        _("model"), max_length=80, blank=True, help_text=_("Empty: the house default.")
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

    def snapshot(self) -> dict[str, Any]:
        """Everything a Brief or a version needs, as plain JSON."""
        names = "slug name kind language manner instructions greeting tools voice speed model"
        return {name: getattr(self, name) for name in (*names.split(), "silence_ms", "version")}


class PersonaVersion(models.Model):
    """What a persona was, each time it was saved. Append-only."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["persona", "version"], name="one_row_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.persona} v{self.version}"
