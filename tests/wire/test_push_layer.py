"""What many tell at the same moment leaves together, in its order, and waits for no subscriber."""

import asyncio
import time

import pytest

from coach import after_commit, push_layer, wire
from coach.after_commit import publish_now
from coach.push_layer import PushLayer
from tests.support.redis_server import RedisServer

WAIT_S = 20.0  # far more than anything here takes


@pytest.fixture(scope="module")
def redis():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def layer(redis, monkeypatch):
    layer = PushLayer(hosts=[redis.url])
    monkeypatch.setattr(after_commit, "get_channel_layer", lambda: layer)
    yield layer
    await layer.flush()


async def hear(layer, group, count):
    """Join `group`; the task ends with the numbers of its next pushes."""
    channel = await layer.new_channel()
    await layer.group_add(group, channel)

    async def numbers():
        return [(await layer.receive(channel))["event"]["version"] for _ in range(count)]

    return asyncio.create_task(numbers())


async def test_what_is_told_at_once_leaves_in_a_few_questions_and_in_its_order(layer, monkeypatch):
    asked = watch(layer, monkeypatch)
    heard = {group: await hear(layer, group, 250) for group in ("desk", "wall")}
    async with asyncio.timeout(WAIT_S):
        told = [
            publish_now(group, wire.QueueChanged(number))
            for number in range(250)
            for group in heard
        ]
        assert all(await asyncio.gather(*told))
        for numbers in heard.values():
            assert await numbers == list(range(250))
    assert sum(asked) == 500
    assert max(asked) == push_layer.TOGETHER
    assert len(asked) <= 5


async def test_nobody_who_tells_waits_for_who_subscribes(layer):
    async with layer._get_layer()._shards[0]._lock:  # as a subscription has it
        assert await publish_now("desk", wire.QueueChanged(1))


async def test_a_redis_that_says_nothing_costs_a_moment_and_what_comes_after_it_leaves(
    layer, redis, monkeypatch
):
    async def swallow(reader, writer):
        await reader.read()
        writer.close()

    monkeypatch.setattr(push_layer, "ANSWER_S", 0.2)
    silent = await asyncio.start_server(swallow, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    shard = layer._get_layer()._shards[0]
    host, shard.host = shard.host, {"address": f"redis://127.0.0.1:{port}/0"}
    began = time.monotonic()
    told = [publish_now("desk", wire.QueueChanged(number)) for number in range(50)]
    assert await asyncio.gather(*told) == [False] * 50
    assert time.monotonic() - began < WAIT_S / 2
    silent.close()
    await layer.flush()
    shard.host = host
    assert await publish_now("desk", wire.QueueChanged(1))


async def test_more_than_redis_takes_is_lost_and_told(layer, monkeypatch):
    monkeypatch.setattr(push_layer, "WAITING_PUBLISHES", 3)
    logged = []
    monkeypatch.setattr(after_commit.log, "warning", lambda event, **fields: logged.append(fields))
    told = [publish_now("session.0123", wire.TurnAdded(number)) for number in range(5)]
    assert await asyncio.gather(*told) == [True] * 3 + [False] * 2
    assert logged == [{"group": "session", "error": "TooManyError"}] * 2


async def test_who_has_given_up_is_not_told_late(layer, monkeypatch):
    go = asyncio.Event()
    watch(layer, monkeypatch, go)
    heard = await hear(layer, "desk", 2)
    first = asyncio.create_task(publish_now("desk", wire.QueueChanged(1)))
    await asyncio.sleep(0)
    gone, last = [
        asyncio.create_task(publish_now("desk", wire.QueueChanged(number))) for number in (2, 3)
    ]
    await asyncio.sleep(0)
    gone.cancel()
    go.set()
    assert await first
    assert await last
    assert await asyncio.wait_for(heard, WAIT_S) == [1, 3]


def watch(layer, monkeypatch, go=None):
    """How much is asked of Redis at once, each time; nothing until `go`."""
    shard, asked = layer._get_layer()._shards[0], []
    real = shard._ask

    async def ask(batch):
        asked.append(len(batch))
        if go is not None:
            await go.wait()
        await real(batch)

    monkeypatch.setattr(shard, "_ask", ask)
    return asked
