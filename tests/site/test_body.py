"""No request is larger than the house allows, whether it says so beforehand or not."""

import json

import pytest
from django.core.asgi import get_asgi_application

from coach.site import body
from coach.site.body import BodyLimit


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(body, "GUEST_MAX_BYTES", 10)
    monkeypatch.setattr(body, "MAX_BYTES", 20)


async def ask(*bodies, length=None, key="", app=None, asked=None):
    """The status that a request gets, the answer, and whether the application saw all of it."""
    seen, sent = [], []

    async def plain(scope, receive, send):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            seen.append(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"fine"})

    waiting = [
        {"type": "http.request", "body": body, "more_body": number < len(bodies)}
        for number, body in enumerate(bodies, 1)
    ]

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    async def signed_in(told):
        if asked is not None:
            asked.append(told)
        return told == "mayas"

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    headers += [(b"cookie", b"a=b"), (b"cookie", f"sessionid={key}".encode())] if key else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/healthz",
        "query_string": b"",
        "headers": headers,
        "server": ("127.0.0.1", 80),
    }
    await BodyLimit(app or plain, signed_in)(scope, receive, send)
    return sent[0]["status"], sent[1]["body"], seen


async def test_what_fits_is_answered():
    assert await ask(b"12345", b"67890", length=10) == (200, b"fine", [b"12345", b"67890"])


async def test_what_says_it_is_too_large_is_not_even_read():
    status, body, seen = await ask(b"12345678901", length=11)
    assert (status, seen) == (413, [])
    assert json.loads(body)["code"] == "too_large"


async def test_what_does_not_say_is_cut_off_when_it_becomes_so():
    status, _body, seen = await ask(b"12345", b"678901", b"more", length=None)
    assert (status, seen) == (413, [b"12345"])


async def test_django_lets_go_of_a_request_that_is_cut_off():
    status, _body, _seen = await ask(b"12345", b"678901", app=get_asgi_application())
    assert status == 413


@pytest.mark.parametrize("length", [None, 15])
async def test_who_is_signed_in_may_send_more(length):
    asked = []
    status, _body, seen = await ask(b"12345", b"67890", b"12345", length=length, key="mayas")
    assert (status, len(seen)) == (200, 3)
    assert (await ask(b"x" * 15, b"y" * 6, length=length, key="mayas", asked=asked))[0] == 413
    assert asked == ["mayas"]  # once


@pytest.mark.parametrize("length", [None, 15])
async def test_who_only_says_so_is_a_guest(length):
    status, said, seen = await ask(b"12345", b"678901", b"more", length=length, key="forged")
    assert (status, seen) == (413, [b"12345"] if length is None else [])
    assert "Sign in first" in json.loads(said)["message"]


async def test_nobody_looks_for_a_sign_in_where_a_guest_might_send_as_much():
    asked = []
    assert (await ask(b"1234567890", length=10, key="mayas", asked=asked))[0] == 200
    assert asked == []
