"""Attempts in the console, to read. Lessons themselves are files."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from coach.lessons.models import Attempt, ObjectiveMet


class ObjectiveMetInline(TabularInline):  # type: ignore[misc]
    model = ObjectiveMet
    extra = 0
    can_delete = False
    readonly_fields = ("objective", "turn", "created_at")


@admin.register(Attempt)
class AttemptAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("slug", "member", "started_at", "finished_at")
    list_filter = ("slug",)
    readonly_fields = (
        "member",
        "session",
        "slug",
        "standing",
        "hints",
        "started_at",
        "finished_at",
    )
    inlines = (ObjectiveMetInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
