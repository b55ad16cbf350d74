"""Whose pages may open a socket: scheme, host and port are compared, as for a form."""

import pytest
from channels.testing import WebsocketCommunicator

from coach.site.origins import OwnOrigin, is_own

OURS = "https://coach.example.org"


@pytest.fixture
def production(settings):
    settings.DEBUG = False
    settings.PUBLIC_URL = OURS
    settings.ALLOWED_HOSTS = ["coach.example.org", ".practice.example"]
    settings.CSRF_TRUSTED_ORIGINS = [OURS, "https://desk.example.org:8443", "https://*.b.example"]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (OURS, "coach.example.org"),
        ("https://desk.example.org:8443", "desk.example.org:8443"),
        ("https://south.practice.example", "south.practice.example"),
        ("https://one.b.example", "coach.example.org"),
    ],
)
def test_a_page_of_the_site_opens_a_socket(production, origin, host):
    assert is_own(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://coach.example.org", "coach.example.org"),  # somebody between reads it
        ("https://coach.example.org:8443", "coach.example.org"),  # another program of the machine
        ("https://coach.example.org.evil.example", "coach.example.org"),
        ("https://evil.example", "coach.example.org"),
        ("https://evil.example", "evil.example"),  # a name that was turned to our address
        ("http://desk.example.org:8443", "desk.example.org:8443"),
        ("http://one.b.example", "coach.example.org"),
        ("https://evilb.example", "coach.example.org"),
        ("null", "coach.example.org"),
        ("https://[", "coach.example.org"),
        ("", "coach.example.org"),
    ],
)
def test_a_page_of_anybody_else_opens_none(production, origin, host):
    assert not is_own(origin, host)


def test_a_site_under_development_has_many_names_but_no_strangers(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    assert is_own("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert is_own("https://tunnel.example", "tunnel.example")
    assert is_own("", "127.0.0.1:8000"), "a tool names no origin"
    assert not is_own("http://127.0.0.1:9000", "127.0.0.1:8000")
    assert not is_own("https://evil.example", "127.0.0.1:8000")


async def test_a_refused_page_reaches_no_consumer(production):
    async def consumer(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})

    async def opened(origin: bytes) -> bool:
        headers = [(b"origin", origin), (b"host", b"coach.example.org")]
        socket = WebsocketCommunicator(OwnOrigin(consumer), "/ws/", headers=headers)
        connected, _ = await socket.connect()
        return connected

    assert await opened(OURS.encode())
    assert not await opened(b"https://evil.example")
