"""What the rules of logs are held against, read from a member's diary and measurements."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from coach.nutrition.diary_clock import day_of, day_starts_hour
from coach.nutrition.models.diary import Meal, Slot
from coach.people.models import Measurement, Profile
from coach.talk.models import Turn
from coach.types import Member
from handoff.logs.rules import (
    UNPLANNED_WITHIN,
    VERY_LOW_KCAL,
    LoggedDay,
    Weighed,
    Weight,
)

DAYS_BACK = 7  # a day may be told later
EVENING = 18  # who says earlier that it was all may still eat
MAIN = (Slot.BREAKFAST, Slot.LUNCH, Slot.DINNER)
SAID_MOST = 200  # of a day's turns
# A goodbye («that's all, thank you») tells nothing of food; neither does what else one may have.
ATE = r"(?:i|i['’]?ve|i have|we|we['’]?ve)(?: have)?(?: just| really)? (?:ate|eaten|had|eat)"
NOT_FOOD = (
    r"(?! (?:to (?!eat)|time|in mind|planned|left|on\b|for (?:you|now|breakfast|lunch|dinner)\b"
    r"|at (?:breakfast|lunch|dinner)\b"
    r"|(?:\w+ ){0,2}(?:questions?|meetings?|calls?|minutes?|hours?)\b))"
)
TOLD_WHOLE = re.compile(
    r"\b(?:that['’]?s|that (?:is|was)|this (?:is|was)) (?:all|everything) "
    rf"(?:that )?{ATE}{NOT_FOOD}"
    r"|\b(?:that['’]?s|that (?:is|was)) all (?:of )?(?:the|my) food\b(?! (?:i|in|you|we)\b)"
    r"|\b(?:ate|eaten|had|eat|having) nothing (?:else|more)(?: to eat)? (?:all day|today)\b"
    r"|\bnothing (?:else|more) to eat (?:all day|today)\b"
    rf"|\ball (?:that )?{ATE} (?:all day|today)\b{NOT_FOOD}"
    rf"|\bonly (?:ate|had|eaten)\b{NOT_FOOD}.{{0,60}}\b(?:all day|today)\b",
    re.IGNORECASE,
)


def days_over(member: Member, today: date) -> list[LoggedDay]:
    """The last diary days that are over and have something in them, in their order."""
    meals = Meal.objects.for_member(member).kept()
    rows = (
        meals.filter(day__lt=today, day__gte=today - timedelta(days=DAYS_BACK))
        .values("day")
        .annotate(
            kcal=Sum("items__kcal"),
            main=Count("slot", filter=Q(slot__in=MAIN, items__isnull=False), distinct=True),
        )
        .order_by("day")
    )
    found = [LoggedDay(row["day"], row["kcal"] or 0.0, row["main"]) for row in rows]
    low = {one.day for one in found if 0 < one.kcal < VERY_LOW_KCAL and one.main_meals < len(MAIN)}
    whole = _told_whole(member, low)
    return [
        LoggedDay(one.day, one.kcal, one.main_meals, one.day in whole) if low else one
        for one in found
    ]


def _told_whole(member: Member, days: Iterable[date]) -> set[date]:
    """On which of `days` the member said in the evening that they eat no more."""
    wanted, hour = set(days), day_starts_hour(member)
    if not wanted:
        return set()
    said = Turn.objects.filter(
        session__member_id=member.pk,
        speaker=Turn.Speaker.MEMBER,
        created_at__date__gte=min(wanted),
        created_at__date__lte=max(wanted) + timedelta(days=1),
    )
    found = set()
    for at, text in said.order_by("-created_at").values_list("created_at", "text")[
        : SAID_MOST * len(wanted)
    ]:
        wall = at.astimezone(member.zone)
        day = day_of(at, member.zone, hour)
        late = wall.hour >= EVENING or wall.date() > day
        if day in wanted and late and TOLD_WHOLE.search(text):
            found.add(day)
    return found


def weighed(member: Member, profile: Profile | None, today: date) -> Weighed:
    """What is known of the member's weight, and of what bears on it."""
    rows = Measurement.objects.for_member(member).standing()
    rows = rows.filter(kind=Measurement.Kind.WEIGHT).order_by("measured_at", "pk")
    since = today - UNPLANNED_WITHIN
    newest = {
        at.astimezone(member.zone).date(): kg
        for at, kg in rows.filter(measured_at__date__gte=since).values_list("measured_at", "value")
    }
    return Weighed(
        [Weight(day, kg) for day, kg in sorted(newest.items())],
        today,
        wants_to_lose=profile is not None and profile.goal == Profile.Goal.LOSE,
        height_cm=profile.height_cm if profile else None,
        age=profile.age_on(today) if profile else None,
    )
