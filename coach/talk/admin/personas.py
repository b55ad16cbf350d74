"""Personas in the admin console.

It stands here and not beside the model because the choice of tools is the talk's registry.
"""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from coach.counted_deletion import CountedDeletion
from coach.personas.actions import save_persona
from coach.personas.engines import engine_for
from coach.personas.models import Persona, PersonaVersion
from coach.talk.registries.tools import tool_names


class PersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    tools = forms.MultipleChoiceField(
        label=_("Tools"),
        required=False,
        choices=lambda: [(name, name.replace("_", " ")) for name in tool_names()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("What the coach may do. A talk that is running keeps the tools it began with."),
    )

    class Meta:
        model = Persona
        fields = (
            "name", "slug", "kind", "active", "tagline", "language", "manner", "greeting",
            "instructions", "tools", "voice", "speed", "provider", "model", "reasoning_effort",
            "turn_detection", "eagerness", "silence_ms", "noise_reduction",
        )  # fmt: skip
        widgets = {"instructions": UnfoldAdminTextareaWidget(attrs={"rows": 18})}


class VersionInline(TabularInline):  # type: ignore[misc]
    model = PersonaVersion
    fields = ("version", "created_at", "as_text")
    readonly_fields = fields
    extra = 0
    can_delete = False
    verbose_name_plural = _("versions")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("content"))
    def as_text(self, version: PersonaVersion) -> SafeString:
        text = json.dumps(version.content, ensure_ascii=False, indent=2)
        return format_html("<details><summary>{}</summary><pre>{}</pre></details>", _("Show"), text)


@admin.register(Persona)
class PersonaAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    form = PersonaForm
    inlines: ClassVar[list[Any]] = [VersionInline]
    list_display = (
        "name",
        "kind",
        "language",
        "provider",
        "voice",
        "active",
        "version",
        "updated_at",
    )
    list_filter = ("kind", "active", "language")
    search_fields = ("name", "slug", "tagline")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("kind", "language"), "tagline", "active")}),
        (_("What it says"), {"fields": ("greeting", "manner", "instructions")}),
        (_("What it may do"), {"fields": ("tools",)}),
        (
            _("Voice and engine"),
            {
                "fields": (
                    ("provider", "model"),
                    ("voice", "speed"),
                    ("turn_detection", "eagerness"),
                    ("silence_ms", "noise_reduction"),
                    "reasoning_effort",
                )
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # A coach without tools can only talk: a new one begins with those of the first.
        first = Persona.objects.filter(kind=Persona.Kind.NUTRITION).order_by("pk").first()
        given: dict[str, Any] = {"tools": first.tools} if first else {}
        return {**given, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Persona, form: Any, change: bool) -> None:
        save_persona(obj)
        for doubt in _doubts(obj):
            messages.warning(request, doubt)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Talks point to their persona; one that is no longer wanted is made inactive.
        return super().has_delete_permission(request, obj) and not _in_use(obj)


def _doubts(persona: Persona) -> list[str]:
    """What may not work with this engine; providers change, so nothing of it is forbidden."""
    engine = engine_for(persona)
    doubts = []
    if not persona.tools and persona.kind == Persona.Kind.NUTRITION:
        doubts.append(
            gettext("It has no tools: it can talk, and neither look up nor log anything.")
        )
    if engine.voices and persona.voice not in engine.voices:
        doubts.append(
            gettext("%(provider)s is not known to have the voice “%(voice)s”.")
            % {"provider": engine.name, "voice": persona.voice}
        )
    if engine.languages and persona.language.split("-")[0] not in engine.languages:
        doubts.append(
            gettext("%(provider)s is not known to speak “%(language)s”.")
            % {"provider": engine.name, "language": persona.language}
        )
    if engine.needs_key and not engine.key:
        doubts.append(gettext("There is no key for %(provider)s.") % {"provider": engine.name})
    return doubts


def _in_use(persona: Persona | None) -> bool:
    return persona is not None and persona.sessions.exists()
