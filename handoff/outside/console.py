"""Web hooks in the console, and the log of everything that was told outside."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from coach.counted_deletion import CountedDeletion
from coach.read_only_admin import ReadOnly
from handoff.models import DeliveryTry, Outbox, WebHook
from handoff.outside import outbox, web_hooks


class WebHookForm(forms.ModelForm):  # type: ignore[type-arg]
    """Events are ticked; each has a sentence."""

    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=WebHook.Event.choices,
        initial=WebHook.Event.values,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Each with number, severity, code and state of the case, and nothing else."),
    )


@admin.register(WebHook)
class WebHookAdmin(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    """The secret is shown to whoever may change the web hook: a receiver needs it."""

    form = WebHookForm
    list_display = ("name", "url", "fares", "last_delivered", "waits")
    readonly_fields = ("secret_shown", "old_secret_until", "failing_since", "switched_off_at")
    actions = ("send_test", "change_secret")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[WebHook]":
        rows: QuerySet[WebHook] = super().get_queryset(request)
        unsent = Q(outbox__sent_at=None, outbox__attempts__lt=outbox.MAX_ATTEMPTS)
        return rows.annotate(
            delivered=Max("outbox__sent_at"), waiting=Count("outbox", filter=unsent)
        )

    def get_fieldsets(self, request: HttpRequest, obj: WebHook | None = None) -> Any:
        own: list[tuple[Any, dict[str, Any]]] = [
            (None, {"fields": ("name", "url", "active", "events")})
        ]
        if obj is None:
            return own
        secret = ("secret_shown", "old_secret_until")
        if self.has_change_permission(request, obj):
            own.append((_("Secret"), {"fields": secret}))
        return [*own, (_("How it fares"), {"fields": ("failing_since", "switched_off_at")})]

    def save_model(self, request: HttpRequest, obj: WebHook, form: Any, change: bool) -> None:
        """Only what was changed here: a worker writes into the same row."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        fields = {name for name in form.changed_data if name in form.fields}
        if "active" in fields and obj.active:
            obj.failing_since = obj.switched_off_at = None
            fields |= {"failing_since", "switched_off_at"}
        obj.save(update_fields=fields)

    @display(  # type: ignore[untyped-decorator]
        description=_("how it fares"), label={"on": "success", "fails": "danger", "off": "info"}
    )
    def fares(self, hook: WebHook) -> tuple[str, str]:
        if not hook.active:
            off = gettext("switched off, since it only failed")
            return "off", off if hook.switched_off_at else gettext("off")
        if hook.failing_since:
            return "fails", gettext("fails")
        return "on", gettext("on")

    @admin.display(description=_("last delivered"))
    def last_delivered(self, hook: Any) -> Any:
        return hook.delivered

    @admin.display(description=_("waiting"))
    def waits(self, hook: Any) -> int:
        count: int = hook.waiting
        return count

    @admin.display(description=_("secret"))
    def secret_shown(self, hook: WebHook) -> str:
        return format_html('<span class="long-code">{}</span>', hook.secret)

    @admin.action(description=_("Send a test"), permissions=["change"])
    def send_test(self, request: HttpRequest, chosen: "QuerySet[WebHook]") -> None:
        for hook in chosen:
            if hook.active:
                outbox.post_test(hook)
                said = gettext("A test is on its way to %(hook)s. Look at its deliveries.")
                self.message_user(request, said % {"hook": hook})
            else:
                said = gettext("%(hook)s is off. Tick «active» first.") % {"hook": hook}
                self.message_user(request, said, messages.ERROR)

    @admin.action(description=_("Give a new secret"), permissions=["change"])
    def change_secret(self, request: HttpRequest, chosen: "QuerySet[WebHook]") -> None:
        for hook in chosen:
            web_hooks.change_secret(hook)
            said = gettext("%(hook)s has a new secret. The old one signs beside it for a day.")
            self.message_user(request, said % {"hook": hook})


# What a kind of error means to whoever has to mend it; others are shown as they are.
MEANS = {
    "timeout": _("no answer within ten seconds"),
    "gaierror": _("there is no such host, or no network here"),
    "ConnectError": _("cannot be reached, or has no valid certificate for its name"),
    "NotAllowed": _("the address is private, and this site sends to none"),
    "no_push_service": _("the address is at no push service of a browser"),
    "nobody_to_write_to": _("nobody to write to has a mail address"),
    "http_401": _("refused, perhaps for the signature"),
    "http_403": _("refused, perhaps for the signature"),
    "http_410": _("it wants nothing more"),
}


class TryInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = DeliveryTry
    fields = readonly_fields = ("at", "sent", "status", "said", "duration_ms")
    extra = 0

    @admin.display(description=_("error"))
    def said(self, one: DeliveryTry) -> str:
        return str(MEANS.get(one.error, one.error))


@admin.register(Outbox)
class OutboxAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    """Every mail, web hook and web push, and each try of it. No text of anybody stands there."""

    list_display = ("created_at", "channel", "told", "to", "escalation", "stands", "attempts")
    ordering = ("-pk",)
    list_filter = ("created_at", "channel", "kind", "hook")
    list_select_related = ("hook", "recipient", "escalation")
    search_fields = ("=escalation__pk", "event_id")
    show_full_result_count = False
    fields = readonly_fields = (
        *("created_at", "channel", "told", "to", "escalation", "stands_said"),
        *("event_id", "facts", "attempts", "next_try_at", "sent_at"),
    )
    inlines = (TryInline,)
    actions = ("send_again",)

    @admin.display(description=_("what"))
    def told(self, row: Outbox) -> str:
        return str(row.facts.get("type") or row.get_kind_display())

    @admin.display(description=_("to"))
    def to(self, row: Outbox) -> str:
        return str(row.hook or row.recipient or gettext("supervisors"))

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label={"sent": "success", "given_up": "danger", "waits": "info"},
    )
    def stands(self, row: Outbox) -> tuple[str, str]:
        if row.sent_at:
            return "sent", gettext("delivered")
        if row.attempts >= outbox.MAX_ATTEMPTS:
            return "given_up", gettext("given up")
        return "waits", gettext("waits for its next try") if row.attempts else gettext("waits")

    @admin.display(description=_("state"))
    def stands_said(self, row: Outbox) -> str:
        state: tuple[str, str] = self.stands(row)
        return state[1]

    def has_resend_permission(self, request: HttpRequest) -> bool:
        """Who may change web hooks may have them told again."""
        return request.user.has_perm("handoff.change_webhook")

    @admin.action(description=_("Send again"), permissions=["resend"])
    def send_again(self, request: HttpRequest, chosen: "QuerySet[Outbox]") -> None:
        count = outbox.send_again(chosen)
        said = ngettext("%(count)d is sent again.", "%(count)d are sent again.", count)
        self.message_user(request, said % {"count": count})
        for hook in WebHook.objects.filter(outbox__in=chosen, active=False).distinct():
            off = gettext("%(hook)s is off. Tick «active» first.") % {"hook": hook}
            self.message_user(request, off, messages.WARNING)
