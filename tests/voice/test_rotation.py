"""When a connection is changed, by what the engine says of its end."""

import asyncio
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.rotation import Connection, wait_until_idle
from tests.support.relay_stage import ManualClock


def opened(granted_s):
    clock = ManualClock()
    expires_at = None if granted_s is None else clock.wall() + granted_s
    return Connection.open(SimpleNamespace(expires_at=expires_at), clock)


def test_an_engine_that_says_nothing_is_changed_before_an_hour():
    connection = opened(None)
    assert connection.rotate_after - connection.opened_at == limits.ROTATE_AFTER_S
    assert connection.rotate_by - connection.opened_at == limits.ROTATE_LATEST_S


@pytest.mark.parametrize("granted_s", [-10.0, 0.0, limits.SESSION_MIN_S - 1])
def test_an_end_that_is_too_near_is_a_wrong_clock(granted_s):
    connection, usual = opened(granted_s), opened(None)
    assert connection.rotate_after == usual.rotate_after
    assert connection.rotate_by == usual.rotate_by


@given(st.floats(limits.SESSION_MIN_S, 4 * 3600))
def test_there_is_always_time_between_the_first_idle_moment_and_the_end(granted_s):
    connection = opened(granted_s)
    first = connection.rotate_after - connection.opened_at
    latest = connection.rotate_by - connection.opened_at
    assert 0 < first < latest < granted_s
    assert latest <= limits.ROTATE_LATEST_S


class User:
    idle = True


async def waiting(user, clock, deadline_s):
    task = asyncio.create_task(wait_until_idle(user, clock, clock.now() + deadline_s))
    await asyncio.sleep(0)
    return task


async def test_a_moment_counts_as_idle_after_a_second():
    clock, user = ManualClock(), User()
    task = await waiting(user, clock, 60)
    await clock.advance(limits.ROTATE_IDLE_S - limits.TICK_S)
    assert not task.done()
    await clock.advance(2 * limits.TICK_S)
    assert task.done()


async def test_a_talk_that_is_never_idle_is_changed_at_the_deadline():
    clock, user = ManualClock(), User()
    user.idle = False
    task = await waiting(user, clock, 10)
    await clock.advance(9.5)
    assert not task.done()
    await clock.advance(1)
    assert task.done()


async def test_an_idle_moment_that_ends_too_soon_does_not_count():
    clock, user = ManualClock(), User()
    task = await waiting(user, clock, 60)
    for _ in range(5):
        user.idle = True
        await clock.advance(limits.ROTATE_IDLE_S - 2 * limits.TICK_S)
        user.idle = False
        await clock.advance(2 * limits.TICK_S)
        assert not task.done()
    user.idle = True
    await clock.advance(limits.ROTATE_IDLE_S + 2 * limits.TICK_S)
    assert task.done()
