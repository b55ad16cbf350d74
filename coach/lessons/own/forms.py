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

NOTHING_CHOSEN = _("Choose what to begin with, or a file.")
AN_EMPTY_ONE = "empty"  # no lesson has this slug: a file's has its title, a row's begins with own-
FILE_MAX_BYTES = 4 * TEXT_MAX_CHARS + 8  # in UTF-8; what is cut there is too long in any case


class BeginForm(forms.Form):
    """`lessons`: those that may be copied. A file comes before any choice."""

    source = forms.ChoiceField(
        label=_("Begin with"),
        help_text=_("A copy of the one that is most like yours is changed as you like."),
    )
    file = forms.FileField(
        label=_("Or with a file that was exported"), required=False, allow_empty_file=True
    )

    def __init__(self, lessons: Iterable[Scenario], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.required = not self.files  # a page without a file says so before it is sent
        field.error_messages["required"] = NOTHING_CHOSEN
        choices = [("", _("Choose a lesson")), (AN_EMPTY_ONE, _("An empty lesson"))]
        field.choices = [*choices, *grouped(lessons)]
        self.fields["file"].widget.attrs["accept"] = ".toml,text/plain"

    def clean_file(self) -> str:
        """The text of the file; empty without one."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        try:
            return whole_text(file.read(FILE_MAX_BYTES).decode("utf-8-sig"), TEXT_MAX_CHARS)
        except UnicodeDecodeError as error:
            message = _("This is no text. Choose a file that was exported from a lesson.")
            raise forms.ValidationError(message, code="no_text") from error
        except Refused as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if not self.errors and not (cleaned.get("file") or cleaned.get("source")):
            self.add_error("source", NOTHING_CHOSEN)
        return cleaned


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
