"""Reminders in the console: a list without their words, never to be edited."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from coach.read_only_admin import ListOnly
from coach.reminders.models import Reminder


@admin.register(Reminder)
class ReminderAdmin(ListOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("next_at", "member", "unit", "by_mail", "cancelled_at")
    list_filter = ("unit", "by_mail")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    ordering = ("-pk",)
    show_full_result_count = False
