"""Screening in the console: thresholds, a sentence to try, a dry run over what was said last."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from coach.types import Member
from handoff.actions.troubles import limits as trouble_limits
from handoff.models import ScreeningThresholds
from handoff.models.screening import HIGHEST, LOWEST, ONLY
from handoff.safety import thresholds
from handoff.safety.trial import MAX_TRIED, MAX_TURNS, DryRun, dry_run, told_of
from handoff.screening.score import Thresholds, trained
from handoff.views.access import note_console_read

LANGUAGES = (
    *(("en", _("English")), ("es", _("Spanish")), ("fr", _("French"))),
    *(("de", _("German")), ("ko", _("Korean"))),
)


class TryForm(forms.Form):
    """A sentence as a member would say it, and the turn before it, if it needs one."""

    text = forms.CharField(
        label=_("What a member says"),
        max_length=MAX_TRIED,
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )
    before = forms.CharField(
        label=_("The turn before (may be empty)"),
        max_length=MAX_TRIED,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    language = forms.ChoiceField(
        label=_("Language of the talk"), choices=LANGUAGES, widget=UnfoldAdminSelectWidget
    )


class DryRunForm(forms.Form):
    """How many turns, and the thresholds to try; nothing of it is saved."""

    count = forms.IntegerField(
        label=_("The last turns of members"),
        min_value=1,
        max_value=MAX_TURNS,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    card = forms.FloatField(
        label=_("Card from"),
        min_value=LOWEST,
        max_value=HIGHEST,
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.001"}),
    )
    page = forms.FloatField(
        label=_("Person from"),
        min_value=LOWEST,
        max_value=HIGHEST,
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.001"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("page", HIGHEST) < data.get("card", LOWEST):
            self.add_error("page", _("A person is never called where no card is shown."))
        return data


@admin.register(ScreeningThresholds)
class ScreeningThresholdsAdmin(ModelAdmin):  # type: ignore[misc]
    """One page instead of a list: there is one row. The row itself is changed as any other."""

    fields = ("card", "page", "annoyed", "misunderstood", "unhelped", "updated_at")
    readonly_fields = ("updated_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        thresholds.forget()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = self._now()
        context = self.admin_site.each_context(request) | {
            "title": _("Screening"),
            "now": at,
            "trained": trained(),
            "troubles": trouble_limits(),
            "scores": settings.SCREENING_SCORE,
            "may_read": request.user.has_perm("talk.view_turn"),
            "change_url": reverse("admin:handoff_screeningthresholds_change", args=[ONLY]),
            "max_turns": MAX_TURNS,
            **self._tried(request, at),
            **self._dry_run(request, at),
        }
        return TemplateResponse(request, "admin/screening.html", context)

    def _now(self) -> Thresholds:
        row, _made = ScreeningThresholds.objects.get_or_create(pk=ONLY)
        return thresholds.merged(row.card, row.page)

    def _tried(self, request: HttpRequest, at: Thresholds) -> dict[str, Any]:
        if "try" not in request.POST:
            return {"try_form": TryForm()}
        form = TryForm(request.POST)
        if not form.is_valid():
            return {"try_form": form}
        said = form.cleaned_data
        turns = [*([said["before"]] if said["before"] else []), said["text"]]
        return {"try_form": form, "tried": True, "told": told_of(turns, said["language"], at)}

    def _dry_run(self, request: HttpRequest, at: Thresholds) -> dict[str, Any]:
        """Members' words are shown to who may read turns; each talk shown is a look at it."""
        if "dry_run" not in request.POST:
            return {"dry_form": DryRunForm(initial={"count": 100, **_rounded(at)})}
        if not request.user.has_perm("talk.view_turn"):
            raise PermissionDenied
        form = DryRunForm(request.POST)
        if not form.is_valid():
            return {"dry_form": form}
        data = form.cleaned_data
        run = dry_run(data["count"], Thresholds(data["card"], data["page"]))
        self._note_reads(request, run)
        return {"dry_form": form, "run": run}

    def _note_reads(self, request: HttpRequest, run: DryRun) -> None:
        talks = {each.turn.session_id: each.turn.session for each in run.listed}
        for talk in talks.values():
            note_console_read(cast(Member, request.user), talk.member_id, talk.pk)


def _rounded(at: Thresholds) -> dict[str, float]:
    return {"card": round(at.card, 3), "page": round(at.page, 3)}
