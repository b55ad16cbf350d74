"""Sound between processes, over a real Redis."""

import asyncio

import pytest

from coach import sound_bus
from coach.sound_bus import SoundBus
from tests.support.redis_server import RedisServer


@pytest.fixture(scope="module")
def redis():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def buses(redis):
    """Those of two processes."""
    made = [SoundBus(redis.url), SoundBus(redis.url)]
    yield made
    for bus in made:
        await bus.close()


async def until(condition):
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110  nothing to wait on in a recorded list
            await asyncio.sleep(0.005)


async def test_without_a_redis_there_is_none(settings):
    settings.SOUND_URL = ""
    assert SoundBus.here() is None


async def test_a_process_has_one_for_all_talks_and_it_costs_nothing_unused(settings, redis):
    settings.SOUND_URL = redis.url
    bus = SoundBus.here()
    assert bus is SoundBus.here()
    assert bus.idle
    await bus.close()


async def test_frames_arrive_in_order_and_only_where_they_are_meant_for(buses):
    here, there = buses
    one, two = [], []
    async with here.subscription("one", one.append), here.subscription("two", two.append):
        for number in range(50):
            there.publish("one", b"a%d" % number)
            if number % 5 == 4:
                await until(lambda: there.idle)
        there.publish("two", b"b")
        await until(lambda: two)
        await until(lambda: len(one) == 50)
    assert one == [b"a%d" % number for number in range(50)]
    assert two == [b"b"]


async def test_all_talks_share_one_connection_and_none_is_left(buses, redis):
    here, there = buses
    takes = [[] for _ in range(5)]
    subscriptions = [
        here.subscription(f"talk{number}", take.append) for number, take in enumerate(takes)
    ]
    for one in subscriptions:
        await one.__aenter__()
    info = await there._redis.client_list(_type="pubsub")
    assert len(info) == 1
    assert int(info[0]["sub"]) == 5
    for one in subscriptions:
        await one.__aexit__(None, None, None)
    assert here.idle
    assert await there._redis.client_list(_type="pubsub") == []


async def test_what_is_not_listened_to_any_more_does_not_come(buses):
    here, there = buses
    came, other = [], []
    async with here.subscription("other", other.append):
        async with here.subscription("talk", came.append):
            there.publish("talk", b"1")
            await until(lambda: came)
        there.publish("talk", b"2")
        there.publish("other", b"3")
        await until(lambda: other)
    assert came == [b"1"]


async def test_while_redis_is_slow_the_oldest_frames_are_dropped(buses):
    here, there = buses
    came = []
    async with here.subscription("talk", came.append):
        for number in range(100):  # the loop does not run meanwhile
            there.publish("talk", b"%d" % number)
        await until(lambda: len(came) >= sound_bus.WAITING_FRAMES)
    assert came == [b"%d" % number for number in range(90, 100)]


async def test_a_redis_that_is_away_holds_up_nobody_and_sound_comes_again_with_it(monkeypatch):
    monkeypatch.setattr(sound_bus, "RETRY_S", 0.02)
    server = RedisServer()
    server.start()
    here, there = SoundBus(server.url), SoundBus(server.url)
    came = []
    try:
        async with here.subscription("talk", came.append):
            there.publish("talk", b"before")
            await until(lambda: came)
            server.stop()
            there.publish("talk", b"lost")
            await asyncio.sleep(0.05)
            server.start()
            async with asyncio.timeout(15):
                while b"after" not in came:
                    there.publish("talk", b"after")
                    await asyncio.sleep(0.02)
        assert b"lost" not in came
        server.stop()
        async with here.subscription("talk", came.append):
            there.publish("talk", b"nobody")
    finally:
        await here.close()
        await there.close()
        server.stop()
