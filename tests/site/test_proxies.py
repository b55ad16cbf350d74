"""A person's address is told by our own proxies and by nobody else."""

import asyncio
from importlib import import_module
from ipaddress import ip_network

import pytest
from django.conf import settings as of_site
from django.core.asgi import get_asgi_application
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from coach.environment import networks
from coach.site.proxies import TrustedProxies, client_address

OURS = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
PROXY, STRANGER = "10.0.0.2", "198.51.100.9"


@pytest.mark.parametrize(
    ("peer", "told", "found"),
    [
        (PROXY, ["192.0.2.7"], "192.0.2.7"),
        (PROXY, ["192.0.2.7:4711"], "192.0.2.7"),
        (PROXY, ["2001:db8::1"], "2001:db8::1"),
        (PROXY, ["[2001:db8::1]:4711"], "2001:db8::1"),
        (PROXY, ["::ffff:192.0.2.7"], "192.0.2.7"),
        ("::ffff:10.0.0.2", ["192.0.2.7"], "192.0.2.7"),
        ("fd00::2", ["192.0.2.7"], "192.0.2.7"),
        # A proxy before a proxy, in one header or two.
        (PROXY, ["192.0.2.7, 10.0.0.3"], "192.0.2.7"),
        (PROXY, ["192.0.2.7", "10.0.0.3"], "192.0.2.7"),
        # What the person has put into the header stands left of their own address.
        (PROXY, ["203.0.113.1, 192.0.2.7"], "192.0.2.7"),
        (PROXY, ["10.0.0.9, 192.0.2.7"], "192.0.2.7"),
        (PROXY, ["10.0.0.3"], "10.0.0.3"),
        # Nothing that can be read, nobody whom we trust.
        (PROXY, [], None),
        (PROXY, ["", "unknown"], None),
        (PROXY, ["192.0.2.7, nonsense"], None),
        (STRANGER, ["192.0.2.7"], None),
        ("", ["192.0.2.7"], None),
    ],
)
def test_the_nearest_address_that_is_no_proxy_of_ours_is_the_persons(peer, told, found):
    headers = [(b"host", b"x"), *((b"x-forwarded-for", value.encode()) for value in told)]
    assert client_address(peer, headers, OURS) == found


def test_a_long_header_is_not_read_to_its_end():
    told = ", ".join(["192.0.2.7", *["10.0.0.3"] * 100_000])
    assert client_address(PROXY, [(b"x-forwarded-for", told.encode())], OURS) == "10.0.0.3"


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_pages_and_sockets_see_the_person(kind):
    seen = {}

    async def app(scope, _receive, _send):
        seen.update(scope)

    scope = {"type": kind, "client": [PROXY, 5], "headers": [(b"x-forwarded-for", b"192.0.2.7")]}
    await TrustedProxies(app, OURS)(scope, None, None)
    assert seen["client"] == ("192.0.2.7", 0)


async def wrong_password(peer, told):
    """The page that somebody sees who signs in with a wrong password."""
    sent = []
    body = b"login=maya%40example.org&password=wrong"

    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        if not waiting:
            await asyncio.Event().wait()  # the client stays
        return waiting.pop()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": "/accounts/login/", "query_string": b"",
        "server": ("testserver", 80), "client": (peer, 1),
        "headers": [
            (b"host", b"testserver"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(body)).encode()),
            (b"cookie", b"csrftoken=" + b"a" * 32), (b"x-csrftoken", b"a" * 32),
            *([(b"x-forwarded-for", told.encode())] if told else []),
        ],
    }  # fmt: skip
    await TrustedProxies(get_asgi_application(), OURS)(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent).decode()


@pytest.mark.django_db(transaction=True)
async def test_one_strangers_wrong_passwords_lock_out_that_stranger_alone(settings):
    await cache.aclear()
    said = [await wrong_password(PROXY, "192.0.2.7") for _try in range(11)]
    assert "Too many failed" not in said[9]
    assert "Too many failed" in said[10]
    assert "Too many failed" not in await wrong_password(PROXY, "192.0.2.8")
    # A made-up address before one's own changes nothing.
    assert "Too many failed" in await wrong_password(PROXY, "192.0.2.9, 192.0.2.7")
    # And from elsewhere the header is nobody's address.
    said = [await wrong_password(STRANGER, f"203.0.113.{n}") for n in range(11)]
    assert "Too many failed" in said[10]
    await cache.aclear()


def test_nobody_is_trusted_unless_somebody_says_so(monkeypatch):
    assert networks("COACH_NO_SUCH_PROXIES") == []
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "127.0.0.1, 10.1.2.3/8 fd00::/8")
    assert [str(one) for one in networks("COACH_TRUSTED_PROXIES")] == [
        "127.0.0.1/32", "10.0.0.0/8", "fd00::/8",
    ]  # fmt: skip
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "my-proxy")
    with pytest.raises(ImproperlyConfigured, match="COACH_TRUSTED_PROXIES"):
        networks("COACH_TRUSTED_PROXIES")


def test_no_other_part_reads_the_header():
    """allauth and axes would each read it by rules of their own."""
    for name in ("ALLAUTH_TRUSTED_PROXY_COUNT", "ALLAUTH_TRUSTED_CLIENT_IP_HEADER"):
        assert not getattr(of_site, name, None)
    assert of_site.AXES_IPWARE_META_PRECEDENCE_ORDER == ("REMOTE_ADDR",)


def test_the_whole_site_stands_behind_it(monkeypatch):
    monkeypatch.setattr("coach.nutrition.reading.warm", lambda: None)  # a thread of its own
    application = import_module("coach.application").application
    assert isinstance(application, TrustedProxies)
    assert application.networks == of_site.TRUSTED_PROXIES
