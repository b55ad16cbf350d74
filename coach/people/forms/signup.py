"""The form with which somebody joins."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coach.people.models import User


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

    def try_save(self, request: HttpRequest) -> Any:
        """Allauth's: a known address is told by mail to its owner, and to nobody else.

        The new password is hashed for nothing then, so that the clock does not tell it either.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.display_name = self.cleaned_data["display_name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["display_name", "time_zone"])
        return user
