"""A socket ends with the sign-in that opened it."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from channels.testing import WebsocketCommunicator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session as WebSession
from django.db import DatabaseError
from django.test import Client

from coach import sign_ins as module
from coach.sign_ins import EndWithSignIn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(module, "LOOK_S", 0.02)


@pytest.fixture
def maya():
    return get_user_model().objects.create_user("maya@example.org", "one-two-three-4")


@pytest.fixture
def browser(maya):
    client = Client()
    client.force_login(maya)
    return client


class Application:
    """Accepts and waits; `wound_up` when it was told to end."""

    def __init__(self):
        self.wound_up = asyncio.Event()

    async def __call__(self, scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        try:
            while (await receive())["type"] != "websocket.disconnect":
                pass
        finally:
            self.wound_up.set()


@asynccontextmanager
async def open_socket(application, client, user):
    socket = WebsocketCommunicator(EndWithSignIn(application), "/ws/")
    socket.scope["user"] = user
    socket.scope["session"] = await asyncio.to_thread(lambda: client.session)
    connected, _ = await socket.connect()
    assert connected
    yield socket
    await socket.disconnect()


def log_out(client, user):
    client.logout()


def expire(client, user):
    past = "2020-01-01T00:00:00Z"
    WebSession.objects.filter(session_key=client.session.session_key).update(expire_date=past)


def change_the_password_elsewhere(client, user):
    other = get_user_model().objects.get(pk=user.pk)
    other.set_password("another-one-5")
    other.save()


def close_the_account(client, user):
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)


def delete_the_account(client, user):
    get_user_model().objects.filter(pk=user.pk).delete()


@pytest.mark.parametrize(
    "end",
    [log_out, expire, change_the_password_elsewhere, close_the_account, delete_the_account],
    ids=lambda end: end.__name__,
)
async def test_the_socket_ends_with_it(browser, maya, end):
    application = Application()
    async with open_socket(application, browser, maya) as socket:
        await asyncio.to_thread(end, browser, maya)
        assert await socket.receive_output(15) == {
            "type": "websocket.close",
            "code": 4411,
            "reason": None,
        }
        async with asyncio.timeout(15):
            await application.wound_up.wait()


async def test_it_stays_while_the_person_is_signed_in(browser, maya):
    async with open_socket(Application(), browser, maya) as socket:
        await asyncio.sleep(0.3)
        assert await socket.receive_nothing(0.01)


async def test_one_persons_logout_leaves_the_others_alone(browser, maya):
    omar = await asyncio.to_thread(
        get_user_model().objects.create_user, "omar@example.org", "six-seven-8"
    )
    other = Client()
    await asyncio.to_thread(other.force_login, omar)
    async with (
        open_socket(Application(), browser, maya) as hers,
        open_socket(Application(), other, omar) as his,
    ):
        await asyncio.to_thread(browser.logout)
        assert (await hers.receive_output(15))["code"] == 4411
        assert await his.receive_nothing(0.2)


async def test_a_database_that_is_away_ends_nobodys(browser, maya, monkeypatch):
    look, errors = module.those_over, [DatabaseError("away")]

    def sometimes(sign_ins):
        if errors:
            raise errors.pop()
        return look(sign_ins)

    monkeypatch.setattr(module, "those_over", sometimes)
    async with open_socket(Application(), browser, maya) as socket:
        await asyncio.sleep(0.2)
        assert await socket.receive_nothing(0.01)
        await asyncio.to_thread(browser.logout)
        assert (await socket.receive_output(15))["code"] == 4411


async def test_a_stranger_is_left_to_the_application():
    async with open_socket(Application(), Client(), AnonymousUser()) as socket:
        assert await socket.receive_nothing(0.1)
