"""How large a number, how far away a day, and how long a text may be that comes from outside.

Python reads numbers of any size, a database does not, and the calendar ends: what has no bound
fails somewhere below, as an error of ours. So an address, a query or a form is held against these
before anything else sees it. What is out of bounds names nothing (404), and a form says so.
Words of people are taken whole or refused: nobody knows what a cut sentence would have meant.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.urls import register_converter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.errors import Refused
from coach.null_characters import without_nul

MAX_DIGITS = 18  # of a number: less than a 64-bit column holds
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)


class NumberConverter:
    """`<number:pk>`: a row, or a place in a thread: 0 up to 18 digits."""

    regex = rf"[0-9]{{1,{MAX_DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


class DayConverter:
    """`<day:day>`: a day such as 2026-03-10, of the years 2000 to 2099; another is not found.

    A page at the edge may still name its neighbour, which leads nowhere.
    """

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError
        return day

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(NumberConverter, "number")
register_converter(DayConverter, "day")


def read_number(text: str) -> int | None:
    """The number that `text` is: 0 up to 18 digits; None: it is none."""
    return int(text) if len(text) <= MAX_DIGITS and text.isdecimal() else None


def asked_number(asked: QueryDict, name: str) -> int:
    """The number `name` of an address, 0 without it. Raises BadRequest, which Django answers."""
    number = read_number(asked.get(name, "0"))
    if number is None:
        raise BadRequest(_("“%(name)s” is a number of up to 18 digits.") % {"name": name})
    return number


class DayField(forms.DateField):
    """A day of the years 2000 to 2099."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s.")
                % {"first": date_format(FIRST_DAY), "last": date_format(LAST_DAY)},
                code="out_of_bounds",
            )
        return day


def whole_text(text: str, most: int) -> str:
    """`text` as it is stored: no NUL, at most `most` characters. Raises Refused (`too_long`)."""
    text = without_nul(text).strip()
    text = text.replace("\r\n", "\n")  # a form sends each new line as two characters
    if (over := len(text) - most) > 0:
        message = ngettext(
            "That is %(over)d character too many. Nothing was taken: shorten it.",
            "That is %(over)d characters too many. Nothing was taken: shorten it.",
            over,
        )
        raise Refused(message % {"over": over}, code="too_long")
    return text
