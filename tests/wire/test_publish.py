"""What is published leaves after the commit, typed, and is lost without harm."""

import asyncio

import pytest
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import ConnectionError as RedisConnectionError

from coach import after_commit, wire
from coach.after_commit import publish, publish_now, wait_for_bells
from coach.push_layer import PushLayer
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(monkeypatch):
    """(group, message) as the channel layer got them."""
    found = []

    async def group_send(group, message):
        found.append((group, message))

    monkeypatch.setattr(get_channel_layer(), "group_send", group_send)
    return found


def test_it_leaves_after_the_commit_in_its_order(sent):
    with transaction.atomic():
        publish("session.1", wire.TurnAdded(1))
        publish("desk", wire.QueueChanged(2))
        assert sent == []
    assert wait_for_bells(15)
    assert sent == [
        ("session.1", {"type": "push", "event": {"type": "turn", "seq": 1}}),
        ("desk", {"type": "push", "event": {"type": "queue", "version": 2}}),
    ]


def test_several_groups_are_told_at_once(sent, monkeypatch):
    rung = []
    monkeypatch.setattr(after_commit._pushes, "ring", rung.append)
    publish("session.1", wire.FloorMoved(), "session.1.watch")
    (bell,) = rung
    bell()
    moved = {"type": "push", "event": {"type": "floor"}}
    assert sent == [("session.1", moved), ("session.1.watch", moved)]


def test_what_is_rolled_back_was_never_told(sent):
    def fail():
        with transaction.atomic():
            publish("session.1", wire.TurnAdded(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert wait_for_bells(15)
    assert sent == []


async def test_what_comes_after_a_restart_of_redis_is_not_lost(monkeypatch):
    """A connection of before the restart says that it is closed when it is used again."""
    redis = RedisServer()
    redis.start()
    sender = PushLayer(hosts=[redis.url])
    monkeypatch.setattr(after_commit, "get_channel_layer", lambda: sender)
    try:
        assert await publish_now("desk", wire.QueueChanged(1))
        redis.stop()
        redis.start()
        desk = PushLayer(hosts=[redis.url])
        channel = await desk.new_channel()
        await desk.group_add("desk", channel)
        assert await publish_now("desk", wire.QueueChanged(2))
        got = await asyncio.wait_for(desk.receive(channel), 10)
        assert got["event"] == {"type": "queue", "version": 2}
        await desk.flush()
    finally:
        await sender.flush()
        redis.stop()


@pytest.mark.parametrize("error", [RedisConnectionError("down"), OSError("down")])
def test_a_bell_that_is_broken_undoes_nothing(monkeypatch, error, caplog):
    async def broken(group, message):
        raise error

    monkeypatch.setattr(get_channel_layer(), "group_send", broken)
    logged = []
    monkeypatch.setattr(
        after_commit.log, "warning", lambda event, **fields: logged.append((event, fields))
    )
    with transaction.atomic():
        publish("session.0123456789", wire.SessionEnded())
    assert wait_for_bells(15)
    pushes = [fields for event, fields in logged if event == "push_lost"]
    assert pushes == [{"group": "session", "error": type(error).__name__}]


def test_without_a_channel_layer_nothing_is_told(monkeypatch, sent):
    monkeypatch.setattr(after_commit, "get_channel_layer", lambda: None)
    publish("session.1", wire.TurnAdded(1))
    assert wait_for_bells(15)
    assert sent == []
