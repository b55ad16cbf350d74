"""The desk's hours as rows have them, and who can be called outside of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handoff.hours import Hours, Interval
from handoff.models import DayOff, DeskZone, Expert, OnCall, OpeningHours, Tier

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
