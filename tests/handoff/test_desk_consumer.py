"""The desk's socket: who may join, what it passes on, and that a broken message breaks nothing."""

import asyncio
import json
import threading
from contextlib import asynccontextmanager

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from coach import wire
from coach.people.models import User
from handoff import actions, desk_consumer
from handoff.models import AuditRead, Expert
from handoff.routing import websocket_urlpatterns

pytestmark = pytest.mark.django_db(transaction=True)
application = URLRouter(websocket_urlpatterns)


async def connected(expert):
    """A socket of `expert` that has said "ready"."""
    socket = WebsocketCommunicator(application, "/ws/desk/")
    socket.scope["user"] = await database_sync_to_async(lambda: expert.user)()
    assert (await socket.connect())[0]
    assert await socket.receive_json_from() == {"type": "ready"}
    return socket


@asynccontextmanager
async def at_the_desk(expert):
    """A connected socket of `expert`, until the page closes it."""
    socket = await connected(expert)
    yield socket
    await socket.disconnect()


async def tell(group, event):
    await get_channel_layer().group_send(group, wire.pack(event))


@pytest.fixture
def case(session, make_expert):
    """A case that Asha owns."""
    escalation = actions.raise_escalation(session, "ASK", 3, "please")
    escalation = actions.claim(escalation, make_expert("Asha"))
    return type(escalation).objects.select_related("session", "owner").get(pk=escalation.pk)


async def test_only_experts_connect(session):
    for user in (AnonymousUser(), session.member):
        socket = WebsocketCommunicator(application, "/ws/desk/")
        socket.scope["user"] = user
        await socket.connect()
        assert (await socket.receive_output())["code"] == wire.DeskClose.NOT_ALLOWED


async def test_what_is_for_the_desk_and_for_this_expert_arrives(asha, make_expert):
    other = await database_sync_to_async(make_expert)("Bea")
    async with at_the_desk(asha) as socket:
        await tell(other.group, wire.OfferMade(1))
        await tell("desk", wire.QueueChanged(3))
        await tell(asha.group, wire.OfferMade(7))
        assert await socket.receive_json_from() == {"type": "queue", "version": 3}
        assert await socket.receive_json_from() == {"type": "offer", "offer": 7}


async def test_the_owner_reads_along_and_it_is_written_down(case):
    group = case.session.watch_group
    async with at_the_desk(case.owner) as socket:
        await socket.send_json_to({"type": "watch", "case": case.pk})
        assert await socket.receive_json_from() == {"type": "watching", "case": case.pk}
        await tell(group, wire.Caption("member", "i", "Hel"))
        caption = await socket.receive_json_from()
        assert (caption["text"], caption["case"]) == ("Hel", case.pk)
        await socket.send_json_to({"type": "unwatch"})
        await socket.send_json_to({"type": "ping"})
        assert await socket.receive_json_from() == {"type": "pong"}
        await tell(group, wire.TurnAdded(1))
        assert await socket.receive_nothing()
    read = await AuditRead.objects.aget()
    assert (read.what, read.reader_id) == ("live", case.owner.user_id)


async def test_colleagues_see_who_reads_along_and_who_writes(case, make_expert):
    bea = await database_sync_to_async(make_expert)("Bea", supervisor=True)
    asha = {"case": case.pk, "expert": case.owner.pk, "name": "Asha"}
    async with at_the_desk(bea) as socket, at_the_desk(case.owner) as owner:
        await owner.send_json_to({"type": "typing"})  # of no case: it means nothing
        await socket.send_json_to({"type": "watch", "case": case.pk})
        assert (await socket.receive_json_from())["type"] == "watching"
        await owner.send_json_to({"type": "watch", "case": case.pk})
        assert await socket.receive_json_from() == {"type": "colleague", "typing": False, **asha}
        await owner.send_json_to({"type": "typing"})
        assert await socket.receive_json_from() == {"type": "colleague", "typing": True, **asha}
        assert (await owner.receive_json_from())["type"] == "watching"
        await socket.send_json_to({"type": "unwatch"})
        await socket.send_json_to({"type": "ping"})
        assert await socket.receive_json_from() == {"type": "pong"}
        await owner.send_json_to({"type": "typing"})
        assert await socket.receive_nothing()


