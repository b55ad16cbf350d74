"""The desk in the console: experts, numbers and reviewed lines to edit, everything else to read."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from coach import clock
from coach.counted_deletion import CountedDeletion
from coach.errors import CoachError, Refused
from coach.read_only_admin import ReadOnly
from coach.talk.admin.sessions import OfTalk, SessionAdmin
from coach.talk.models import Session
from coach.types import Member
from handoff import experts_admin as experts_admin
from handoff import hours_admin as hours_admin
from handoff import screening_admin as screening_admin
from handoff.actions import pull
from handoff.actions.reviewing import review
from handoff.models import (
    AuditRead,
    CannedReply,
    CrisisResource,
    Escalation,
    EscalationEvent,
    FlagRecord,
    IntakePause,
    Offer,
    Script,
    ServiceClock,
)
from handoff.outside import console as console
from handoff.reads_admin import AuditedAdmin
from handoff.safety.crisis import MAX_SPOKEN, longest_numbers
from handoff.timeouts import STALE_CRISIS_DATA
from handoff.views.access import expert_of, note_console_read

LONGEST_NAME = 60


class EventInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = EscalationEvent
    fields = readonly_fields = ("seq", "kind", "changes", "note", "actor", "at")
    extra = 0
    tab = True


class OfferInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Offer
    fields = readonly_fields = (
        "expert",
        "kind",
        "state",
        "ring",
        "reason",
        "created_at",
        "answered_at",
        "ended_at",
    )
    extra = 0
    tab = True


def _late() -> QuerySet[ServiceClock]:
    """What was promised for a case and has not come in time."""
    breached = ServiceClock.Stage.BREACHED
    return ServiceClock.objects.filter(
        escalation=OuterRef("pk"), stopped_at=None, stage__gte=breached
    )


class LateFilter(admin.SimpleListFilter):
    """Cases for which something that was promised has not come in time."""

    title = _("late")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The one choice beside «all»."""
        return [("yes", _("late"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Escalation]
    ) -> QuerySet[Escalation]:
        """Those that are late, where that is chosen."""
        return queryset.filter(Exists(_late())) if self.value() == "yes" else queryset


@admin.register(Escalation)
class EscalationAdmin(AuditedAdmin, ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("__str__", "state", "domain", "owner", "late", "created_at")
    list_filter = (
        "created_at",
        "state",
        "tier",
        "domain",
        LateFilter,
        "needs_attention",
        "flag_right",
    )
    list_select_related = ("owner__user",)
    search_fields = ("=pk", "code", "member__email")
    show_full_result_count = False
    inlines = (EventInline, OfferInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Escalation]:
        """The cases, each with whether it is late."""
        rows: QuerySet[Escalation] = super().get_queryset(request)
        return rows.annotate(is_late=Exists(_late()))

    @admin.display(description=_("late"), boolean=True)
    def late(self, row: Escalation) -> bool:
        """Whether something that was promised for it has not come in time."""
        return bool(row.is_late)  # type: ignore[attr-defined]  # annotated above


@admin.register(FlagRecord)
class FlagRecordAdmin(AuditedAdmin, ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("__str__", "source", "speaker", "escalation", "created_at")
    list_filter = ("severity", "code", "source", "speaker")
    list_select_related = ("escalation",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(AuditRead)
class AuditReadAdmin(OfTalk, ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("reader", "member", "what", "session", "escalation", "reason", "at")
    list_filter = ("what",)
    list_select_related = ("reader", "member", "session", "escalation")
    search_fields = ("reader__email", "member__email")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(IntakePause)
class IntakePauseAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("starts_at", "until", "by", "reason", "ended_at", "ended_by")
    list_select_related = ("by__user", "ended_by__user")
    date_hierarchy = "starts_at"


@admin.register(CrisisResource)
class CrisisResourceAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    list_display = (
        "name",
        "country",
        "topic",
        "number",
        "hours",
        "active",
        "checked",
        "checked_on",
    )
    list_filter = ("country", "topic", "active")
    search_fields = ("name", "number")
    list_display_links = ("name",)

    @admin.display(boolean=True, description=_("checked within 90 days"))
    def checked(self, row: CrisisResource) -> bool:
        today = clock.host_today()
        return row.checked_on is not None and today - row.checked_on <= STALE_CRISIS_DATA


class ScriptForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line must fit with the longest name and telephone numbers: numbers are never cut."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text = data.get("text")
        if not text:
            return data
        code, moment = data.get("code", ""), data.get("moment", "")
        numbers = longest_numbers(code) if moment == Script.Moment.FIRST else ""
        said = text.replace("{numbers}", numbers).replace("{name}", "N" * LONGEST_NAME)
        if len(said) > MAX_SPOKEN:
            over = _("With the longest name and numbers this is %(over)d characters too long.")
            self.add_error("text", over % {"over": len(said) - MAX_SPOKEN})
        return data


@admin.register(Script)
class ScriptAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    """A locked line was reviewed: only a superuser unlocks it, then it can be edited."""

    form = ScriptForm
    list_display = ("__str__", "language", "text", "locked", "reviewed_on")
    list_filter = ("moment", "language", "locked")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Script | None = None
    ) -> tuple[str, ...]:
        if obj is None or not obj.locked:
            return ()
        everything = ("code", "moment", "language", "order", "text", "reviewed_on")
        unlocks = getattr(request.user, "is_superuser", False)
        return everything if unlocks else (*everything, "locked")

    def has_delete_permission(self, request: HttpRequest, obj: Script | None = None) -> bool:
        return obj is None or not obj.locked


@admin.register(CannedReply)
class CannedReplyAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    """Ready sentences. A review is of the text as it stands: to change it takes the review away."""

    list_display = ("__str__", "title", "text", "active", "reviewed_on", "reviewed_by")
    list_filter = ("language", "active", ("reviewed_on", admin.EmptyFieldListFilter))
    list_select_related = ("reviewed_by",)
    search_fields = ("key", "title", "text")
    readonly_fields = ("reviewed_on", "reviewed_by")
    actions = ("mark_reviewed",)

    def save_model(self, request: HttpRequest, obj: CannedReply, form: Any, change: bool) -> None:
        if {"text", "title", "language"} & set(form.changed_data):
            obj.reviewed_on = obj.reviewed_by = None
        super().save_model(request, obj, form, change)

    @admin.action(description=_("I have reviewed these sentences"), permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, chosen: QuerySet[CannedReply]) -> None:
        number = review(chosen, cast(Member, request.user))
        told = gettext("Reviewed: %(number)d. The desk marks them no longer.")
        self.message_user(request, told % {"number": number})


admin.site.unregister(Session)


@admin.register(Session)
class ReadSessionAdmin(AuditedAdmin, SessionAdmin):
    actions = ("pull_to_desk",)

    def part(self, request: HttpRequest, pk: Any, name: str) -> TemplateResponse:
        """A part of a talk, which is read by it."""
        answer = super().part(request, pk, name)
        talk = (answer.context_data or {})["talk"]
        note_console_read(cast(Member, request.user), talk.member_id, talk.pk)
        return answer

    @admin.action(description=_("Take to my desk"), permissions=["view"])
    def pull_to_desk(self, request: HttpRequest, chosen: QuerySet[Session]) -> None:
        """A supervisor takes live talks that nobody has called for."""
        expert = expert_of(request.user)
        for session in chosen:
            try:
                if expert is None:
                    raise Refused(gettext("You have no place at the desk."))
                pull(session, expert, gettext("taken in the console"))
            except CoachError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.message_user(request, gettext("It is at your desk."))
