"""Requests of any size are read to their end before Django sees them; this stops the largest.

On uvicorn it stands early enough. Daphne reads to the end before any application: for it the same
limit stands in `daphne_body`.
"""

import json
from typing import Any

from coach.bounds import MAX_DIGITS

MAX_BYTES = 16 * 1024 * 1024  # a photo of 12 MB with the form around it, and room

ANSWER = json.dumps(
    {"code": "too_large", "message": "That is larger than 16 MB, more than can be sent here."}
).encode()


class BodyLimit:
    """An ASGI application around another: what says it is too large, or becomes so, is a 413."""

    def __init__(self, app: Any, max_bytes: int = MAX_BYTES) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if announced(scope) > self.max_bytes:
            await _refuse(send)
            return
        read = 0

        async def counted() -> Any:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            # For the application the client has left: it drops what it has read so far.
            return {"type": "http.disconnect"} if read > self.max_bytes else message

        await self.app(scope, counted, send)
        if read > self.max_bytes:
            await _refuse(send)


def announced(scope: Any) -> int:
    """Bytes that the head of a request says will follow. What is no number says nothing."""
    length = dict(scope.get("headers", ())).get(b"content-length", b"")
    # Python refuses to read thousands of digits; eighteen are more than any limit.
    return int(length[:MAX_DIGITS]) if length.isdigit() else 0


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})
