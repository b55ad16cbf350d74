"""What a member says of themself."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.people.forms.body_fields import HeightField, WeightField
from coach.people.forms.shown import ChangesForm
from coach.people.models import ListeningMode, NoiseReduction, Profile, valid_time_zone
from coach.people.phone import PhoneField


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


class ProfileForm(ChangesForm):
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

    phone = PhoneField(label=_("Telephone"), required=False)

    class Meta:
        model = Profile
        fields = (
            "born_on", "sex", "height_cm", "weight_kg", "activity", "goal", "pregnant",
            "eating_concern", "allergies", "conditions", "medicines", "eating_style",
            "day_starts_hour", "phone", "may_call", "reach_by", "reach_when", "address",
            "emergency_contact",
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
            "may_call": _("You may call me on this number"),
            "reach_by": _("Best way"),
            "reach_when": _("Best times"),
            "address": _("Address"),
            "emergency_contact": _("Somebody to call in an emergency"),
        }
        help_texts = {
            "reach_when": _("For example weekdays after 5 pm."),
            "address": _("Shown only to a person of our team who has your case in an emergency."),
            "emergency_contact": _("Name and number. Shown only in an emergency."),
            "eating_style": _("For example vegetarian, halal, no dairy."),
            "conditions": _("For example diabetes, kidney disease, high blood pressure."),
        }
        widgets = {"born_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.user
        for name in ("display_name", "time_zone", "listening_mode", "noise_reduction"):
            self.fields[name].initial = getattr(user, name)
        for name in ("listening_mode", "noise_reduction", "sex", "activity", "goal", "reach_by"):
            self._capitalise_choices(name, not_said=name in ("sex", "activity", "reach_by"))
        for name in ("height_cm", "weight_kg"):
            value = getattr(self.instance, name)
            self.initial[name] = f"{value:g}" if value else ""

    def _capitalise_choices(self, name: str, *, not_said: bool) -> None:
        """Begin the labels of a choice with a capital; `not_said` words the empty one."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        choices = list(field.choices)  # type: ignore[arg-type]  # the stub has what may be set
        if not_said:
            choices[0] = ("", _("Not said"))
        field.choices = [(value, capfirst(label)) for value, label in choices]

    def clean(self) -> dict[str, Any]:
        phone, may_call = (self.cleaned_data.get(name) for name in ("phone", "may_call"))
        if phone and not may_call:
            words = _("Tick that we may call you, or leave the number out.")
            self.add_error("may_call", words)
        elif may_call and not phone and "phone" not in self.errors:
            self.add_error("phone", _("Which number may we call?"))
        return super().clean()

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        valid_time_zone(zone)
        return zone

    def clean_born_on(self) -> Any:
        born = self.cleaned_data["born_on"]
        if born and not 10 <= (clock.host_today() - born).days / 365.25 <= 120:
            raise ValidationError(_("Please check the year of birth."))
        return born
