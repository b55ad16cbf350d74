"""How a meeting begins, and who joins it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coach.interpreter.languages import choices
from coach.interpreter.limits import NAME_MAX_CHARS
from coach.interpreter.models import Meeting
from coach.types import Member


class MeetingForm(forms.Form):
    """`languages`: those that may be chosen."""

    mine = forms.ChoiceField(label=_("I speak"))
    theirs = forms.ChoiceField(label=_("They speak"))
    way = forms.ChoiceField(
        label=_("How are you together?"),
        choices=Meeting.Way.choices,
        initial=Meeting.Way.DEVICE,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, languages: Iterable[str], *args: Any, member: Member | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        codes = set(languages)
        found = [choice for choice in choices() if choice[0] in codes]
        own = str(getattr(member, "language", "") or "en").split("-")[0]
        self.fields["mine"].initial = own if own in codes else "en"
        self.fields["theirs"].initial = next(
            (code for code in ("ko", "es", "en") if code != own), ""
        )
        for name in ("mine", "theirs"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or {}
        if chosen.get("mine") and chosen.get("mine") == chosen.get("theirs"):
            self.add_error("theirs", _("Choose two different languages."))
        return chosen


class GuestForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as the other person sees it"),
        max_length=NAME_MAX_CHARS,
        required=False,
    )
