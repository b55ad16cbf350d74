"""Erased accounts in the console: to be read."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from coach.privacy.models import Erasure
from coach.read_only_admin import ReadOnly


@admin.register(Erasure)
class ErasureAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("number", "at")
    ordering = ("-pk",)
    show_full_result_count = False
