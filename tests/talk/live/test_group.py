"""The group of a talk as its socket hears it: typed pushes, and what to do without a bell."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import ConnectionError as RedisConnectionError

from coach import channel_layer, wire
from coach.talk.live import group as group_module
from coach.talk.live.group import TalkGroup
from coach.talk.live.window_cache import live_key, window_cache

NAME = "session.0123"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOON + timedelta(milliseconds=1)


@pytest.fixture
async def group():
    group = TalkGroup(NAME, NOON)
    await group.join()
    yield group
    await group.leave()
    await cache.adelete(live_key(NAME))


@pytest.fixture
def warnings(monkeypatch):
    found = []
    for log in (group_module.log, channel_layer.log):
        monkeypatch.setattr(log, "warning", lambda event, **fields: found.append((event, fields)))
    return found


async def tell(message):
    await get_channel_layer().group_send(NAME, message)


async def heard(group, count):
    """The next `count` pushes."""
    pushes = []
    async with asyncio.timeout(15):
        async for push in group.pushes():
            pushes.append(push)
            if len(pushes) == count:
                return pushes


async def test_pushes_arrive_as_they_were_published(group):
    sent = [wire.TurnAdded(3), wire.DataChanged("day"), wire.FloorMoved(), wire.SessionEnded()]
    for push in sent:
        await tell(wire.pack(push))
    assert await heard(group, 4) == sent


async def test_a_push_of_a_newer_version_is_logged_by_its_type_and_rings_without_words(
    group, warnings
):
    for event in (
        {"type": "weather", "text": "I had two eggs"},
        {"type": "turn", "seq": 1, "text": "I had two eggs"},
        {"type": "changed", "what": "moon"},
    ):
        await tell({"type": "push", "event": event})
    await tell(wire.pack(wire.TurnAdded(2)))
    assert await heard(group, 4) == [None, None, None, wire.TurnAdded(2)]
    assert warnings == [("push_unknown", {"kind": kind}) for kind in ("weather", "turn", "changed")]


async def test_a_newer_window_is_heard_and_neither_an_older_nor_the_own_one_is(group):
    await group.take_over()
    older = TalkGroup(NAME, NOON - timedelta(seconds=1))
    newer = TalkGroup(NAME, LATER)
    for other in (older, newer):
        await other.join()
    await newer.take_over()
    (push,) = await heard(group, 1)
    assert push == wire.SocketReplaced(newer.window)
    assert await cache.aget(live_key(NAME)) == newer.window
    for other in (older, newer):
        await other.leave()


@pytest.mark.parametrize("error", [RedisConnectionError("down"), OSError("down")])
async def test_a_broken_layer_is_listened_to_again(group, warnings, monkeypatch, error):
    monkeypatch.setattr(group_module, "RETRY_S", 0.01)
    layer = get_channel_layer()
    receive, failures = layer.receive, [error, error]

    async def sometimes(channel):
        if failures:
            raise failures.pop()
        return await receive(channel)

    monkeypatch.setattr(layer, "receive", sometimes)
    await tell(wire.pack(wire.TurnAdded(1)))
    assert await heard(group, 1) == [wire.TurnAdded(1)]
    assert [event for event, _ in warnings] == ["bell_broken", "bell_broken"]


async def test_nothing_is_kept_for_a_group_that_was_left():
    group = TalkGroup(NAME, NOON)
    await group.join()
    channel = group._channel
    await tell(wire.pack(wire.TurnAdded(1)))
    await group.leave()
    layer = get_channel_layer()
    assert channel not in layer.channels
    assert channel not in layer.groups.get(NAME, {})


class Deaf:
    """A layer whose client does not heed that it is cancelled, and goes on for ever."""

    def __init__(self, *deaf):
        self.deaf = deaf  # the calls that never end
        self.tasks = []
        self.called = asyncio.Event()

    def __getattr__(self, name):
        return lambda *args: self.call(name)

    async def call(self, name):
        if name == "new_channel":
            return "c1"
        self.tasks.append(asyncio.current_task())
        self.called.set()
        while name in self.deaf or name == "receive":
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                if name not in self.deaf:
                    raise

    async def end(self):
        self.deaf = ()
        while left := [task for task in self.tasks if not task.done()]:
            for task in left:
                task.cancel()
            await asyncio.wait(left)


@pytest.mark.parametrize("deaf", ["group_add", "receive", "group_discard", ""])
async def test_a_client_that_cannot_be_cancelled_holds_up_no_end(monkeypatch, warnings, deaf):
    monkeypatch.setattr(channel_layer, "ANSWER_S", 0.02)
    layer = Deaf(deaf)
    monkeypatch.setattr(group_module, "get_channel_layer", lambda: layer)
    group = TalkGroup(NAME, NOON)
    async with asyncio.timeout(5):
        await group.join()
        reading = asyncio.create_task(heard(group, 1))
        await asyncio.sleep(0)
        reading.cancel()
        await asyncio.wait([reading])
        await group.leave()
    await layer.end()
    assert bool(warnings) == bool(deaf)


async def test_a_talk_that_ends_while_it_joins_is_over_at_once(monkeypatch):
    monkeypatch.setattr(channel_layer, "ANSWER_S", 0.02)
    layer = Deaf("group_add")
    monkeypatch.setattr(group_module, "get_channel_layer", lambda: layer)
    joining = asyncio.create_task(TalkGroup(NAME, NOON).join())
    await layer.called.wait()
    joining.cancel()
    async with asyncio.timeout(5):
        await asyncio.wait([joining])
    assert joining.cancelled()
    await layer.end()


async def test_all_sockets_of_a_process_ask_one_cache():
    caches = [await asyncio.to_thread(window_cache) for _ in range(3)]
    assert caches == [window_cache()] * 3


def test_without_a_channel_layer_there_is_no_live_talk(monkeypatch):
    monkeypatch.setattr(group_module, "get_channel_layer", lambda: None)
    with pytest.raises(ImproperlyConfigured):
        TalkGroup(NAME, NOON)
