"""What somebody wants to be reminded of, and when."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reminders.reading import read

NOW = datetime(2026, 11, 29, 14, 0)  # a Sunday
WISHES = {
    "remind me to drink water at eight": "drink water | 2026-11-29 20:00",
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
}


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
        ("delete my water reminder", "cancel", "water"),
        ("stop reminding me to drink water", "cancel", "drink water"),
        ("cancel all my reminders", "cancel", ""),
        ("cancel the 8 o'clock reminder", "cancel", ""),
        ("remind me to cancel my gym membership tomorrow", "make", "cancel your gym membership"),
    ],
)
def test_making_listing_and_cancelling_are_told_apart(said, wanted, text):
    wish = read(said, NOW)
    assert (wish.wanted, wish.text) == (wanted, text)


def test_two_times_are_two_reminders():
    rules = read("remind me at 8 and at 12 to drink", NOW).rules
    assert [f"{rule.first:%d} {rule.at:%H}" for rule in rules] == ["29 20", "30 12"]


def test_no_time_and_a_time_that_is_over():
    assert read("remind me to drink water", NOW).rules == ()
    assert read("remind me yesterday to drink", NOW).past


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(said):
    read(said, NOW)
