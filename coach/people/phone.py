"""Telephone numbers as people type them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TYPED_MAX_CHARS = 40
MIN_DIGITS, MAX_DIGITS = 6, 15  # E.164 allows 15

# What people write between the digits: spaces, hyphens, dots, slashes, brackets.
_BETWEEN = re.compile(r"[\s\-‐‑–./()]+")
_TRUNK = re.compile(r"\(0\)")  # +44 (0)20: never dialled from abroad
_NUMBER = re.compile(rf"\+?[0-9]{{{MIN_DIGITS},{MAX_DIGITS}}}")


def read_phone(text: str) -> str:
    """The number in one piece, with a leading plus where the country is said; "" for "".

    Lenient E.164: 00 counts as plus, and a number without a country is taken as it is. Raises
    ValidationError.
    """
    text = text.strip()
    if text.startswith(("+", "00")):
        text = _TRUNK.sub("", text)
    digits = _BETWEEN.sub("", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits and not _NUMBER.fullmatch(digits):
        raise ValidationError(_("Type a telephone number, like +44 20 7946 0000."), code="phone")
    return digits


class PhoneField(forms.CharField):
    """A telephone number, kept in one piece."""

    def __init__(self, **options: object) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        super().__init__(**{"max_length": TYPED_MAX_CHARS, "widget": widget} | options)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        return read_phone(super().clean(value))
