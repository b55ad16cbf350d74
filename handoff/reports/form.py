"""What a supervisor asks of a report: the last days or days of their own, and a choice of cases."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coach.bounds import DayField
from handoff.models import Escalation, Tier
from handoff.reports.asked import DAYS_MAX, SPANS, Asked
from handoff.reports.helped import domain_name, language_name

LAST = 30  # days, where nothing is asked for
LANGUAGES_MAX = 100  # that are offered


class Calendar(forms.DateInput):
    """The browser's own calendar, which reads and writes days one way in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False, widget=Calendar)


class AskedForm(forms.Form):
    """A form of an address. `asked` in its cleaned data is what it asks for."""

    days = forms.ChoiceField(label=gettext_lazy("Days"), required=False)
    first = _day(gettext_lazy("From"))
    last = _day(gettext_lazy("To"))
    domain = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)

    def __init__(self, data: QueryDict, *, zone: ZoneInfo, today: date) -> None:
        asked = data.dict()
        if not asked.get("first") and not asked.get("last"):
            asked["days"] = asked.get("days") or str(LAST)
        super().__init__(asked)
        self.zone, self.today = zone, today
        every = [("", _("All"))]
        spans = [(str(n), ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in SPANS]
        choices = {
            "days": [*spans, ("", _("Own dates"))],
            "domain": every + [(name, domain_name(name)) for name in ("nutrition", "language")],
            "language": every + [(code, language_name(code)) for code in _languages()],
            "tier": every + [(str(tier.value), str(tier.label)) for tier in Tier],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Adds `asked`. Own dates: both, in order, none to come, and not too many."""
        told = super().clean() or {}
        if self.errors:
            return told
        first, last = told["first"], told["last"]
        if told["days"]:
            first, last = self.today - timedelta(days=int(told["days"]) - 1), self.today
        else:
            self._check(first, last)
        if not self.errors:
            told["asked"] = Asked(
                first,
                last,
                self.zone,
                told["domain"],
                told["language"],
                int(told["tier"]) if told["tier"] else None,
            )
        return told

    def _check(self, first: date | None, last: date | None) -> None:
        for name, day in (("first", first), ("last", last)):
            if day is None:
                self.add_error(name, _("Choose a day."))
            elif day > self.today:
                today = date_format(self.today)
                self.add_error(name, _("Choose a day up to today, %(day)s.") % {"day": today})
        if self.errors or first is None or last is None:
            return
        if first > last:
            self.add_error("last", _("It ends before it begins. Choose a later day."))
        elif (last - first).days >= DAYS_MAX:
            words = _("That is more than %(days)d days. Choose a shorter span.")
            self.add_error("first", words % {"days": DAYS_MAX})


def _languages() -> list[str]:
    """The languages in which there are cases."""
    found = Escalation.objects.order_by("language").values_list("language", flat=True).distinct()
    return list(found[:LANGUAGES_MAX])
