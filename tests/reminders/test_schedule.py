"""When a reminder comes: on the wall clock of its member, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reminders.schedule import WAKING, Rule, next_after

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")


def at(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_once_is_due_once():
    rule = Rule(date(2026, 3, 10), time(8))
    assert next_after(rule, BERLIN, at("2026-03-10 07:59")) == at("2026-03-10 08:00")
    assert next_after(rule, BERLIN, at("2026-03-10 08:00")) is None


def test_every_day_keeps_its_hour_over_both_clock_changes():
    rule = Rule(date(2026, 1, 1), time(8), "day")
    for after, wanted in (
        ("2026-03-28 08:00", "2026-03-29 08:00"),
        ("2026-10-24 08:00", "2026-10-25 08:00"),
    ):
        assert next_after(rule, BERLIN, at(after)) == at(wanted)


def test_a_wall_time_that_is_left_out_comes_that_day_and_one_that_is_twice_comes_once():
    rule = Rule(date(2026, 1, 1), time(2, 30), "day")
    skipped = next_after(rule, BERLIN, at("2026-03-29 00:00"))
    assert skipped.astimezone(BERLIN).strftime("%d %H:%M") == "29 03:30"
    first = next_after(rule, BERLIN, at("2026-10-25 00:00"))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_after(rule, BERLIN, first) == at("2026-10-26 02:30")


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Rule(date(2026, 3, 2), time(9), "week", 1, (0, 3)), ["02", "05", "09"]),
        (Rule(date(2026, 3, 2), time(9), "week", 2), ["02", "16", "30"]),
        (Rule(date(2026, 3, 1), time(9), "day", 3), ["01", "04", "07"]),
        (Rule(date(2026, 1, 31), time(9), "month"), ["31", "28", "31"]),
    ],
)
def test_days_follow_the_rule(rule, days):
    found, now = [], at("2026-01-30 00:00" if rule.unit == "month" else "2026-02-28 12:00")
    for _ in days:
        now = next_after(rule, BERLIN, now)
        found.append(f"{now.astimezone(BERLIN):%d}")
    assert found == days


RULES = st.builds(
    Rule,
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    st.times().map(lambda one: one.replace(microsecond=0)),
    st.sampled_from(["day", "week", "month", "hour"]),
    st.integers(1, 6),
    st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple),
)


@given(RULES, st.sampled_from(ZONES), st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)))
def test_what_comes_again_always_comes_later_and_on_its_wall_clock(rule, name, after):
    zone, after = ZoneInfo(name), after.replace(tzinfo=UTC)
    due = next_after(rule, zone, after)
    assert due > after
    local = due.astimezone(zone)
    if rule.unit == "hour":
        assert WAKING[0] <= local.hour < WAKING[1]
    elif due == datetime.combine(local.date(), rule.at, tzinfo=zone):
        assert local.replace(tzinfo=None).time() == rule.at
    else:  # the clocks leave this time out today
        assert (
            timedelta(0)
            < local.replace(tzinfo=None) - datetime.combine(local.date(), rule.at)
            <= timedelta(hours=1)
        )
