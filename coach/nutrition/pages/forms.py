"""What the diary's pages send."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coach.bounds import DayField
from coach.nutrition.actions.rows import MAX_GRAMS
from coach.nutrition.models.diary import Slot


class LogForm(forms.Form):
    said = forms.CharField(max_length=500)
    day = DayField(required=False)


class GramsForm(forms.Form):
    """A weight in grams; a decimal comma and a "g" behind it are fine."""

    grams = forms.CharField(max_length=10)

    def clean_grams(self) -> float:
        text = self.cleaned_data["grams"].strip().lower().removesuffix("g").strip()
        try:
            grams = float(text.replace(",", "."))
        except ValueError:
            raise ValidationError(_("Type the weight in grams, for example 120.")) from None
        if not 0 < grams <= MAX_GRAMS:
            raise ValidationError(_("Type a weight between 1 and 10,000 grams."))
        return grams


class WhenForm(forms.Form):
    day = DayField()
    time = forms.TimeField()
    slot = forms.ChoiceField(choices=Slot.choices)


def first_error(form: forms.Form) -> str:
    """One sentence about what is wrong with `form`."""
    return next((str(error) for of_field in form.errors.values() for error in of_field), "")
