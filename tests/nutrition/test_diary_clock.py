"""Which day and meal an instant belongs to, around midnight and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.diary_clock import (
    day_of,
    instant_of,
    said_at,
    suggested_slot,
    today,
    when,
)
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import parse_meal
from coach.nutrition.models.diary import Slot

ZONES = ["Asia/Kolkata", "America/New_York", "Europe/Athens", "Pacific/Kiritimati", "Africa/Cairo"]


def member(zone: str = "Europe/Athens", starts: int = 0) -> SimpleNamespace:
    profile = SimpleNamespace(day_starts_hour=starts)
    return SimpleNamespace(zone=ZoneInfo(zone), profile=profile)


def test_the_day_is_the_members_own_and_not_the_servers():
    at = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
    assert today(member("Asia/Kolkata"), at) == date(2026, 3, 11)
    assert today(member("America/New_York"), at) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("hour", "starts", "expected"),
    [(23, 4, 10), (0, 4, 10), (3, 4, 10), (4, 4, 11), (0, 0, 11)],
)
def test_a_later_day_start_moves_the_instant(hour, starts, expected):
    at = datetime(2026, 3, 10 if hour == 23 else 11, hour, 30, tzinfo=ZoneInfo("Europe/Athens"))
    assert day_of(at, at.tzinfo, starts) == date(2026, 3, expected)


def test_a_day_start_never_moves_the_label():
    # The page of a date shows that date, whatever the hour at which its day begins.
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    at, day, slot = when(member(starts=4), day=date(2026, 3, 10), slot="lunch", now=now)
    assert (day, slot) == (date(2026, 3, 10), Slot.LUNCH)
    assert at.astimezone(ZoneInfo("Europe/Athens")).date() == date(2026, 3, 10)


@pytest.mark.parametrize("hour", range(24))
def test_the_nights_when_clocks_change_have_one_day_each(hour):
    zone = ZoneInfo("America/New_York")
    for night in (date(2026, 3, 8), date(2026, 11, 1)):  # 23 and 25 hours long
        start = datetime.combine(night, time(0), zone).astimezone(UTC)
        at = start + timedelta(hours=hour)
        local = at.astimezone(zone)
        assert day_of(at, zone, 4) == (
            local.date() - timedelta(days=1) if local.hour < 4 else local.date()
        )


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.times(),
    st.sampled_from(ZONES),
    st.integers(0, 6),
)
def test_what_is_put_on_a_day_is_found_on_that_day(day, clock, zone, starts):
    zone_info = ZoneInfo(zone)
    at = instant_of(day, clock, zone_info, starts)
    wall = at.astimezone(zone_info)
    if wall.time() != clock:
        return  # a time that the clock skipped that night
    assert day_of(at, zone_info, starts) == day


@pytest.mark.parametrize(
    ("clock", "slot"),
    [
        (time(7), Slot.BREAKFAST),
        (time(12, 45), Slot.LUNCH),
        (time(16), Slot.SNACK),
        (time(21, 30), Slot.DINNER),
        (time(23), Slot.SNACK),
        (time(1), Slot.SNACK),
    ],
)
def test_the_meal_goes_by_the_members_clock(clock, slot):
    assert suggested_slot(clock) == slot


def test_nothing_said_is_just_now():
    now = datetime(2026, 3, 10, 6, 15, tzinfo=UTC)  # 8:15 in Athens
    assert when(member(), now=now) == (now, date(2026, 3, 10), Slot.BREAKFAST)


def test_breakfast_told_in_the_evening_is_put_in_the_morning():
    now = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    at, day, slot = when(member(), slot="breakfast", now=now)
    assert (at.hour, day, slot) == (6, date(2026, 3, 10), Slot.BREAKFAST)  # 8:00 in Athens


def test_a_time_that_was_said_is_kept():
    now = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    at, _day, slot = when(member(), time_of_day=time(13, 20), now=now)
    assert at == datetime(2026, 3, 10, 11, 20, tzinfo=UTC)
    assert slot == Slot.LUNCH


def test_after_midnight_with_a_late_day_start_still_means_the_evening_before():
    zone = ZoneInfo("Europe/Athens")
    now = datetime(2026, 3, 11, 1, 0, tzinfo=zone)
    at, day, _slot = when(member(starts=4), now=now)
    assert (at, day) == (now, date(2026, 3, 10))


AGO = {
    "an hour ago": timedelta(hours=1),
    "two hours ago": timedelta(hours=2),
    "an hour and a half ago": timedelta(hours=1.5),
    "20 minutes ago": timedelta(minutes=20),
    "five hours ago": timedelta(hours=5),
    "12 hours ago": timedelta(hours=12),
    "30 hours ago": timedelta(hours=30),
}


@given(
    # As many in the nights when the clocks of New York and Athens change as in the whole time.
    st.one_of(
        st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
        st.datetimes(datetime(2026, 10, 25), datetime(2026, 10, 25, 6)),
        st.datetimes(datetime(2026, 3, 8, 4), datetime(2026, 3, 8, 12)),
        st.datetimes(datetime(2026, 11, 1, 4), datetime(2026, 11, 1, 12)),
    ),
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.sampled_from(list(AGO)),
    st.sampled_from(["I had an egg {}", "{} I had an egg", "an egg {}, it was good"]),
)
def test_hours_ago_are_counted_from_now_and_fall_on_their_own_diary_day(
    clock, zone, starts, phrase, sentence
):
    now, eater = clock.replace(tzinfo=UTC), member(zone, starts)
    (egg,) = parse_meal(index_from_files(), sentence.format(phrase), said_at(eater, now)).items
    day = today(eater, now) + timedelta(days=egg.day_offset)
    at, on, _slot = when(eater, day=day, time_of_day=egg.time, now=now)
    assert at == now - AGO[phrase]
    assert on == day_of(at, eater.zone, starts)
