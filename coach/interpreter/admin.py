"""Meetings in the console: which there were, never what was said in them."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from coach.interpreter.models import Meeting
from coach.read_only_admin import ListOnly


@admin.register(Meeting)
class MeetingAdmin(ListOnly, ModelAdmin):  # type: ignore[misc]
    list_display = (
        *("member", "language_a", "language_b", "way", "mode", "provider", "model"),
        *("last_seq", "started_at", "ended_at"),
    )
    list_filter = ("mode", "way")
    list_select_related = ("member",)
