"""The kinds of fields that the editor of a lesson has. What is typed is taken whole or refused."""

import math
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from coach.lessons.own.writing import number
from coach.lessons.sizes import ENTRIES_MAX, TEXT_MAX_CHARS

TOO_LONG = _("At most %(limit_value)d characters, and this has %(show_value)d: shorten it.")


class Text(forms.CharField):
    """One line, without the `maxlength` by which a browser cuts what is pasted.

    `needed`: nothing is saved without it, since the row could not be told from another. All else
    may be empty in a draft; the check tells of it.
    """

    def __init__(self, most: int = TEXT_MAX_CHARS, *, needed: Any = "", **options: Any) -> None:
        if needed:
            options["error_messages"] = {"required": needed}
        super().__init__(required=bool(needed), **options)
        self.validators.append(MaxLengthValidator(most, TOO_LONG))


class Passage(Text):
    """A few sentences, in a box that grows. A new line is a space: it is read as one passage."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return " ".join(line.strip() for line in str(super().to_python(value)).splitlines())


class Lines(forms.CharField):
    """A list, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, most: int = TEXT_MAX_CHARS, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.most = most

    def clean(self, value: Any) -> Any:
        lines = re.split(r"[\r\n]+", super().clean(value))
        written = tuple(line.strip() for line in lines if line.strip())
        if len(written) > ENTRIES_MAX:
            raise ValidationError(_("At most %(n)d lines."), params={"n": ENTRIES_MAX})
        for line in written:
            if len(line) > self.most:
                raise ValidationError(
                    _("A line has at most %(n)d characters. Shorten “%(line)s…”."),
                    params={"n": self.most, "line": line[:40]},
                )
        return written


class Price(forms.CharField):
    """What something costs, with a point or a comma; 0 where it costs nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        try:
            price = float(written.replace(",", ".")) if written else 0.0
        except ValueError:
            price = math.nan
        if not math.isfinite(price):
            raise ValidationError(_("Write the price as a number, such as 2.50."))
        return price

    @staticmethod
    def shown(price: float) -> str:
        return number(price) if price else ""