async def test_a_stranger_does_not_read_along(case, make_expert):
    stranger = await database_sync_to_async(make_expert)("Sven")
    async with at_the_desk(stranger) as socket:
        await socket.send_json_to({"type": "watch", "case": case.pk})
        assert await socket.receive_json_from() == {"type": "refused", "case": case.pk}
        await tell(case.session.watch_group, wire.TurnAdded(1))
        assert await socket.receive_nothing()
    assert not await AuditRead.objects.aexists()


async def test_who_lost_the_case_no_longer_reads_along(case):
    async with at_the_desk(case.owner) as socket:
        await socket.send_json_to({"type": "watch", "case": case.pk})
        await socket.receive_json_from()
        await database_sync_to_async(actions.release)(case, case.owner)
        await tell(case.owner.group, wire.OwnershipChanged(case.pk))
        assert (await socket.receive_json_from())["type"] == "owned"
        assert await socket.receive_json_from() == {"type": "refused", "case": case.pk}
        await tell(case.session.watch_group, wire.TurnAdded(1))
        assert await socket.receive_nothing()


async def test_nonsense_is_harmless(asha):
    async with at_the_desk(asha) as socket:
        for message in ({}, [], 7, None, {"type": "fly"}, {"type": "watch", "case": "1"}):
            await socket.send_json_to(message)
        await socket.send_to(text_data="{not json")
        await socket.send_to(bytes_data=b"\x00\x01")
        await socket.send_json_to({"type": "watch", "case": True})
        await socket.send_json_to({"type": "ping"})
        assert await socket.receive_json_from() == {"type": "pong"}


@pytest.mark.parametrize("what", ["place", "account"])
async def test_a_closed_account_closes_the_socket(case, monkeypatch, what):
    monkeypatch.setattr(desk_consumer, "BEAT_S", 0.05)
    async with at_the_desk(case.owner) as socket:
        await socket.send_json_to({"type": "watch", "case": case.pk})
        while await socket.receive_json_from() != {"type": "watching", "case": case.pk}:
            pass  # beats, which come all the while
        if what == "place":
            await Expert.objects.filter(pk=case.owner_id).aupdate(active=False)
        else:
            await User.objects.filter(pk=case.owner.user_id).aupdate(is_active=False)
        said, last = [], await socket.receive_output()
        while last["type"] == "websocket.send":
            said.append(json.loads(last["text"]))
            last = await socket.receive_output()
        assert all(
            message in ({"type": "beat"}, {"type": "refused", "case": case.pk}) for message in said
        )
        assert last == {"type": "websocket.close", "code": wire.DeskClose.NOT_ALLOWED}


async def lease_of(expert):
    return (await Expert.objects.aget(pk=expert.pk)).lease_until


async def until_beaten(expert, before):
    """The lease once it is another one than `before`."""
    async with asyncio.timeout(5):
        while (now := await lease_of(expert)) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return now


async def test_a_page_that_is_awake_keeps_the_lease_and_the_status(asha, monkeypatch):
    monkeypatch.setattr(desk_consumer, "RENEW_S", 0)
    await Expert.objects.aupdate(lease_until=None)
    async with at_the_desk(asha) as socket:
        first = await until_beaten(asha, None)
        await socket.send_json_to({"type": "ping"})
        last = await until_beaten(asha, first)
        assert last > first
    assert (await lease_of(asha)) >= last  # closing the page only lets the lease run out
    assert (await Expert.objects.aget(pk=asha.pk)).status == Expert.Status.AVAILABLE


