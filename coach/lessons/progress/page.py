"""What the page of progress shows, in numbers and drawings."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach import clock
from coach.charts import BarRow, Bars, laid
from coach.lessons.files import catalogue
from coach.lessons.library import taught
from coach.lessons.models import Attempt, AttemptQuerySet
from coach.lessons.progress.evidence import observations
from coach.lessons.progress.level import Estimate, estimate
from coach.lessons.progress.response_times import response_weeks
from coach.lessons.progress.streak import Streak, streak
from coach.lessons.progress.weeks import last_weeks, monday, week_name
from coach.lessons.review.models import ReviewAnswer
from coach.lessons.scenario import LEVELS, Scenario
from coach.talk.models import Turn
from coach.types import Member

SCENE_MAX_MINUTES = 30  # of one try: a page may be left open
STREAK_DAYS = 400  # that are looked at
ATTEMPTS_DRAWN = 500
MEMBERS = Q(session__turns__speaker=Turn.Speaker.MEMBER)


@dataclass(frozen=True)
class Progress:
    estimate: Estimate
    streak: Streak
    minutes: int  # in scenes of the weeks shown
    lessons: int  # different ones that were played
    met: int  # objectives, all of them
    weeks: Bars
    levels: Bars
    responses: Bars | None  # None: too few answers were timed


def progress_of(member: Member, language: str) -> Progress:
    now = member.local(clock.now())
    lessons = taught(member, language)
    slugs = [scenario.slug for scenario in lessons]
    mondays = last_weeks(now.date())
    own = _played(member, slugs)
    minutes = _minutes_by_week(member, own, now, min(mondays))
    best = own.best()
    return Progress(
        estimate=estimate(observations(member, language)),
        streak=streak(practised(member, now), now.date()),
        minutes=sum(minutes.values()),
        lessons=len(best),
        met=sum(best.values()),
        weeks=_weeks(minutes, mondays),
        levels=_levels(best, lessons),
        responses=response_weeks(member, _spoken_in(member, language, slugs), mondays),
    )


def languages_of(member: Member) -> list[str]:
    """The languages of all lessons; that of the member's newest scene or talk comes first."""
    lessons = Counter(scenario.language for scenario in catalogue().values())
    newest = Attempt.objects.for_member(member).values_list("slug", "free__language").first()
    slug, mine = newest or ("", "")
    if slug in catalogue():
        mine = catalogue()[slug].language
    return sorted(lessons, key=lambda code: (code != mine, -lessons[code], code))


def practised(member: Member, now: datetime) -> set[date]:
    """The days, on the member's own clock, on which they spoke in a scene or reviewed."""
    since = now - timedelta(days=STREAK_DAYS)
    scenes = Attempt.objects.for_member(member).filter(MEMBERS, started_at__gte=since)
    answers = ReviewAnswer.objects.filter(item__member_id=member.pk, answered_at__gte=since)
    days = set[date]()
    for rows, column in ((scenes, "started_at"), (answers, "answered_at")):
        day = TruncDate(column, tzinfo=member.zone)
        days |= set(rows.order_by().annotate(day=day).values_list("day", flat=True).distinct())
    return days


def _played(member: Member, slugs: list[str]) -> AttemptQuerySet:
    """The tries in which something was said."""
    spoken = Turn.objects.filter(speaker=Turn.Speaker.MEMBER, session__member_id=member.pk)
    own = Attempt.objects.for_member(member).filter(slug__in=slugs)
    return own.filter(session__in=spoken.values("session"))


def _spoken_in(member: Member, language: str, slugs: list[str]) -> AttemptQuerySet:
    """All tries in this language, free talks as well."""
    return Attempt.objects.for_member(member).filter(Q(slug__in=slugs) | Q(free__language=language))


def _minutes_by_week(
    member: Member, own: AttemptQuerySet, now: datetime, first: date
) -> Counter[date]:
    """Since `first`: minutes from the beginning of each scene to the last word of the member in it.

    Nobody measures how long a voice sounds in them: the partner's lines and pauses count along.
    """
    since = now.replace(hour=0, minute=0, second=0, microsecond=0) - (now.date() - first)
    last = Max("session__turns__created_at", filter=MEMBERS)
    minutes: Counter[date] = Counter()
    rows = own.filter(started_at__gte=since).annotate(last=last)
    for started, ended in rows.values_list("started_at", "last")[:ATTEMPTS_DRAWN]:
        spent = min(SCENE_MAX_MINUTES, max(1, round((ended - started).total_seconds() / 60)))
        minutes[monday(member.local(started).date())] += spent
    return minutes


def _weeks(minutes: Counter[date], mondays: list[date]) -> Bars:
    most = max(minutes.values(), default=0)
    rows = []
    for day in mondays:
        n = minutes[day]
        value = ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}
        rows.append(BarRow(week_name(day), value, laid([(n, "main", value)], most)))
    return Bars(rows)


def _levels(best: dict[str, int], lessons: list[Scenario]) -> Bars:
    """Objectives that were met, of all there are, by the level of their lessons."""
    rows = []
    for level in LEVELS:
        of_level = [scenario for scenario in lessons if scenario.level == level]
        whole = sum(len(scenario.objectives) for scenario in of_level)
        met = sum(best.get(scenario.slug, 0) for scenario in of_level)
        if whole:
            value = _("%(met)d of %(whole)d") % {"met": met, "whole": whole}
            rows.append(BarRow(level, value, laid([(met, "main", value)], whole)))
    return Bars(rows)


def weights(found: Estimate) -> Bars:
    """How likely each level is."""
    rows = []
    for level, weight in zip(LEVELS, found.weights, strict=True):
        value = _("%(percent)d %%") % {"percent": round(100 * weight)}
        rows.append(BarRow(level, value, laid([(weight, "main", value)], 1)))
    return Bars(rows)
