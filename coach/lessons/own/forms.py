"""What a teacher types of a lesson, and from which one they begin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coach.bounds import whole_text
from coach.errors import Refused
from coach.lessons.own.limits import TEXT_MAX_CHARS
from coach.lessons.scenario import Scenario
from coach.lessons.school.forms import grouped


class BeginForm(forms.Form):
    """`lessons`: those that may be copied."""

    source = forms.ChoiceField(
        label=_("Begin with a copy of"),
        help_text=_("Choose the one that is most like yours: you change it as you like."),
    )

    def __init__(self, lessons: Iterable[Scenario], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a lesson")), *grouped(lessons)]


class TextForm(forms.Form):
    """`draft`: the name under which the page keeps what is typed; another one for each version."""

    text = forms.CharField(
        label=_("The lesson's text"),
        widget=forms.Textarea(
            attrs={
                "rows": 32,
                "spellcheck": "false",
                "wrap": "off",
                "autocapitalize": "off",
                "data-lesson-text": True,
                "data-limit": TEXT_MAX_CHARS,  # no `maxlength`, by which a browser cuts
            }
        ),
    )

    def __init__(self, *args: Any, draft: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["data-draft"] = draft

    def clean_text(self) -> str:
        try:
            return whole_text(self.cleaned_data["text"], TEXT_MAX_CHARS)
        except Refused as error:
            raise forms.ValidationError(str(error), code=error.code) from error
