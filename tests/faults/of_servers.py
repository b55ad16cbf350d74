"""Faults of what we stand on: Redis and PostgreSQL."""

import asyncio
import contextlib
import time

import psycopg
import redis

from tests.faults.course import Course
from tests.faults.table import Fault

DOWN_S = 60.0
OFFER_S = 17.0  # of an emergency, and a walk
STORMS = 4  # sessions that lock rows against our order
OTHERS = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
)
TABLES = ("handoff_expert", "handoff_escalation", "talk_session")  # our order, the other way round


async def redis_is_away(course: Course) -> None:
    """And when it is back, it has forgotten everything."""
    await asyncio.to_thread(course.stage.redis.stop)
    await asyncio.sleep(min(DOWN_S, 2 * course.seconds))
    await asyncio.to_thread(course.stage.redis.start)
    course.injected += 1
    await asyncio.sleep(5)


async def redis_forgets(course: Course) -> None:
    """While offers ring that nobody answers; few call, so that some are always calm."""
    course.site.calls = False
    for expert in course.experts:
        expert.answers = False
    try:
        async for _ in course.moments(8, most=5):
            member = await course.calm_member()
            id_ = await member.call_in_danger()
            await course.until(lambda m=member, i=id_: m.typed[i].written, 20)
            await asyncio.sleep(2)
            await asyncio.to_thread(course.stage.redis.stop)
            await asyncio.to_thread(course.stage.redis.start)
        await asyncio.sleep(OFFER_S)
    finally:
        for expert in course.experts:
            expert.answers = True
            expert.seen.clear()
        for expert in course.experts:  # who missed two has to say that they are there
            await expert.post("/desk/presence/", status="available")


async def redis_takes_no_writes(course: Course) -> None:
    """As with a full disk, or with its memory used up."""
    with redis.Redis.from_url(course.stage.redis.url) as client:
        course.injected += 1
        await asyncio.to_thread(client.config_set, "maxmemory", 1)
        await asyncio.sleep(course.seconds)
        await asyncio.to_thread(client.config_set, "maxmemory", 0)


async def postgres_breaks(course: Course) -> None:
    """Connections are cut in the middle of what they do; twice the server itself ends."""
    assert course.stage.postgres is not None
    server = course.stage.postgres
    async for number in course.moments(3, most=60):
        if number in (2, 5):
            await asyncio.to_thread(server.restart, "immediate" if number == 2 else "fast")
            continue
        with contextlib.suppress(psycopg.Error):
            await asyncio.to_thread(_cut, server.url)


def _cut(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(OTHERS)


async def locks_against_the_order(course: Course) -> None:
    """Other sessions lock experts, cases and talks, in that order, for up to two seconds."""
    assert course.stage.postgres is not None
    url, until = course.stage.postgres.url, time.monotonic() + course.seconds
    seeds = [course.chance.random() for _ in range(STORMS)]
    counts = await asyncio.gather(
        *(asyncio.to_thread(_storm, url, until, seed, course) for seed in seeds)
    )
    course.injected += sum(counts)


def _storm(url: str, until: float, seed: float, course: Course) -> int:
    chance, times = type(course.chance)(seed), 0
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.Error), psycopg.connect(url) as own:
            for table in TABLES:
                own.execute(f"SELECT 1 FROM {table} ORDER BY random() LIMIT 3 FOR NO KEY UPDATE")
            times += 1
            time.sleep(chance.uniform(0.1, 2.0))
            own.rollback()
        time.sleep(chance.uniform(0.0, 0.5))
    return times


NO_ROOM = """
    CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$
"""
FULL_S = 8.0  # and as long there is room again


async def postgres_has_no_room(course: Course) -> None:
    """Whatever is written is refused as by a full disk, for spells; what is there is read."""
    assert course.stage.postgres is not None
    url, until = course.stage.postgres.url, time.monotonic() + course.seconds
    while time.monotonic() < until:
        await asyncio.to_thread(_fill, url)
        course.injected += 1
        await asyncio.sleep(FULL_S)
        await asyncio.to_thread(_empty, url)
        await asyncio.sleep(FULL_S)


def _fill(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(NO_ROOM)
        for table in _tables(own):
            own.execute(
                f'CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION no_room()"
            )


def _empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as own:
        for table in _tables(own):
            own.execute(f'DROP TRIGGER IF EXISTS no_room ON "{table}"')


def _tables(own: psycopg.Connection) -> list[str]:
    found = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [str(row[0]) for row in found]


FAULTS = (
    Fault("F3", "Redis is away, and then empty", redis_is_away, offer_s=5.0),
    Fault("F4", "Redis forgets while offers ring", redis_forgets, offer_s=5.0),
    Fault("F9", "PostgreSQL cuts connections and ends", postgres_breaks, None, database="postgres"),
    Fault("F18", "locks against our order", locks_against_the_order, None, database="postgres"),
    Fault("F19", "Redis takes no writes", redis_takes_no_writes, offer_s=5.0),
    Fault("F19", "PostgreSQL has no room", postgres_has_no_room, None, database="postgres"),
)
