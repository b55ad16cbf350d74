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
    async with asyncio.timeout(5):  # Redis reads of a closed connection when it comes to it
        while await there._redis.client_list(_type="pubsub"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


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


class Mute:
    """A way to Redis that can be made to swallow all that it carries, without an end."""

    def __init__(self, url):
        self.port = int(url.rsplit(":", 1)[1].split("/")[0])
        self.carried, self.pumps, self.server, self.url = [], [], None, ""

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.url = f"redis://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/0"
        return self

    async def __aexit__(self, *error):
        self.server.close()
        for pump in self.pumps:
            pump.cancel()
        await asyncio.gather(*self.pumps, return_exceptions=True)

    async def _meet(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        silent = asyncio.Event()
        self.carried.append(silent)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            self.pumps.append(asyncio.create_task(self._pump(source, sink, silent)))

    async def _pump(self, source, sink, silent):
        try:
            while data := await source.read(65_536):
                if not silent.is_set():
                    sink.write(data)
        finally:
            sink.close()

    def swallow(self):
        """All that is carried from now on by the connections there are."""
        for silent in self.carried:
            silent.set()


async def test_a_connection_that_dies_without_a_word_is_replaced(redis, monkeypatch):
    for name in ("RETRY_S", "SILENT_S"):
        monkeypatch.setattr(sound_bus, name, 0.05)
    async with Mute(redis.url) as way:
        here, there = SoundBus(way.url), SoundBus(redis.url)
        came = []
        try:
            async with here.subscription("talk", came.append):
                there.publish("talk", b"before")
                await until(lambda: came)
                way.swallow()
                async with asyncio.timeout(15):
                    while b"after" not in came:
                        there.publish("talk", b"after")
                        await asyncio.sleep(0.02)
        finally:
            await here.close()
            await there.close()


async def test_a_quiet_connection_is_kept(buses, redis, monkeypatch):
    monkeypatch.setattr(sound_bus, "SILENT_S", 0.02)
    here, there = buses
    async with here.subscription("talk", lambda frame: None):
        (first,) = await there._redis.client_list(_type="pubsub")
        pings = 0
        while pings < 3:  # each is answered, and counted by Redis
            stats = await there._redis.info("commandstats")
            pings = stats.get("cmdstat_ping", {}).get("calls", 0)
        (last,) = await there._redis.client_list(_type="pubsub")
    assert last["id"] == first["id"]


async def test_who_cannot_take_a_frame_harms_nobody(buses):
    here, there = buses
    came = []

    def fails(frame):
        raise ValueError(frame)

    async with here.subscription("talk", fails), here.subscription("talk", came.append):
        for frame in (b"1", b"2"):
            there.publish("talk", frame)
        await until(lambda: len(came) == 2)


async def test_whatever_breaks_the_listener_it_listens_again(buses, monkeypatch):
    monkeypatch.setattr(sound_bus, "RETRY_S", 0.02)
    here, there = buses
    came, broken = [], []

    async def breaks(pubsub, pass_on=SoundBus._pass_on):
        if not broken:
            broken.append(1)
            raise RuntimeError
        await pass_on(here, pubsub)

    monkeypatch.setattr(here, "_pass_on", breaks)
    async with here.subscription("talk", came.append):
        async with asyncio.timeout(15):
            while not came:
                there.publish("talk", b"1")
                await asyncio.sleep(0.02)
    assert broken


async def test_who_is_cancelled_while_subscribing_leaves_nothing(buses, monkeypatch):
    here, there = buses
    begun, let = asyncio.Event(), asyncio.Event()

    async def swallows(*channels):
        begun.set()
        while not let.is_set():
            try:
                await let.wait()
            except asyncio.CancelledError:
                let.set()

    async def subscribe():
        async with here.subscription("talk", lambda frame: None):
            pytest.fail("subscribed")

    async with here.subscription("other", lambda frame: None):
        monkeypatch.setattr(here._pubsub, "subscribe", swallows)
        subscribing = asyncio.create_task(subscribe())
        await begun.wait()
        subscribing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await subscribing
        assert list(here._takers) == [b"other"]
    assert here.idle
    async with asyncio.timeout(5):  # Redis reads of a closed connection when it comes to it
        while await there._redis.client_list(_type="pubsub"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
