"""The weeks that the page of progress shows."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WEEKS = 8


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def last_weeks(today: date) -> list[date]:
    """The Mondays of the last weeks, newest first."""
    return [monday(today) - timedelta(weeks=ago) for ago in range(WEEKS)]


def week_name(first: date) -> str:
    return _("week of %(day)s") % {"day": date_format(first, "j M")}
