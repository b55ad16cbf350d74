"""What somebody wants to be reminded of, and when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reminders import reading
from coach.reminders.schedule import next_after

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 29, 14, 0, tzinfo=BERLIN)  # a Sunday
WISHES = {
    "remind me to drink water at eight": "drink water | 2026-11-29 20:00",
    "in twenty minutes, tell me to take the lasagne out": (
        "take the lasagne out | 2026-11-29 14:20"
    ),
    "give me a shout at six to eat": "eat | 2026-11-29 18:00",
    "remind me in two hours to call mum": "call mum | 2026-11-29 16:00",
    "remind me every day at 7 to weigh myself": "weigh yourself | 2026-11-29 07:00 day",
    "every Monday at 9 remind me to take my vitamins": (
        "take your vitamins | 2026-11-29 09:00 week 0"
    ),
    "remind me tomorrow morning to eat breakfast": "eat breakfast | 2026-11-30 08:00",
    "set a reminder for 8:30 pm to log dinner": "log dinner | 2026-11-29 20:30",
    "set a daily reminder at 7 to weigh myself": "weigh yourself | 2026-11-29 07:00 day",
    "remind me to take 2 tablets at 9": "take 2 tablets | 2026-11-29 21:00",
    "remind me to drink 2 litres of water every day at 8am": (
        "drink 2 litres of water | 2026-11-29 08:00 day"
    ),
    "remind me to drink a glass of water every two hours": (
        "drink a glass of water | 2026-11-29 14:00 hour"
    ),
    "don't let me forget to take my tablets tonight": "take your tablets | 2026-11-29 21:00",
    "remind me on weekdays at 6:45 to walk": "walk | 2026-11-29 06:45 week 01234",
    "can you remind me to call my mum tomorrow please": "call your mum | 2026-11-30 09:00",
    "remind me to take my pills after dinner": "take your pills | 2026-11-29 20:00",
    "remind me to eat at 1": "eat | 2026-11-30 13:00",
    "remind me in half an hour": " | 2026-11-29 14:30",
    "I'd like to be told at noon to stretch": "stretch | 2026-11-30 12:00",
    "set a reminder for noon to log lunch": "log lunch | 2026-11-30 12:00",
    "remind me to weigh in every Monday at 9": "weigh in | 2026-11-29 09:00 week 0",
    "remind me to check in in half an hour": "check in | 2026-11-29 14:30",
    "remind me to turn the heating on at six": "turn the heating on | 2026-11-29 18:00",
    "set an alarm for noon to log lunch": "log lunch | 2026-11-30 12:00",
    "I keep forgetting my eye drops, nag me at nine every evening": (
        "your eye drops | 2026-11-29 21:00 day"
    ),
    "wake me up with a reminder to take my iron at seven pm": "take your iron | 2026-11-29 19:00",
}


def read(said, now):
    return reading.read(said, now, BERLIN)


def written(wish):
    (rule,) = wish.rules
    days = "".join(str(day) for day in rule.weekdays)
    rest = " ".join(part for part in (rule.unit, days) if part)
    return f"{wish.text} | {rule.first} {rule.at:%H:%M} {rest}".rstrip()


@pytest.mark.parametrize(("said", "wanted"), WISHES.items())
def test_a_wish_is_read(said, wanted):
    wish = read(said, NOW)
    assert wish.wanted == "make"
    assert written(wish) == wanted


@pytest.mark.parametrize(
    ("said", "wanted", "text"),
    [
        ("what reminders do I have", "list", ""),
        ("show my reminders", "list", ""),
        ("do I still have the one about iron", "list", "do you still have the one about iron"),
        ("pause all reminders while I'm away", "pause", ""),
        ("switch the reminders off from the fifth to the ninth", "pause", ""),
        ("cancel the walk reminder on weekends only", "skip", "walk"),
        ("no reminders at weekends please", "skip", ""),
        ("delete my water reminder", "cancel", "water"),
        ("stop reminding me to drink water", "cancel", "drink water"),
        ("cancel all my reminders", "cancel", ""),
        ("cancel the 8 o'clock reminder", "cancel", ""),
        ("turn my reminders off", "cancel", ""),
        ("cancel that reminder", "cancel", ""),
        ("turn off that water reminder", "cancel", "water"),
        ("stop sending me reminders", "cancel", ""),
        ("I don't need the water reminder any more", "cancel", "water"),
        ("can you please cancel the reminder to drink", "cancel", "drink"),
        ("don't remind me to drink", "cancel", "drink"),
        ("remind me to cancel my gym membership tomorrow", "make", "cancel your gym membership"),
        ("remind me to delete the reminder app at 5pm", "make", "delete the reminder app"),
        ("don't let me forget to cancel the gym", "make", "cancel the gym"),
        ("don't let me forget to cancel the gym reminder", "make", "cancel the gym reminder"),
    ],
)
def test_making_listing_and_cancelling_are_told_apart(said, wanted, text):
    wish = read(said, NOW)
    assert (wish.wanted, wish.text) == (wanted, text)


@pytest.mark.parametrize(
    "said",
    [
        "remind me tomorrow to stop taking aspirin and remind me friday to see the doctor",
        "I want to stop smoking so set a reminder for 8",
        "stop taking aspirin tomorrow remind me to do that",
    ],
)
def test_what_is_stopped_must_be_the_reminder(said):
    assert read(said, NOW).wanted == "make"


VERBS = st.sampled_from(["cancel", "delete", "stop", "drop", "forget", "get rid of", "clear"])
ASKED = st.sampled_from(["remind me to", "don't let me forget to", "set a reminder to", "ping me"])
OBJECTS = st.sampled_from(["the reminder", "my reminders", "reminding me", "aspirin", "all"])


@given(ASKED, VERBS, OBJECTS)
def test_who_asks_first_cancels_nothing(asks, verb, what):
    assert read(f"{asks} {verb} {what} at nine", NOW).wanted != "cancel"


LENGTHS = {"in one hour": 60, "in 20 minutes": 20, "in two hours": 120}


@pytest.mark.parametrize(("words", "minutes"), LENGTHS.items())
@given(quarter=st.integers(0, 40), night=st.sampled_from([(3, 28, 23), (10, 24, 22)]))
def test_in_so_long_is_an_instant_on_the_night_of_a_clock_change_too(
    words, minutes, quarter, night
):
    month, day, hour = night
    now = datetime(2026, month, day, hour, tzinfo=UTC) + timedelta(minutes=5 * quarter)
    (rule,) = read(f"remind me {words} to drink", now).rules
    assert next_after(rule, BERLIN, now) == now + timedelta(minutes=minutes)


def test_two_times_are_two_reminders():
    rules = read("remind me at 8 and at 12 to drink", NOW).rules
    assert [f"{rule.first:%d} {rule.at:%H}" for rule in rules] == ["29 20", "30 12"]


def test_no_time_and_a_time_that_is_over():
    assert read("remind me to drink water", NOW).rules == ()
    assert read("remind me yesterday to drink", NOW).past


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(said):
    read(said, NOW)


@pytest.mark.parametrize(
    "said", ["move my reminder to eight", "please shift the weigh in one from Monday to Friday"]
)
def test_what_is_to_be_moved_is_no_new_reminder(said: str) -> None:
    assert reading.read(said, NOW, BERLIN).wanted == "move"


@pytest.mark.parametrize(
    "said", ["remind me to move the alarm at eight", "at eight tell me to change the other one"]
)
def test_what_is_to_be_done_then_is_a_new_one(said: str) -> None:
    assert reading.read(said, NOW, BERLIN).wanted == "make"
