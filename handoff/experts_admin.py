"""Experts in the console: what they can do, and how well they speak which language."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import JSONField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from coach.counted_deletion import CountedDeletion
from handoff import fluency
from handoff.models import Expert


class LanguagesField(forms.CharField):
    """Languages with their levels, written with commas between: «en native, de basic»."""

    def prepare_value(self, value: Any) -> Any:
        """The text of the field."""
        return fluency.written(value) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        """The levels by code."""
        return value if isinstance(value, dict) else fluency.read(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a person has written something else."""
        return bool(self.to_python(initial) != self.to_python(data))


@admin.register(Expert)
class ExpertAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    list_display = (
        *("user", "title", "spoken", "active", "supervisor", "status", "capacity"),
        "last_seen_at",
    )
    list_filter = ("active", "supervisor", "status", "title")
    search_fields = ("user__email", "user__display_name", "title")
    autocomplete_fields = ("user",)
    fields = ("user", "title", "active", "supervisor", "domains", "languages", "capacity", "veils")

    @admin.display(description=_("languages"))
    def spoken(self, expert: Expert) -> str:
        return fluency.written(expert.languages)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A sentence's worth of languages is typed as text, not as JSON."""
        if isinstance(db_field, JSONField) and db_field.name == "languages":
            return LanguagesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                widget=UnfoldAdminTextInputWidget,
                help_text=_(
                    "Their codes with a level, as: en native, de fluent, fr basic. Whoever speaks "
                    "a language a little is asked when nobody better can come in time."
                ),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
