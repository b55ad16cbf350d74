"""How a talk listens to a person: what the talk's own menu sends."""

from typing import Any

from django import forms

from coach.people.models import ListeningMode, NoiseReduction


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
