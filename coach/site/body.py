"""Requests of any size are read to their end before Django sees them; this stops the largest.

Only who is signed in sends pictures and recordings: a guest has a far smaller limit. On uvicorn
both stand early enough. Daphne reads to the end before any application: for it they stand in
`daphne_body`.
"""

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from coach.bounds import MAX_DIGITS

MAX_BYTES = 16 * 1024 * 1024  # a photo of 12 MB with the form around it, and room
GUEST_MAX_BYTES = 64 * 1024  # the forms to sign up and to sign in have less than 8 kB

Headers = Iterable[tuple[bytes, bytes]]  # names in small letters, as ASGI has them


def answer_of(limit: int) -> bytes:
    """The JSON that tells what the limit is."""
    if limit < MAX_BYTES:
        message = f"That is more than the {limit // 1024} kB that a guest may send. Sign in first."
    else:
        message = "That is larger than 16 MB, more than can be sent here."
    return json.dumps({"code": "too_large", "message": message}).encode()


def session_key(headers: Headers) -> str:
    """The key of the sign-in that a request says it has; "" for a guest."""
    cookies = b"; ".join(value for name, value in headers if name == b"cookie")
    return parse_cookie(cookies.decode("latin1")).get(settings.SESSION_COOKIE_NAME, "")


def announced(headers: Headers) -> int:
    """Bytes that the head of a request says will follow. What is no number says nothing."""
    length = dict(headers).get(b"content-length", b"")
    # Python refuses to read thousands of digits; eighteen are more than any limit.
    return int(length[:MAX_DIGITS]) if length.isdigit() else 0


class BodyLimit:
    """An ASGI application around another: what says it is too large, or becomes so, is a 413.

    `signed_in(key)` tells whether a session's key is that of somebody who is signed in. It is asked
    once, and only for a body that is too large for a guest.
    """

    def __init__(self, app: Any, signed_in: Callable[[str], Awaitable[bool]]) -> None:
        self.app = app
        self.signed_in = signed_in

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = scope.get("headers", ())
        limit, read, key = GUEST_MAX_BYTES, 0, session_key(headers)

        async def fits(size: int) -> bool:
            nonlocal limit, key
            if size > limit and key:
                asked, key = key, ""
                if await self.signed_in(asked):
                    limit = MAX_BYTES
            return size <= limit

        async def counted() -> Any:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            # For the application the client has left: it drops what it has read so far.
            return message if await fits(read) else {"type": "http.disconnect"}

        if await fits(announced(headers)):
            await self.app(scope, counted, send)
        if max(read, announced(headers)) > limit:
            await _refuse(send, limit)


async def _refuse(send: Any, limit: int) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": answer_of(limit)})