async def test_a_page_that_sleeps_is_asked_and_its_lease_runs_out(asha, monkeypatch):
    monkeypatch.setattr(desk_consumer, "BEAT_S", 0.02)
    async with at_the_desk(asha) as socket:
        before = await lease_of(asha)
        for _ in range(5):
            assert await socket.receive_json_from() == {"type": "beat"}
        assert await lease_of(asha) == before


async def test_pings_one_after_the_other_are_one_renewal(asha):
    async with at_the_desk(asha) as socket:
        before = await lease_of(asha)
        for _ in range(5):
            await socket.send_json_to({"type": "ping"})
            assert await socket.receive_json_from() == {"type": "pong"}
        assert await lease_of(asha) == before


async def test_a_database_that_is_locked_keeps_no_page_waiting(asha, monkeypatch):
    monkeypatch.setattr(desk_consumer, "RENEW_S", 0)
    locked = threading.Event()
    async with at_the_desk(asha) as socket:
        monkeypatch.setattr(desk_consumer, "touch_presence", lambda expert: locked.wait(20))
        try:
            for _ in range(3):
                await socket.send_json_to({"type": "ping"})
                assert await socket.receive_json_from() == {"type": "pong"}
        finally:
            locked.set()


async def test_a_socket_that_fails_no_longer_keeps_the_lease(asha, monkeypatch):
    monkeypatch.setattr(desk_consumer, "BEAT_S", 0.05)
    monkeypatch.setattr(desk_consumer, "readable", lambda expert: 1 / 0)
    socket = await connected(asha)
    await socket.send_json_to({"type": "watch", "case": 1})
    with pytest.raises(ZeroDivisionError):
        await socket.wait()
    await Expert.objects.aupdate(lease_until=None)
    await asyncio.sleep(0.3)
    assert await lease_of(asha) is None


async def test_a_push_of_a_newer_version_is_logged_by_its_type_and_dropped(asha, monkeypatch):
    logged = []
    warning = lambda event, **fields: logged.append((event, fields))  # noqa: E731
    monkeypatch.setattr(desk_consumer.log, "warning", warning)
    async with at_the_desk(asha) as socket:
        for event in ({"type": "weather"}, {"type": "offer", "offer": 1, "text": "two eggs"}, None):
            message = {"type": "push", "event": event}
            await get_channel_layer().group_send("desk", message)
        await tell("desk", wire.QueueChanged(1))
        assert await socket.receive_json_from() == {"type": "queue", "version": 1}
    assert logged == [("push_unknown", {"kind": kind}) for kind in ("weather", "offer", "")]


async def test_pushes_of_a_talk_that_is_not_watched_are_not_passed_on(case):
    async with at_the_desk(case.owner) as socket:
        await tell(case.owner.group, wire.TurnAdded(1))
        await tell(case.owner.group, wire.OwnershipChanged(case.pk, warn=True))
        owned = {"type": "owned", "escalation": case.pk, "warn": True}
        assert await socket.receive_json_from() == owned


@pytest.mark.parametrize("when", ["opened", "watching"])
async def test_a_page_that_cannot_be_told_is_asked_to_come_again(case, monkeypatch, when):
    async def refuse(*args):
        raise ConnectionError

    layer = get_channel_layer()
    socket = WebsocketCommunicator(application, "/ws/desk/")
    socket.scope["user"] = await database_sync_to_async(lambda: case.owner.user)()
    if when == "opened":
        monkeypatch.setattr(layer, "group_add", refuse)
    monkeypatch.setattr(layer, "group_discard", refuse)
    assert (await socket.connect())[0]
    if when == "watching":
        assert await socket.receive_json_from() == {"type": "ready"}
        monkeypatch.setattr(layer, "group_add", refuse)
        await socket.send_json_to({"type": "watch", "case": case.pk})
    closed = await socket.receive_output()
    assert closed == {"type": "websocket.close", "code": wire.DeskClose.FAILED}
    await socket.wait()  # it ends without an error of its own
