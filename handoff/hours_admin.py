"""The desk's hours in the console: intervals of the week, days off, time zone, who is on call."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from handoff.models import DayOff, DeskZone, OnCall, OpeningHours


@admin.register(OpeningHours)
class OpeningHoursAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("__str__", "weekday", "opens", "closes")
    list_filter = ("weekday",)


@admin.register(DayOff)
class DayOffAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("day", "name")
    date_hierarchy = "day"


@admin.register(DeskZone)
class DeskZoneAdmin(ModelAdmin):  # type: ignore[misc]
    """There is one row, and it is changed."""

    list_display = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OnCall)
class OnCallAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("expert", "starts_at", "ends_at")
    list_select_related = ("expert__user",)
    autocomplete_fields = ("expert",)
    date_hierarchy = "starts_at"
