"""Lessons and attempts in the console, to read: lessons are files, or written by teachers."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from coach.counted_deletion import CountedDeletion
from coach.lessons.models import Attempt, ObjectiveMet, OwnLesson
from coach.lessons.overview import counts, listed
from coach.lessons.scenario import LEVELS
from coach.read_only_admin import ReadOnly


@admin.register(OwnLesson)
class LessonsAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    """One page with all lessons, whether they are rows or files."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [path("", view(self.page), name="lessons_ownlesson_changelist")]

    def page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        lessons = listed()
        context = self.admin_site.each_context(request) | {
            "title": _("Lessons"),
            "lessons": lessons,
            "levels": LEVELS,
            "counts": counts(lessons),
        }
        return TemplateResponse(request, "admin/lessons.html", context)


class ObjectiveMetInline(TabularInline):  # type: ignore[misc]
    model = ObjectiveMet
    extra = 0
    can_delete = False
    readonly_fields = ("objective", "turn", "created_at")


@admin.register(Attempt)
class AttemptAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    list_display = ("slug", "member", "started_at", "finished_at")
    list_filter = ("slug",)
    ordering = ("-pk",)
    show_full_result_count = False
    readonly_fields = (
        "member",
        "session",
        "slug",
        "free",
        "version",
        "preview",
        "standing",
        "hints",
        "started_at",
        "finished_at",
    )
    inlines = (ObjectiveMetInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
