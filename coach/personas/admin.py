"""Providers, models and prices in the admin console."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from coach import clock
from coach.counted_deletion import CountedDeletion
from coach.personas.engines import EMBEDDED, engine_for
from coach.personas.providers import SOON, EngineModel, ModelPrice, Provider, Seeded

RATES = ("text_in", "text_cached", "text_out", "audio_in", "audio_cached", "audio_out")


class NamesField(forms.CharField):
    """A list of names, written with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [name for part in (value or "").split(",") if (name := part.strip())]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class KeepSeeded(CountedDeletion, ModelAdmin):  # type: ignore[misc]
    """What came with the product would come back: it is switched off or changed, not deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Seeded | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.seeded)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class ModelInline(TabularInline):  # type: ignore[misc]
    model = EngineModel
    fields = ("name", "kind", "context", "reasons", "shutdown_on")
    extra = 0
    show_change_link = True
    can_delete = False


@admin.register(Provider)
class ProviderAdmin(KeepSeeded):
    inlines: ClassVar[list[Any]] = [ModelInline]
    list_display = ("name", "key_state", "active", "url", "usual_model")
    list_filter = ("style", "active")
    search_fields = ("name", "slug", "url")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    readonly_fields = ("key_said",)
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("style", "active"), "url")}),
        (_("Key"), {"fields": (("key_name", "key_said"),)}),
        (
            _("Models"),
            {"fields": (("default_model", "transcription_model"), "translation_model")},
        ),
        (
            _("What it can do"),
            {
                "fields": (
                    *("languages", "voices", "max_sessions"),
                    *("images", "scripted", "answers_itself"),
                )
            },
        ),
        (_("What it is told"), {"fields": ("retention_ratio", "safety_id")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Provider | None = None) -> Any:
        """Our own engine is given names of models that it does not run: that is said."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or obj.slug != EMBEDDED:
            return sets
        words = _(
            "Our own engine is only asked by these names, which are those of the protocol. It "
            "answers with its own parts, or with the servers that the settings name."
        )
        return [
            (
                title,
                {**options, "description": words}
                if "default_model" in options["fields"][0]
                else options,
            )
            for title, options in sets
        ]

    @display(  # type: ignore[untyped-decorator]
        description=_("key"), label={"set": "success", "missing": "danger", "none": "info"}
    )
    def key_state(self, provider: Provider) -> tuple[str, str]:
        """Whether there is a key; never the key."""
        if provider.pk and engine_for(_Asked(provider)).key:
            return "set", gettext("set")
        if provider.needs_key and provider.slug != EMBEDDED:
            return "missing", gettext("not set")
        return "none", gettext("not needed")

    @admin.display(description=_("model"))
    def usual_model(self, provider: Provider) -> str:
        """Our own engine has one only where its mind is another server."""
        if provider.slug != EMBEDDED:
            return provider.default_model
        return settings.LLM_MODEL if settings.LLM_URL else "—"

    @admin.display(description=_("key"))
    def key_said(self, provider: Provider) -> str:
        state: tuple[str, str] = self.key_state(provider)
        return state[1]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("languages", "voices"):
            return NamesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                widget=UnfoldAdminTextInputWidget,
                help_text={
                    "languages": _("Their codes with commas between, as en, de. Empty: any."),
                    "voices": _("Their names with commas between. Empty: not known."),
                }[db_field.name],
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class PriceInline(TabularInline):  # type: ignore[misc]
    model = ModelPrice
    verbose_name = _("price")
    verbose_name_plural = _("Prices in USD: tokens by the million, time by the second or minute")
    fields = ("from_date", *RATES, "image_in", "image_cached", "per_second", "per_minute")
    extra = 0


@admin.register(EngineModel)
class EngineModelAdmin(KeepSeeded):
    inlines: ClassVar[list[Any]] = [PriceInline]
    list_display = ("name", "provider", "kind", "context", "until", "price_now")
    list_filter = ("provider", "kind")
    list_select_related = ("provider",)
    search_fields = ("name",)
    fieldsets = (
        (
            None,
            {
                "fields": (("provider", "name"), ("kind", "reasons")),
                "description": _(
                    "Our own engine costs nothing by itself. Where its mind, ears or voice are "
                    "other servers, their models stand under it by their own names."
                ),
            },
        ),
        (_("Limits"), {"fields": (("context", "max_output"), "shutdown_on")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[EngineModel]:
        """The models with their prices, which the list tells for each."""
        rows: QuerySet[EngineModel] = super().get_queryset(request)
        return rows.prefetch_related("prices")

    @display(  # type: ignore[untyped-decorator]
        description=_("shuts down"),
        ordering="shutdown_on",
        label={"gone": "danger", "soon": "warning", "later": "info", "open": "success"},
    )
    def until(self, model: EngineModel) -> tuple[str, str]:
        today = clock.host_today()
        if model.shutdown_on is None:
            return "open", gettext("no date")
        state = "later"
        if model.ends_within(SOON, today):
            state = "gone" if model.shutdown_on <= today else "soon"
        return state, model.shutdown_on.isoformat()

    @admin.display(description=_("price now (USD)"))
    def price_now(self, model: EngineModel) -> str:
        price = model.price_on(clock.host_today())
        if price is None:
            return gettext("not known")
        if price.per_second is not None:
            return gettext("%(usd)s a second") % {"usd": _short(price.per_second)}
        if price.per_minute is not None:
            return gettext("%(usd)s a minute") % {"usd": _short(price.per_minute)}
        heard, spoken, written = map(_short, (price.audio_in, price.audio_out, price.text_out))
        if price.audio_out is None:
            words = gettext("audio %(heard)s in, text %(written)s out for a million tokens")
        else:
            words = gettext("audio %(heard)s in, %(spoken)s out for a million tokens")
        return words % {"heard": heard, "spoken": spoken, "written": written}


class _Asked:
    """A provider as somebody would ask for it, active or not."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider.slug
        self.model = ""


def _short(amount: Any) -> str:
    return "–" if amount is None else format(amount.normalize(), "f")
