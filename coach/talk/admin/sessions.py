"""Talks in the console: to be read, never to be edited.

However long a talk is and however many there are, a page reads as much as it shows: what stands in
a talk is a page of its own, lists read no brief, and dates are found by an index, if at all.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from coach.bounds import asked_number
from coach.read_only_admin import ReadOnly
from coach.talk.admin.parts import PARTS, page_of
from coach.talk.models import Session, ToolCall, Turn
from coach.talk.registries.tools import tool_names
from coach.talk.usage.admin import usd

LINK = "text-primary-600 dark:text-primary-500"  # the colour of the console's links


class OfTalk:
    """Rows of a talk: its brief is not read with each of them."""

    list_select_related: tuple[str, ...] = ("session",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All of them."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.defer("session__brief")


class ToolFilter(admin.SimpleListFilter):
    """By the tools there are: which were ever called would be asked of all calls."""

    title = gettext_lazy("tool")
    parameter_name = "name"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every tool by its name."""
        return [(name, name.replace("_", " ")) for name in sorted(tool_names())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ToolCall]) -> QuerySet[ToolCall]:
        """The calls of the tool that is chosen."""
        return queryset.filter(name=self.value()) if self.value() else queryset


@admin.register(Session)
class SessionAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("started_at", "member", "persona", "kind", "floor", "entries", "ended_at")
    list_filter = ("started_at", "kind", "floor", "persona")
    list_select_related = ("member", "persona")
    search_fields = ("member__email", "member__display_name", "id")
    show_full_result_count = False
    readonly_fields = ("parts", "cost", "tools")
    fields = (
        "parts",
        ("member", "persona", "kind"),
        ("floor", "floor_epoch", "floor_holder"),
        ("started_at", "ended_at"),
        ("last_seq", "cost"),
        "tools",
        "brief",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """All talks. The brief of one that is opened is read with it."""
        rows: QuerySet[Session] = super().get_queryset(request)
        return rows.defer("brief")

    def get_urls(self) -> list[Any]:
        """With a page for each part of a talk."""
        address = path(
            "<uuid:pk>/part/<slug:name>/",
            self.admin_site.admin_view(self.part),
            name="talk_session_part",
        )
        return [address, *super().get_urls()]

    def part(self, request: HttpRequest, pk: Any, name: str) -> TemplateResponse:
        """One page of one part of a talk: what was said, tools, guidance or costs."""
        talk = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, talk):
            raise PermissionDenied
        if (part := PARTS.get(name)) is None:
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": talk,
            "talk": talk,
            "back": reverse("admin:talk_session_change", args=[talk.pk]),
            "links": _links(talk),
            "link_class": LINK,
            "part": part,
            "page": page_of(part, talk, asked_number(request.GET, "page")),
        }
        return TemplateResponse(request, "admin/talk_part.html", context)

    @admin.display(description=gettext_lazy("to read"))
    def parts(self, session: Session) -> SafeString:
        """Links to what stands in the talk."""
        links = ((LINK, address, title) for _name, address, title in _links(session))
        return format_html_join(" · ", '<a class="{}" href="{}">{}</a>', links)

    @admin.display(description=gettext_lazy("tools"))
    def tools(self, session: Session) -> str:
        """The names of those that the coach could call."""
        return ", ".join(sorted(str(one["name"]) for one in session.tools)) or "—"

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


def _links(talk: Session) -> list[tuple[str, str, Any]]:
    """Name, address and title of each part."""
    return [
        (part.name, reverse("admin:talk_session_part", args=[talk.pk, part.name]), part.title)
        for part in PARTS.values()
    ]


@admin.register(Turn)
class TurnAdmin(OfTalk, ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "session", "seq", "speaker", "author_name", "source")
    list_filter = ("speaker", "source", "interrupted")
    ordering = ("-pk",)
    search_fields = ("session__id",)
    show_full_result_count = False


@admin.register(ToolCall)
class ToolCallAdmin(OfTalk, ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("created_at", "name", "session", "call_id")
    list_filter = (ToolFilter,)
    ordering = ("-pk",)
    show_full_result_count = False
