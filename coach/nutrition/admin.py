"""Foods and meals in the admin console."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from coach.counted_deletion import CountedDeletion
from coach.nutrition.models import Food, FoodName, Portion
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.read_only_admin import ReadOnly


class PortionInline(TabularInline):  # type: ignore[misc]
    model = Portion
    fields = ("text", "grams", "position")
    extra = 1


class FoodNameInline(TabularInline):  # type: ignore[misc]
    model = FoodName
    fields = ("name",)
    extra = 1


@admin.register(Food)
class FoodAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    """A dietitian adds foods here that the public tables lack."""

    inlines: ClassVar[list[Any]] = [PortionInline, FoodNameInline]
    list_display = ("name", "source", "kcal", "protein_g", "carbohydrate_g", "fat_g")
    list_filter = ("source", "searchable")
    search_fields = ("name", "other_names__name", "source_id")
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("source", "source_id", "updated_at")
    fieldsets = (
        (None, {"fields": ("name", "group", ("source", "source_id"), "searchable")}),
        (
            _("In 100 grams"),
            {
                "fields": (
                    ("kcal", "protein_g"),
                    ("carbohydrate_g", "sugar_g"),
                    ("fat_g", "saturated_fat_g"),
                    ("fibre_g", "sodium_mg"),
                    "others",
                )
            },
        ),
        (None, {"fields": ("updated_at",)}),
    )


class MealItemInline(TabularInline):  # type: ignore[misc]
    model = MealItem
    fields = ("name", "amount", "grams", "kcal", "protein_g", "carbohydrate_g", "fat_g")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meal)
class MealAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    """A list names no food and no value: only the look at one meal is written down."""

    inlines: ClassVar[list[Any]] = [MealItemInline]
    list_display = ("member", "day", "slot", "eaten_at", "deleted_at")
    list_filter = ("slot", "day")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(DiaryChange)
class DiaryChangeAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    show_full_result_count = False
    list_display = ("member", "verb", "created_at", "undone_at")
    list_filter = ("verb",)
    list_select_related = ("member",)
    search_fields = ("member__email",)
