"""When the desk is open: intervals, days off, time zones, and what a closed desk leaves alone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import actions
from handoff.estimates import tell_waits
from handoff.hours import Hours
from handoff.models import DayOff, DeskZone, Escalation, OnCall, OpeningHours
from handoff.opening import desk_hours
from handoff.timeouts import TARGET

LONDON = ZoneInfo("Europe/London")
NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)
WORKDAYS = {day: ((NINE, NOON), (ONE, FIVE)) for day in range(5)}
OFFICE = Hours(LONDON, WORKDAYS, frozenset({date(2026, 12, 25)}))


def london(*at):
    return datetime(*at, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "is_open", "opens"),
    [
        (london(2026, 11, 30, 10), True, london(2026, 11, 30, 10)),
        (london(2026, 11, 30, 12), False, london(2026, 11, 30, 13)),  # lunch
        (london(2026, 11, 30, 8, 59), False, london(2026, 11, 30, 9)),
        (london(2026, 11, 27, 17), False, london(2026, 11, 30, 9)),  # Friday evening
        (london(2026, 12, 25, 10), False, london(2026, 12, 28, 9)),  # a day off, then a weekend
        (london(2026, 3, 28, 20), False, london(2026, 3, 30, 9)),  # the clocks change meanwhile
    ],
)
def test_several_intervals_a_day_days_off_and_the_next_opening(at, is_open, opens):
    assert OFFICE.is_open(at) is is_open
    assert OFFICE.next_opening(at) == opens


def test_a_deadline_counts_open_time_alone():
    friday = london(2026, 11, 27, 16, 30)
    assert OFFICE.after(friday, timedelta(hours=1)) == london(2026, 11, 30, 9, 30)
    assert OFFICE.after(london(2026, 11, 30, 11), timedelta(hours=2)) == london(2026, 11, 30, 14)


@pytest.fixture
def worked_out(monkeypatch):
    """The moments that were worked out, two for each interval."""
    made = []
    work_out = Hours._moment
    monkeypatch.setattr(Hours, "_moment", lambda *of: made.append(of) or work_out(*of))
    return made


def test_what_is_asked_needs_the_days_until_then_and_no_more(worked_out):
    OFFICE.next_opening(london(2026, 11, 27, 17))
    OFFICE.after(london(2026, 11, 27, 17), timedelta(hours=1))
    assert len(worked_out) < 30


def test_the_end_of_a_day_is_midnight_and_some_hours_never_come():
    late = Hours(LONDON, {0: ((time(18), time.min),)})
    assert late.is_open(london(2026, 11, 30, 23, 59))
    assert not late.is_open(london(2026, 12, 1, 0))
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=week) for week in range(200))
    never = Hours(LONDON, {0: ((NINE, FIVE),)}, mondays)
    at = london(2026, 11, 30, 10)
    assert never.next_opening(at) == at
    assert never.after(at, timedelta(hours=1)) == at + timedelta(hours=1)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
amounts = st.integers(0, 60 * 48).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=60)
@given(moments, amounts, amounts)
def test_open_time_adds_up(at, first, second):
    """Law: two spans of open time after each other are their sum; none of it is closed time."""
    both = OFFICE.after(at, first + second)
    assert OFFICE.after(OFFICE.after(at, first), second) == both
    assert both >= at + first + second
    if first + second > timedelta(0):
        assert OFFICE.is_open(both - timedelta(microseconds=1))


# --- rows -----------------------------------------------------------------------------------------


@pytest.fixture
def office(db):
    DeskZone.objects.update_or_create(pk=1, defaults={"name": "Europe/London"})
    for day in range(5):
        for opens, closes in ((NINE, NOON), (ONE, FIVE)):
            OpeningHours.objects.create(weekday=day, opens=opens, closes=closes)


@pytest.mark.django_db
def test_without_hours_the_desk_is_always_open(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert desk_hours().always


def test_hours_are_read_as_they_were_set(office):
    DayOff.objects.create(day=date(2026, 12, 25), name="Christmas")
    assert desk_hours() == OFFICE


@pytest.mark.parametrize(
    ("opens", "closes", "fine"),
    [
        (time(17), time(18), True),
        (NOON, ONE, True),
        (time(11), time(14), False),
        (time(9, 30), time(10), False),
        (time(17), time.min, True),
        (time(16), time.min, False),
        (time(18), NINE, False),
    ],
)
def test_intervals_of_a_day_are_apart_and_end_after_they_begin(office, opens, closes, fine):
    row = OpeningHours(weekday=0, opens=opens, closes=closes)
    if fine:
        row.full_clean()
    else:
        with pytest.raises(ValidationError):
            row.full_clean()


def test_a_time_zone_has_to_exist(office):
    zone = DeskZone.objects.get()
    zone.name = "Mars/Base"
    with pytest.raises(ValidationError):
        zone.full_clean()


@pytest.mark.django_db
def test_a_turn_on_call_ends_after_it_starts(asha, time):
    with pytest.raises(IntegrityError), transaction.atomic():
        OnCall.objects.create(expert=asha, starts_at=time.now(), ends_at=time.now() - TARGET[0])


# --- a closed desk --------------------------------------------------------------------------------


@pytest.fixture
def at_night(office, time):
    """Friday, eight in the evening; nobody works before Monday."""
    time.advance(seconds=(london(2026, 12, 4, 20) - time.now()).total_seconds())
    return time


def test_what_comes_at_night_keeps_its_place_and_is_due_after_the_next_opening(
    make_session, asha, at_night
):
    actions.touch_presence(asha)
    first = actions.raise_escalation(make_session(), "MED-S", 2, "x")
    monday = london(2026, 12, 7, 9)
    assert first.clocks.get(kind="accept").due_at == monday + TARGET[2]
    assert actions.dispatch_queue() == 0  # though somebody is at the desk
    at_night.advance(seconds=(monday - at_night.now()).total_seconds())
    actions.touch_presence(asha)
    actions.raise_escalation(make_session(), "MED-S", 2, "x")
    assert actions.dispatch_queue() > 0
    assert first.offers.exists()


def test_of_all_who_wait_at_night_the_opening_is_worked_out_once(
    make_session, at_night, monkeypatch
):
    for _ in range(3):
        actions.ask_for_person(make_session())
    asked, work_out = [], Hours.next_opening
    monkeypatch.setattr(Hours, "next_opening", lambda *of: asked.append(of) or work_out(*of))
    assert tell_waits(at_night.now()) == 3
    assert len(asked) == 1


@pytest.mark.parametrize("tier", [0, 1])
def test_danger_rings_at_any_hour(session, asha, at_night, tier):
    actions.touch_presence(asha)
    found = actions.raise_escalation(session, "SI-3", tier, "x")
    due = found.clocks.get(kind="accept").due_at
    assert due - found.created_at <= TARGET[tier] + timedelta(seconds=1)
    actions.dispatch_queue()
    assert found.offers.get().expert == asha


def test_who_is_on_call_is_rung_however_many_talks_they_have(make_session, make_expert, time):
    busy = make_expert(capacity=1)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), busy)
    grave = actions.raise_escalation(make_session(), "SI-3", 0, "x")
    Escalation.objects.filter(pk=grave.pk).update(ring=4)
    assert actions.dispatch(grave) == []
    turn = {"starts_at": time.now() - TARGET[2], "ends_at": time.now() + TARGET[2]}
    OnCall.objects.create(expert=busy, **turn)
    (offer,) = actions.dispatch(grave)
    assert actions.accept(offer, busy).owner == busy
