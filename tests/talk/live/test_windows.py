"""Which of the windows of a talk has it: the newest, whatever was lost and in whatever order."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations, product
from uuid import uuid4

from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from coach.talk.live.sweep import SweptTalk, _look_at_windows
from coach.talk.live.window_cache import window_name

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
times = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


@given(times, times)
def test_the_names_of_windows_are_in_the_order_of_their_times(one, another):
    elsewhere = timezone(timedelta(hours=5))
    names = window_name(one.astimezone(elsewhere)), window_name(another)
    assert one == another or (names[0] < names[1]) == (one < another)


def test_no_two_windows_have_one_name():
    assert window_name(NOON) != window_name(NOON)


def talk_of(window, key):
    return SweptTalk(uuid4(), key, window, lambda state: False, lambda: None, asyncio.Event())


async def test_the_newest_keeps_the_talk_whatever_the_cache_says():
    """Redis was away when they came, or is behind; each is in a process of its own."""
    for came, named in product(permutations("123"), (None, "1", "2", "3")):
        key = f"talk.test.{uuid4().hex}"
        talks = [talk_of(window, key) for window in came]
        if named:
            await cache.aset(key, named, 60)
        for talk in talks * 2:
            await _look_at_windows([talk])
        assert [talk.window for talk in talks if not talk.taken.is_set()] == ["3"], (came, named)
        assert await cache.aget(key) == "3"


async def test_windows_in_one_process_agree_at_one_look():
    for came in permutations("123"):
        key = f"talk.test.{uuid4().hex}"
        talks = [talk_of(window, key) for window in came]
        await _look_at_windows(talks)
        assert [talk.window for talk in talks if not talk.taken.is_set()] == ["3"]
