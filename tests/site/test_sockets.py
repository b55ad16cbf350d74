"""One person has so many sockets and no more; their page is told why, and others are not hurt."""

import asyncio
from importlib import import_module
from types import SimpleNamespace

import pytest

from coach.site.sockets import PER_PERSON, SocketLimit
from coach.wire.close import DeskClose, PageClose

MAYA, ASHA = (SimpleNamespace(pk=pk, is_authenticated=True) for pk in (1, 2))
GUEST = SimpleNamespace(pk=None, is_authenticated=False)


class Sockets:
    """Sockets that stay open until they are told to close."""

    def __init__(self, limit=2):
        self.served, self.leave = [], {}
        self.app = SocketLimit(self._serve, limit)

    async def _serve(self, scope, receive, send):
        self.served.append(scope["name"])
        await self.leave.setdefault(scope["name"], asyncio.Event()).wait()
        if scope["name"] == "fails":
            raise RuntimeError

    async def open(self, user, name, browser=None):
        """The task of the socket, and what its page is told."""
        told = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            told.append(message)

        scope = {"user": user, "name": name, "session": SimpleNamespace(session_key=browser)}
        task = asyncio.create_task(self.app(scope, receive, send))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return task, told

    async def close(self, task, name):
        self.leave[name].set()
        return await asyncio.gather(task, return_exceptions=True)


async def test_one_too_many_is_closed_with_its_code():
    sockets = Sockets()
    tasks = [(await sockets.open(MAYA, name))[0] for name in ("one", "two")]
    refused, told = await sockets.open(MAYA, "three")
    await refused
    assert sockets.served == ["one", "two"]
    assert told == [{"type": "websocket.accept"}, {"type": "websocket.close", "code": 4429}]
    for task in tasks:
        task.cancel()


async def test_others_and_guests_are_not_counted_with_them():
    sockets = Sockets(limit=1)
    opened = [(MAYA, "one"), (ASHA, "hers"), (GUEST, "g1"), (GUEST, "g2")]
    tasks = [(await sockets.open(user, name))[0] for user, name in opened]
    assert sockets.served == ["one", "hers", "g1", "g2"]
    for task in tasks:
        task.cancel()


async def test_a_guest_is_counted_by_their_browser():
    sockets = Sockets(limit=1)
    first, _told = await sockets.open(GUEST, "g1", "abc")
    refused, told = await sockets.open(GUEST, "g2", "abc")
    await refused
    other, _told = await sockets.open(GUEST, "g3", "def")
    assert sockets.served == ["g1", "g3"]
    assert told[-1] == {"type": "websocket.close", "code": 4429}
    for task in (first, other):
        task.cancel()


@pytest.mark.parametrize("name", ["ends", "fails", "cancelled"])
async def test_a_socket_that_is_gone_makes_room_however_it_went(name):
    sockets = Sockets(limit=1)
    first, _told = await sockets.open(MAYA, name)
    if name == "cancelled":
        first.cancel()
    await sockets.close(first, name)
    assert not sockets.app.open
    second, told = await sockets.open(MAYA, "next")
    assert (sockets.served, told) == ([name, "next"], [])
    second.cancel()


def test_the_site_limits_its_sockets_within_the_authentication(monkeypatch):
    monkeypatch.setattr("coach.nutrition.reading.warm", lambda: None)  # a thread of its own
    application = import_module("coach.application").application
    found, app = [], application.app.application_mapping["websocket"]
    while app is not None:
        found.append(type(app).__name__)
        limit = app if isinstance(app, SocketLimit) else None
        within = (getattr(app, name, None) for name in ("inner", "application", "app"))
        app = None if limit else next(filter(None, within), None)
    assert found[-1] == "SocketLimit"
    assert "AuthMiddleware" in found
    assert limit.per_person == PER_PERSON


def test_both_kinds_of_pages_know_the_code():
    assert PageClose.TOO_MANY.value == DeskClose.TOO_MANY.value == 4429
