"""People in the admin console."""

from typing import Any, ClassVar

from axes.admin import AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from coach.counted_deletion import CountedDeletion
from coach.people.actions import agree, set_targets
from coach.people.actions.rows import hold
from coach.people.forms.shown import ChangesForm
from coach.people.models import HealthFact, Measurement, MemoryItem, Profile, User
from coach.people.models.health import Source
from coach.read_only_admin import ListOnly

for _model in (Group, AccessLog, AccessFailureLog):
    admin.site.unregister(_model)


class NewUserForm(UserCreationForm):  # type: ignore[misc]
    class Meta:
        model = User
        fields = ("email",)


class ProfileInline(StackedInline):  # type: ignore[misc]
    model = Profile
    form = ChangesForm
    fk_name = "user"
    can_delete = False
    extra = 0
    readonly_fields = ("targets_by", "updated_at")
    fieldsets = (
        (
            _("Body and goal"),
            {"fields": (("born_on", "sex"), ("height_cm", "weight_kg"), ("activity", "goal"))},
        ),
        (
            _("Food and health"),
            {
                "fields": (
                    "allergies",
                    "conditions",
                    "medicines",
                    "eating_style",
                    "pregnant",
                    "eating_concern",
                    "day_starts_hour",
                )
            },
        ),
        (
            _("Targets set by a dietitian"),
            {
                "fields": (
                    ("target_kcal", "target_protein_g"),
                    ("target_carbohydrate_g", "target_fat_g"),
                    ("targets_by", "updated_at"),
                )
            },
        ),
    )


@admin.register(User)
class UserAdmin(CountedDeletion, DjangoUserAdmin, ModelAdmin):  # type: ignore[misc, type-arg]
    form = UserChangeForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    inlines: ClassVar[list[Any]] = [ProfileInline]
    list_display = ("email", "display_name", "time_zone", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "is_demo")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined", "is_demo")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("display_name", "time_zone", "language", "is_demo")}),
        (_("Talking"), {"fields": ("listening_mode", "noise_reduction", "headphones_hint")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "password1", "password2")}),)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # A password is a way in: who may edit people must not become an administrator by it.
        allowed = bool(super().has_change_permission(request, obj))
        above = obj is not None and obj.is_superuser and not _is_superuser(request)
        return allowed and not above

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        rights = () if _is_superuser(request) else ("is_staff", "is_superuser", "user_permissions")
        return (*super().get_readonly_fields(request, obj), *rights)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        # A new person has no profile yet: first the address and a password.
        return [] if obj is None else list(self.inlines)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Whoever changes a member's targets here is named as the one who set them."""
        if formset.model is not Profile or not isinstance(request.user, User):
            super().save_formset(request, form, formset, change)
            return
        for row in formset.forms:
            # The row as it is now, with what was changed here and nothing else.
            hold(row.instance.user)
            if row.instance.pk:
                row.instance.refresh_from_db()
                construct_instance(row, row.instance, row.changed_data)
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            changed = [name for name in row.changed_data if name.startswith("target_")]
            targets = {name.removeprefix("target_"): row.cleaned_data[name] for name in changed}
            if targets:
                set_targets(row.instance, request.user, targets)
            agree(row.instance, Source.EXPERT, row.changed_data)


@admin.register(HealthFact)
class HealthFactAdmin(ListOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "member", "kind", "source", "noted_at")
    list_filter = ("kind", "source")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Measurement)
class MeasurementAdmin(ListOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("measured_at", "member", "kind", "source", "undone_at")
    list_filter = ("kind", "source")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(MemoryItem)
class MemoryItemAdmin(ListOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "member", "by")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    ordering = ("-pk",)
    show_full_result_count = False


class SignIns:
    """A list that grows with each sign-in: in the order of its keys, with nothing counted twice."""

    date_hierarchy = None
    list_filter = ("attempt_time",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(AccessLog)
class SignInAdmin(SignIns, AccessLogAdmin, ModelAdmin):  # type: ignore[misc]
    pass


@admin.register(AccessFailureLog)
class FailedSignInAdmin(SignIns, AccessFailureLogAdmin, ModelAdmin):  # type: ignore[misc]
    pass


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
