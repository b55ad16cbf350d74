"""Reminders as sentences to the member."""

from datetime import date, datetime

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.reminders.models import Reminder, Unit

WEEKDAYS = 7
WORKDAYS = [0, 1, 2, 3, 4]
MONDAY = 5  # of January 2026: a week whose days have their names


def sentence(text: str) -> str:
    """`text` with one full stop at its end: times such as «8 p.m.» bring theirs."""
    return text if text.endswith(".") else f"{text}."


def what(reminder: Reminder) -> str:
    return reminder.text or _("what you wanted to think of")


def when(reminder: Reminder, today: date) -> str:
    """«every day at 8 p.m.», «on Friday at noon», «today at 8 p.m.»; `today` is the member's."""
    time = time_format(reminder.at, "TIME_FORMAT")
    if reminder.unit == Unit.ONCE:
        at = reminder.member.local(reminder.next_at) if reminder.next_at else None
        time = time_format(at.time(), "TIME_FORMAT") if at else time
        return _("%(day)s at %(time)s") % {
            "day": _day(at.date() if at else reminder.first, today),
            "time": time,
        }
    if reminder.unit == Unit.HOUR:
        return ngettext(
            "every hour in the daytime", "every %(n)d hours in the daytime", reminder.every
        ) % {"n": reminder.every}
    return _("%(days)s at %(time)s") % {"days": _days(reminder), "time": time}


def _days(reminder: Reminder) -> str:
    if reminder.unit == Unit.WEEK and reminder.weekdays == WORKDAYS and reminder.every == 1:
        return _("on weekdays")
    if reminder.unit == Unit.WEEK:
        days = reminder.weekdays or [reminder.first.weekday()]
        names = ", ".join(date_format(datetime(2026, 1, MONDAY + day), "l") for day in days)
        if reminder.every == 1:
            return _("every %(days)s") % {"days": names}
        return _("every %(n)d weeks on %(days)s") % {"n": reminder.every, "days": names}
    if reminder.unit == Unit.MONTH:
        return ngettext("every month", "every %(n)d months", reminder.every) % {"n": reminder.every}
    return ngettext("every day", "every %(n)d days", reminder.every) % {"n": reminder.every}


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    if 1 < ahead < WEEKDAYS:
        return _("on %(weekday)s") % {"weekday": date_format(day, "l")}
    return _("on %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}


def made(rows: list[Reminder], today: date) -> str:
    """Says back in full what was understood, so that a wrong hour is heard."""
    if len({row.text for row in rows}) == 1 and len(rows) > 1:
        times = _(" and ").join(when(row, today) for row in rows)
        return _("I will remind you %(times)s: %(what)s.") % {"times": times, "what": what(rows[0])}
    return " ".join(
        _("I will remind you %(when)s: %(what)s.") % {"when": when(row, today), "what": what(row)}
        for row in rows
    )


def listed(rows: list[Reminder], today: date, *, more: int = 0) -> str:
    if not rows:
        return _("You have no reminders.")
    parts = [
        _("%(what)s, %(when)s") % {"what": what(row), "when": when(row, today)} for row in rows
    ]
    say = sentence(_("Your reminders: %(list)s") % {"list": "; ".join(parts)})
    if more:
        say += " " + ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more}
    return say


def put_back(rows: list[Reminder], over: list[Reminder], today: date) -> str:
    """Says what comes again after «undo that», and what cannot, as its time is over."""
    words = {"what": what(rows[0]), "when": when(rows[0], today)}
    say = sentence(_("Done. It is back: %(what)s, %(when)s") % words)
    if len(rows) > 1:
        say = _("Done. Your %(n)d reminders are back.") % {"n": len(rows)}
    if over:
        names = "; ".join(what(row) for row in over)
        say += " " + sentence(_("Not those whose time is over: %(list)s") % {"list": names})
    return say
