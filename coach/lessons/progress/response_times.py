"""How long a learner takes to answer, week by week."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, laid
from coach.lessons.models import AttemptQuerySet
from coach.lessons.progress.weeks import monday, week_name
from coach.lessons.spoken import response_times, typical
from coach.talk.models import Turn
from coach.types import Member
from coach.voice.effects import SpeechTiming

TURNS_DRAWN = 2000  # the newest


def response_weeks(member: Member, own: AttemptQuerySet, mondays: Sequence[date]) -> Bars | None:
    """The median of each week, newest first; None: no week has enough answers to tell."""
    since = min(mondays) - timedelta(days=1)  # the member's day may begin before ours
    turns = Turn.objects.filter(
        session__in=own.values("session"),
        speaker=Turn.Speaker.MEMBER,
        created_at__date__gte=since,
        timing__isnull=False,
    ).order_by("-pk")
    times: dict[date, list[SpeechTiming]] = {}
    for at, timing in turns.values_list("created_at", "timing")[:TURNS_DRAWN]:
        times.setdefault(monday(member.local(at).date()), []).append(
            msgspec.convert(timing, SpeechTiming)
        )
    medians = {day: typical(response_times(times.get(day, []))) for day in mondays}
    longest = max((found for found in medians.values() if found is not None), default=None)
    if longest is None:
        return None
    rows = []
    for day, found in medians.items():
        value = "–" if found is None else _("%(seconds).1f s") % {"seconds": found}
        rows.append(BarRow(week_name(day), value, laid([(found or 0, "main", value)], longest)))
    return Bars(rows)
