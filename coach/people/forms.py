"""Forms about oneself."""

import re
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.people.models import ListeningMode, NoiseReduction, Profile, User, valid_time_zone


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """Allauth's form with the name the coach will use and the browser's time zone."""

    display_name = forms.CharField(
        label=_("What should the coach call you?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    time_zone = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["display_name", "email", "password1", "password2", "time_zone"]

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data.get("time_zone") or "")
        return zone if zone in available_timezones() else "UTC"

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.display_name = self.cleaned_data["display_name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["display_name", "time_zone"])
        return user


class ListeningForm(forms.Form):
    """What the talk's menu sends: one choice or all of them; what is missing stays as it was."""

    listening_mode = forms.ChoiceField(choices=ListeningMode.choices, required=False)
    noise_reduction = forms.ChoiceField(choices=NoiseReduction.choices, required=False)
    headphones_hint = forms.BooleanField(required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        """The clean values of the fields that were sent; a mode is never empty."""
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if not sent.get("listening_mode", "open"):
            del sent["listening_mode"]
        return sent


NUMBER = r"(\d+(?:[.,]\d+)?)"
CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


class HeightField(forms.FloatField):
    """A height in cm, also typed as `1.72 m`, `5 ft 8` or `5'8"`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        text = str(value or "").strip().lower()
        if feet := re.fullmatch(
            rf"(\d)\s*(?:'|ft|feet|foot)\s*(?:{NUMBER}\s*(?:\"|''|in\w*)?)?", text
        ):
            return round((12 * int(feet[1]) + _number(feet[2])) * CM_PER_INCH, 1)
        if metres := re.fullmatch(rf"{NUMBER}\s*m(?:etres?|eters?)?", text):
            return round(_number(metres[1]) * 100, 1)
        cm = re.sub(r"\s*(?:cm|centimet\w+)$", "", text)
        found: float | None = super().to_python(cm.replace(",", "."))
        # Nobody is 1.72 cm tall: they mean metres.
        return round(found * 100, 1) if found is not None and 0.9 <= found <= 2.5 else found


class WeightField(forms.FloatField):
    """A weight in kg, also typed as `154 lb` or `11 st 4`."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        text = str(value or "").strip().lower()
        if pounds := re.fullmatch(rf"{NUMBER}\s*(?:lbs?|pounds?)", text):
            return round(_number(pounds[1]) * KG_PER_POUND, 1)
        if stone := re.fullmatch(
            rf"{NUMBER}\s*(?:st|stones?)\s*(?:{NUMBER}\s*(?:lbs?|pounds?)?)?", text
        ):
            in_pounds = POUNDS_PER_STONE * _number(stone[1]) + _number(stone[2])
            return round(in_pounds * KG_PER_POUND, 1)
        kg = re.sub(r"\s*(?:kgs?|kilo\w*)$", "", text)
        found: float | None = super().to_python(kg.replace(",", "."))
        return found


def _odd(message: Any) -> dict[str, Any]:
    """One message for whatever is wrong with a measure of the body."""
    return dict.fromkeys(("invalid", "min_value", "max_value"), message)


def _zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones as a choice, grouped by region."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones() - {"UTC"}):
        region, _slash, place = name.partition("/")
        if place and region not in ("Etc", "SystemV", "US"):
            regions.setdefault(region, []).append((name, place.replace("_", " ")))
    return [("UTC", [("UTC", "UTC")]), *regions.items()]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a member says of themself, with their name and clock."""

    display_name = forms.CharField(
        label=_("What should the coach call you?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    listening_mode = forms.ChoiceField(
        label=_("Microphone in a talk"),
        choices=ListeningMode.choices,
        help_text=_("Without headphones the coach may hear itself: then choose another."),
    )
    noise_reduction = forms.ChoiceField(
        label=_("Noise reduction"),
        choices=NoiseReduction.choices,
        required=False,
        help_text=_("From your next talk on. Not every coach can do it."),
    )
    height_cm = HeightField(
        label=_("Height (cm)"),
        required=False,
        min_value=90,
        max_value=250,
        error_messages=_odd(_("Type your height in cm, or like 5 ft 8.")),
        help_text=_("Or type 5 ft 8."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    weight_kg = WeightField(
        label=_("Weight (kg)"),
        required=False,
        min_value=25,
        max_value=350,
        error_messages=_odd(_("Type your weight in kg, or like 154 lb.")),
        help_text=_("Or type 154 lb."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    day_starts_hour = forms.TypedChoiceField(
        label=_("My day starts at"),
        coerce=int,
        choices=[(0, _("Midnight"))] + [(hour, f"{hour:02d}:00") for hour in range(1, 7)],
        help_text=_("What you eat before this hour counts for the day before."),
    )

    class Meta:
        model = Profile
        fields = (
            "born_on", "sex", "height_cm", "weight_kg", "activity", "goal", "pregnant",
            "eating_concern", "allergies", "conditions", "medicines", "eating_style",
            "day_starts_hour",
        )  # fmt: skip
        labels = {
            "born_on": _("Date of birth"),
            "sex": _("Sex for the energy formula"),
            "activity": _("Activity"),
            "goal": _("Goal"),
            "pregnant": _("I am pregnant or breastfeeding"),
            "allergies": _("Allergies and intolerances"),
            "conditions": _("Health conditions"),
            "medicines": _("Medicines"),
            "eating_style": _("How you eat"),
        }
        help_texts = {
            "eating_style": _("For example vegetarian, halal, no dairy."),
            "conditions": _("For example diabetes, kidney disease, high blood pressure."),
        }
        widgets = {"born_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.user
        self.fields["display_name"].initial = user.display_name
        self.fields["time_zone"].initial = user.time_zone
        for name in ("listening_mode", "noise_reduction"):
            self.fields[name].initial = getattr(user, name)
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (value, capfirst(label))
                for value, label in self.fields[name].choices  # type: ignore[attr-defined]
            ]
        for name in ("sex", "activity"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", _("Not said")),
                *self.fields[name].choices[1:],  # type: ignore[attr-defined]
            ]
        for name in ("sex", "activity", "goal"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (value, capfirst(label))
                for value, label in self.fields[name].choices  # type: ignore[attr-defined]
            ]
        for name in ("height_cm", "weight_kg"):
            value = getattr(self.instance, name)
            self.initial[name] = f"{value:g}" if value else ""

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        valid_time_zone(zone)
        return zone

    def clean_born_on(self) -> Any:
        born = self.cleaned_data["born_on"]
        if born and not 10 <= (clock.host_today() - born).days / 365.25 <= 120:
            raise ValidationError(_("Please check the year of birth."))
        return born
