"""Reasons of a call that are kept as a code, and read in the language of who reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOGGED = "log:"  # before the code, so that no words of a person are taken for one

WHY: dict[str, Promise] = {
    "very_low_days": _("On three whole days in a row, less than 800 kcal a day was logged."),
    "lost_fast": _("The logged weight falls by more than 1 % a week, over two weeks or longer."),
    "lost_unplanned": _(
        "The logged weight has fallen by 5 % or more within three months, and losing weight is not "
        "the member's goal."
    ),
    "underweight_and_losing": _("The logged weight is below a healthy one, and falls."),
    "sugar": _("An alarming blood sugar was noted."),
    "pressure_high": _("A very high blood pressure was noted."),
    "pressure_low": _("A very low blood pressure was noted."),
}


def kept(why: str) -> str:
    """As it stands in the row."""
    return LOGGED + why


def in_words(reason: str) -> str:
    """The sentence of a code, in the language of the moment; other words as they are."""
    told = WHY.get(reason.removeprefix(LOGGED)) if reason.startswith(LOGGED) else None
    return reason if told is None else str(told)
