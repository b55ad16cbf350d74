"""The desk's hours as rows have them, and who can be called outside of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from handoff.hours import Hours, Interval
from handoff.models import DayOff, DeskZone, Expert, IntakePause, OnCall, OpeningHours, Tier

ALWAYS = Hours(ZoneInfo("UTC"))


def desk_hours() -> Hours:
    """When the desk is open; always, as long as nobody has set hours (one statement then)."""
    weekly: dict[int, tuple[Interval, ...]] = {}
    for row in OpeningHours.objects.order_by("weekday", "opens"):
        weekly[row.weekday] = (*weekly.get(row.weekday, ()), (row.opens, row.closes))
    if not weekly:
        return ALWAYS
    days_off = frozenset(DayOff.objects.values_list("day", flat=True))
    return Hours(desk_zone(), weekly, days_off)


def desk_zone() -> ZoneInfo:
    """The time zone in which the desk's days are meant."""
    name = DeskZone.objects.values_list("name", flat=True).first()
    return ZoneInfo(name or "UTC")


def today_at_desk(at: datetime) -> date:
    """The day that it is where the desk is."""
    return at.astimezone(desk_zone()).date()


@dataclass(frozen=True)
class Intake:
    """When calls that wait `at` a moment ring: in the desk's hours, and after a pause they came in.

    P0 and P1 ring at any moment. A pause moves no deadline: what is late by it is called late.
    """

    at: datetime
    hours: Hours
    pause: tuple[datetime, datetime] | None = None  # from, until: it holds

    def rings_from(self, tier: int, created_at: datetime) -> datetime:
        """From when on a call that came at `created_at` rings; `at` itself, if it may ring now."""
        if tier <= Tier.P1:
            return self.at
        paused = self.pause is not None and created_at >= self.pause[0]
        return self.after_pause if paused else self.opens_at

    def rings(self, tier: int, created_at: datetime) -> bool:
        return self.rings_from(tier, created_at) <= self.at

    @cached_property
    def opens_at(self) -> datetime:
        """`at` itself while the desk is open."""
        return self.hours.next_opening(self.at)

    @cached_property
    def after_pause(self) -> datetime:
        return self.hours.next_opening(self.pause[1]) if self.pause else self.opens_at


def intake(at: datetime) -> Intake:
    """Hours and pause as the rows have them."""
    pause = IntakePause.objects.running(at).values_list("starts_at", "until").first()
    return Intake(at, desk_hours(), pause)


def rings_at(tier: int, at: datetime) -> datetime:
    """When somebody may be disturbed about a case of `tier`: P0 and P1 at any hour."""
    return at if tier <= Tier.P1 else desk_hours().next_opening(at)


def waited(hours: Hours, since: datetime, at: datetime) -> timedelta:
    """How long somebody has waited of this opening: nobody is waited for while it is closed."""
    return max(timedelta(0), at - max(since, hours.opened_at(at) or since))


def on_call_now(at: datetime) -> set[int]:
    """Keys of the experts whose turn it is to be called at any hour."""
    turns = OnCall.objects.filter(starts_at__lte=at, ends_at__gt=at)
    return set(turns.values_list("expert", flat=True))


def called_at_any_hour(expert: Expert, at: datetime) -> bool:
    """Whether P0 and P1 come to this expert whatever the hour and however many cases they have."""
    return expert.supervisor or expert.pk in on_call_now(at)
