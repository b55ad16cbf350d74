"""What a talk's socket leaves in the layer of the product: nothing, however it ends."""

import asyncio
from datetime import UTC, datetime

import pytest

from coach import after_commit, wire
from coach.push_layer import PushLayer
from coach.talk.live import group as group_module
from coach.talk.live.group import TalkGroup

NAME = "session.0123"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Shard:
    """A Redis that takes everything, only what is published, or nothing: it is away."""

    away = False
    refuses = False

    def __init__(self):
        self.subscribed = set()

    async def publish(self, channel, message):
        self.answer()

    async def subscribe(self, channel):
        self.answer()
        if self.refuses:
            raise ConnectionResetError
        self.subscribed.add(channel)

    async def unsubscribe(self, channel):
        self.subscribed.discard(channel)

    async def flush(self):
        pass

    def answer(self):
        if self.away:
            raise ConnectionRefusedError


@pytest.fixture
def shard():
    return Shard()


@pytest.fixture
async def layer(monkeypatch, shard):
    """The layer of the product, on `shard`."""
    layer = PushLayer()
    layer._get_layer()._shards = [shard]
    for module in (group_module, after_commit):
        monkeypatch.setattr(module, "get_channel_layer", lambda: layer)
    return layer


async def read_on(group):
    async for _ in group.pushes():
        pass


@pytest.mark.parametrize("turns", range(5))
async def test_a_push_that_comes_as_the_talk_ends_leaves_no_channel(layer, shard, turns):
    group = TalkGroup(NAME, NOON)
    await group.join()
    reading = asyncio.create_task(read_on(group))
    await asyncio.sleep(0.01)
    (queue,) = layer.channels.values()
    queue.put_nowait(layer.serialize(wire.pack(wire.TurnAdded(1))))
    for _ in range(turns):
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.wait([reading])
    await group.leave()
    assert (layer.channels, layer.groups, shard.subscribed) == ({}, {}, set())


async def test_a_redis_that_is_away_is_asked_again_and_nothing_is_left(layer, shard):
    shard.away = True
    group = TalkGroup(NAME, NOON)
    for _ in range(3):
        await group.join()
    assert layer.channels == {}
    shard.away = False
    await group.join()
    assert list(layer.groups.values()) == [set(layer.channels)]
    await group.leave()
    assert (layer.channels, layer.groups, shard.subscribed) == ({}, {}, set())


async def test_a_redis_that_refuses_to_be_listened_to_is_left_nothing(layer, shard):
    shard.refuses = True
    group = TalkGroup(NAME, NOON)
    for _ in range(3):
        await group.join()
    assert layer.channels == {}
    shard.refuses = False
    await group.join()
    assert len(layer.channels) == 1
    await group.leave()
    assert (layer.channels, layer.groups, shard.subscribed) == ({}, {}, set())


async def test_only_what_was_refused_is_forgotten(layer, shard):
    other = TalkGroup("session.4567", NOON)
    await other.join()
    shard.refuses = True
    await TalkGroup(NAME, NOON).join()
    assert len(layer.channels) == 1
    assert list(layer.groups.values()) == [set(layer.channels)]
    await other.leave()
