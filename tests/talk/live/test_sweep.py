"""The look at the rows of all live talks of a process, in case a push was lost."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisConnectionError

from coach import clock, watch
from coach.talk.actions import add_directive, record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.live import sweep as sweep_module
from coach.talk.live.sweep import SweptTalk, TalkState, states_of, talk_sweep
from coach.talk.live.window_cache import window_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(sweep_module, "SWEEP_S", 0.01)


@pytest.fixture
def warnings(monkeypatch):
    found = []
    log = watch.log
    monkeypatch.setattr(log, "error", lambda event, **fields: found.append((event, fields)))
    return found


@asynccontextmanager
async def swept(session, *, behind=lambda state: True, window="2"):
    """A talk that is looked at, and when it was nudged."""
    nudged = asyncio.Event()
    key = f"talk.live.test.{session.pk.hex}"
    talk = SweptTalk(session.pk, key, window, behind, nudged.set, asyncio.Event())
    talk_sweep.add(talk)
    try:
        yield talk, nudged
    finally:
        talk_sweep.discard(talk)
        await cache.adelete(key)


async def test_who_is_behind_is_nudged(session):
    async with asyncio.timeout(15), swept(session) as (_, nudged):
        await nudged.wait()


async def test_who_knows_the_rows_is_left_in_peace(session):
    seen = []

    def behind(state):
        seen.append(state)
        return False

    async with asyncio.timeout(15), swept(session, behind=behind) as (_, nudged):
        while len(seen) < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert not nudged.is_set()
    assert set(seen) == {TalkState(0, 1, ended=False, waiting=False)}


async def test_another_window_is_noticed_without_its_push(session):
    async with asyncio.timeout(15), swept(session) as (talk, nudged):
        await nudged.wait()
        assert not talk.taken.is_set()
        await cache.aset(talk.key, "3", 60)
        await talk.taken.wait()


async def test_a_cache_that_forgot_is_told_again(session):
    async with asyncio.timeout(15), swept(session) as (talk, _):
        while await cache.aget(talk.key) != "2":  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_database_and_a_cache_that_fail_are_asked_again(session, monkeypatch, warnings):
    errors = [DatabaseError("away")]
    look = sweep_module.states_of

    def sometimes(pks):
        if errors:
            raise errors.pop()
        return look(pks)

    class Away:
        def get_many(self, keys):
            monkeypatch.setattr(sweep_module, "window_cache", window_cache)
            raise RedisConnectionError("away")

    monkeypatch.setattr(sweep_module, "states_of", sometimes)
    monkeypatch.setattr(sweep_module, "window_cache", Away)
    async with asyncio.timeout(15), swept(session) as (_, nudged):
        await nudged.wait()
    assert [event for event, _ in warnings] == ["look_failed", "look_failed"]


def test_all_talks_of_a_process_are_one_query(session, maya):
    talks = [session]
    for _ in range(3):
        brief = make_brief(session.persona, member_name="Maya")
        talks.append(start_session(maya, session.persona, brief))
    record_turn(talks[0], "member", "Hello")
    add_directive(talks[1], "guide", "Ask about breakfast.")
    past = clock.now() - timedelta(seconds=1)
    add_directive(talks[2], "guide", "Too late.", expires_at=past)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        states = states_of([talk.pk for talk in talks])
    assert len(asked) == 1
    assert [states[talk.pk].waiting for talk in talks] == [False, True, False, False]
    assert states[talks[0].pk].last_seq == 1
