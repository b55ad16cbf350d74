"""Usage and budgets in the admin console."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from coach import clock
from coach.personas.engines import EMBEDDED
from coach.read_only_admin import ReadOnly
from coach.spreadsheets import download
from coach.talk.models import MemberBudget, Usage
from coach.talk.usage.report import DAYS, DAYS_MAX, export, own_engine, page_of

LEAST = Decimal("0.0001")


def engine_of(usage: Usage) -> str:
    """Which engine it was, for people."""
    if usage.provider == EMBEDDED:  # it does not run the model that it is asked for
        return own_engine()
    return " · ".join(filter(None, (usage.provider, usage.model))) or "—"


@admin.register(Usage)
class UsageAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    """One page instead of a list: rows are read with their talk, or in the export."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.page), name="talk_usage_changelist"),
            path("export/", view(self.export), name="talk_usage_export"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        self._check(request)
        context = self.admin_site.each_context(request) | {
            "title": _("Usage"),
            "page": page_of(clock.now()),
            "days": DAYS,
            "zone": settings.TIME_ZONE,
            "export_url": reverse("admin:talk_usage_export"),
            "budgets_url": reverse("admin:talk_memberbudget_changelist"),
        }
        return TemplateResponse(request, "admin/usage.html", context)

    def export(self, request: HttpRequest) -> HttpResponse:
        self._check(request)
        told = request.GET.get("days", "")
        days = min(max(int(told), 1), DAYS_MAX) if told.isdecimal() and len(told) < 5 else DAYS
        return download(f"usage-{clock.host_now():%Y-%m-%d}.csv", export(clock.now(), days))

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


@admin.register(MemberBudget)
class MemberBudgetAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("member", "limit", "updated_at")
    list_select_related = ("member",)
    search_fields = ("member__email", "member__display_name")
    autocomplete_fields = ("member",)
    fields = ("member", "usd")
    list_before_template = "admin/budgets_note.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        told = {"house_default": settings.BUDGET_MEMBER_USD} | (extra_context or {})
        page: HttpResponse = super().changelist_view(request, told)
        return page

    @admin.display(description=_("USD a day"), ordering="usd")
    def limit(self, budget: MemberBudget) -> str:
        return str(_("no limit")) if budget.usd is None else f"{budget.usd:f}"


def usd(cost: Any) -> str:
    """A cost in the console: to a hundredth of a cent, and never 0 where there is no price."""
    if cost is None:
        return str(_("no price"))
    return "< 0.0001" if 0 < cost < LEAST else f"{cost:.4f}"
