"""The form of one reminder."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coach.bounds import DayField
from coach.reminders.limits import TEXT_MAX_CHARS
from coach.reminders.models import Reminder
from coach.reminders.schedule import Rule

WORKDAYS = (0, 1, 2, 3, 4)
# What a member chooses from: the rule's unit and weekdays.
REPEATS: dict[str, tuple[str, tuple[int, ...]]] = {
    "once": ("", ()),
    "day": ("day", ()),
    "workdays": ("week", WORKDAYS),
    "week": ("week", ()),
    "month": ("month", ()),
    "hour": ("hour", ()),
}
NAMES = {
    "once": _("Once"),
    "day": _("Every day"),
    "workdays": _("On weekdays"),
    "week": _("Every week"),
    "month": _("Every month"),
    "hour": _("Every hour in the daytime"),
    "kept": _("As it is"),
}


class ReminderForm(forms.Form):
    """What, when, how often, and whether by mail as well."""

    text = forms.CharField(label=_("Reminder"), max_length=TEXT_MAX_CHARS)
    day = DayField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    repeat = forms.ChoiceField(label=_("How often?"), choices=())
    by_mail = forms.BooleanField(
        label=_("Also by e-mail"),
        required=False,
        help_text=_("The mail says only that a reminder is due, not what of."),
    )

    def __init__(self, *args: Any, reminder: Reminder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reminder = reminder
        names = [name for name in REPEATS if name != "hour"]
        if reminder is not None:
            names += [] if repeat_of(reminder) in names else [repeat_of(reminder)]
        repeat = self.fields["repeat"]
        assert isinstance(repeat, forms.ChoiceField)
        repeat.choices = [(name, NAMES[name]) for name in names]

    @property
    def rule(self) -> Rule:
        """The rule that was chosen; raises KeyError before the form is valid."""
        values = self.cleaned_data
        first, at = values["day"], values["time"]
        kept = self.reminder
        if values["repeat"] == "kept" and kept is not None:
            rule = kept.rule
            return Rule(first, at, rule.unit, rule.every, rule.weekdays)
        unit, weekdays = REPEATS[values["repeat"]]
        return Rule(first, at, unit, 1, weekdays)  # type: ignore[arg-type]


def repeat_of(reminder: Reminder) -> str:
    """The choice that a reminder is shown as; `kept` for what only words can say."""
    if reminder.every != 1:
        return "kept"
    for name, (unit, weekdays) in REPEATS.items():
        if unit == reminder.unit and list(weekdays) == list(reminder.weekdays):
            return name
    return "kept"
