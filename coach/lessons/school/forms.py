"""What a teacher types about a class."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coach.bounds import DayField
from coach.lessons.languages import language_name
from coach.lessons.scenario import Scenario
from coach.lessons.school import limits
from coach.lessons.sizes import GAPS_IN_PHRASE
from coach.lessons.understanding.text import even


class _DateInput(forms.DateInput):
    input_type = "date"


class ClassForm(forms.Form):
    name = forms.CharField(label=_("Name of the class"), max_length=limits.NAME_MAX_CHARS)


class AssignmentForm(forms.Form):
    """`lessons`: those that may be assigned, which are told as «Title (A2)»."""

    lesson = forms.ChoiceField(label=_("Lesson"))
    due_on = DayField(
        label=_("Due"),
        required=False,
        widget=_DateInput(),
    )
    words = forms.CharField(
        label=_("Words to use"),
        required=False,
        help_text=_("With commas between them. The report tells which of them were used."),
        max_length=limits.WORDS_MAX * (limits.WORD_MAX_CHARS + 2),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=limits.NOTE_MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, lessons: Iterable[Scenario], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["lesson"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a lesson")), *grouped(lessons)]

    def clean_words(self) -> list[str]:
        written = re.split(r"[,;\n]+", self.cleaned_data["words"])
        words = list(dict.fromkeys(word.strip() for word in written if even(word)))
        if len(words) > limits.WORDS_MAX:
            raise forms.ValidationError(
                _("At most %(n)d words."), code="many", params={"n": limits.WORDS_MAX}
            )
        if any(len(word) > limits.WORD_MAX_CHARS for word in words):
            raise forms.ValidationError(
                _("A word has at most %(n)d characters: put commas between words."),
                code="long",
                params={"n": limits.WORD_MAX_CHARS},
            )
        if any(word.count("…") > GAPS_IN_PHRASE for word in words):
            raise forms.ValidationError(
                _("A phrase has at most %(n)d gaps (…)."),
                code="gaps",
                params={"n": GAPS_IN_PHRASE},
            )
        return words


def grouped(lessons: Iterable[Scenario]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of lessons under their language and level."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for scenario in sorted(lessons, key=lambda s: (s.language != "en", s.language, s.level)):
        name = f"{language_name(scenario.language)} {scenario.level}"
        groups.setdefault(name, []).append((scenario.slug, scenario.title))
    return list(groups.items())
