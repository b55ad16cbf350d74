"""Which diary day and which meal an instant belongs to, by the member's own clock.

A diary day is a date and nothing else: it is never shifted. Where a member's day begins at 4 in
the morning, an instant at 1:30 falls on the date before; the date itself stays as it is.
"""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from coach import clock
from coach.nutrition.meals import SaidAt
from coach.nutrition.models.diary import Slot
from coach.types import Member

# When a meal was, if only its name is known; and until what hour the clock suggests it.
USUAL_TIMES = {
    Slot.BREAKFAST: time(8, 0),
    Slot.LUNCH: time(12, 30),
    Slot.SNACK: time(16, 0),
    Slot.DINNER: time(19, 0),
}
SUGGESTED = (
    (4, Slot.SNACK),
    (11, Slot.BREAKFAST),
    (15, Slot.LUNCH),
    (17, Slot.SNACK),
    (22, Slot.DINNER),
    (24, Slot.SNACK),
)


def day_starts_hour(member: Member) -> int:
    """Hour of the clock (0 to 6) at which `member`'s diary day begins."""
    return int(getattr(getattr(member, "profile", None), "day_starts_hour", 0))


def day_of(at: datetime, zone: zoneinfo.ZoneInfo, starts_hour: int = 0) -> date:
    """The diary day of the instant `at` (aware) on the clock of `zone`."""
    # By the clock on the wall: a night of 23 or 25 hours still ends at the same hour.
    wall = at.astimezone(zone).replace(tzinfo=None)
    return (wall - timedelta(hours=starts_hour)).date()


def instant_of(
    day: date, time_of_day: time, zone: zoneinfo.ZoneInfo, starts_hour: int = 0
) -> datetime:
    """The instant (UTC) at which the clock shows `time_of_day` within the diary day `day`."""
    shown_on = day + timedelta(days=1) if time_of_day.hour < starts_hour else day
    return datetime.combine(shown_on, time_of_day, tzinfo=zone).astimezone(UTC)


def today(member: Member, now: datetime | None = None) -> date:
    return day_of(now or clock.now(), member.zone, day_starts_hour(member))


def said_at(member: Member, now: datetime | None = None) -> SaidAt:
    """The member's clock, for what they say now."""
    now = (now or clock.now()).astimezone(member.zone)
    return SaidAt(today(member, now), now, day_starts_hour(member))


def suggested_slot(time_of_day: time) -> Slot:
    """The meal that people usually have at `time_of_day`."""
    return next(slot for hour, slot in SUGGESTED if time_of_day.hour < hour)


def when(
    member: Member,
    *,
    day: date | None = None,
    slot: str | None = None,
    time_of_day: time | None = None,
    now: datetime | None = None,
) -> tuple[datetime, date, Slot]:
    """Instant (UTC), diary day and meal of something eaten, from what is known of them.

    Nothing known is "just now". A meal named on another day, or hours away from now, is put at its
    usual time.
    """
    now = now or clock.now()
    zone, starts = member.zone, day_starts_hour(member)
    current = today(member, now)
    day = day or current
    if time_of_day is not None:
        chosen = Slot(slot) if slot else suggested_slot(time_of_day)
        return instant_of(day, time_of_day, zone, starts), day, chosen
    suggested = suggested_slot(now.astimezone(zone).time())
    chosen = Slot(slot) if slot else suggested
    if day == current and chosen in (suggested, Slot.SNACK):
        return now, day, chosen
    return instant_of(day, USUAL_TIMES[chosen], zone, starts), day, chosen
