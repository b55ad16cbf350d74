"""Talks in the console: to be read, never to be edited."""

from django.contrib import admin
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline

from coach.read_only_admin import ReadOnly
from coach.talk.models import Card, Directive, Session, ToolCall, Turn
from coach.talk.usage.admin import UsageInline, usd


class TurnInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Turn
    fields = ("seq", "speaker", "author_name", "text", "source", "interrupted", "created_at")
    readonly_fields = fields
    extra = 0
    tab = True


class CardInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Card
    fields = ("seq", "kind", "ref", "created_at")
    readonly_fields = fields
    extra = 0
    tab = True


class ToolCallInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = ToolCall
    fields = ("name", "output", "created_at")
    readonly_fields = fields
    extra = 0
    tab = True


class DirectiveInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Directive
    fields = ("kind", "text", "author", "created_at", "expires_at", "claimed_at")
    readonly_fields = fields
    extra = 0
    tab = True


@admin.register(Session)
class SessionAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("started_at", "member", "persona", "kind", "floor", "entries", "ended_at")
    list_filter = ("kind", "floor", "persona")
    list_select_related = ("member", "persona")
    search_fields = ("member__email", "member__display_name", "id")
    date_hierarchy = "started_at"
    inlines = (TurnInline, CardInline, ToolCallInline, DirectiveInline, UsageInline)
    readonly_fields = ("cost",)
    fields = (
        ("member", "persona", "kind"),
        ("floor", "floor_epoch", "floor_holder"),
        ("started_at", "ended_at", "last_seq", "cost"),
        "brief",
    )

    @admin.display(description=gettext_lazy("turns and cards"), ordering="last_seq")
    def entries(self, session: Session) -> int:
        return session.last_seq

    @admin.display(description=_("cost (USD)"))
    def cost(self, session: Session) -> str:
        """What has a price; what has none is told beside it."""
        without = Count("pk", filter=Q(cost=None))
        found = session.usage.order_by().aggregate(usd=Sum("cost"), count=Count("pk"), none=without)
        if not found["count"]:
            return "—"
        note = _("%(count)d without a price") % {"count": found["none"]} if found["none"] else ""
        return f"{usd(found['usd'])} {note}".strip()


@admin.register(Turn)
class TurnAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "session", "seq", "speaker", "author_name", "source", "words")
    list_filter = ("speaker", "source", "interrupted")
    list_select_related = ("session",)
    search_fields = ("session__id",)
    date_hierarchy = "created_at"

    @admin.display(description="text")
    def words(self, turn: Turn) -> str:
        return turn.text[:80]


@admin.register(ToolCall)
class ToolCallAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "name", "session", "call_id")
    list_filter = ("name",)
    list_select_related = ("session",)
