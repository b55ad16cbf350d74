"""Requests of any size are read to their end before Django sees them; this stops the largest."""

import json
from typing import Any

MAX_BYTES = 16 * 1024 * 1024  # a photo of 12 MB with the form around it, and room

_ANSWER = json.dumps(
    {"code": "too_large", "message": "That is larger than 16 MB, more than can be sent here."}
).encode()


class BodyLimit:
    """An ASGI application around another: what says it is too large, or becomes so, is a 413."""

    def __init__(self, app: Any, max_bytes: int = MAX_BYTES) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        length = dict(scope.get("headers", ())).get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.max_bytes:
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


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _ANSWER})
