"""The engine's door: the WebSocket upgrade, and the plain HTTP that the protocol has beside it.

The WebSocket library reads requests without a body only. A `Door` reads the others whole, keeps
method and body, and shows the library a bare request that `process_request` then answers.
"""

from http import HTTPStatus
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from coach.engine import limits
from coach.engine.errors import EngineError

_END = b"\r\n\r\n"


class HttpRefused(EngineError):
    """A plain request that is answered with an error."""

    kind = "invalid_request_error"

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(code, message)
        self.status = status


class Door(ServerConnection):
    """A connection that may be plain HTTP. `body` is None where it is too long or not readable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method = "GET"
        self.body: bytes | None = b""
        self._held: bytes | None = b""
        self._unread = 0

    def data_received(self, data: bytes) -> None:
        """Holds a request back until it is whole, then lets everything through."""
        if self._held is None:
            if self.method == "GET" and self.body is not None:
                super().data_received(data)
            return
        if self._unread > 0:
            self._unread -= len(data)
            if self._unread <= 0:
                self._let_through(self._held)
            return
        self._held += data
        head, end, rest = self._held.partition(_END)
        if end:
            self._take(head, rest)
        elif len(self._held) > limits.HEAD_BYTES:
            self._let_through(self._held)  # the library knows how to refuse it

    def _take(self, head: bytes, rest: bytes) -> None:
        """The head is here; waits for the body, or for the end of one that is too long."""
        line, *headers = head.split(b"\r\n")
        method, space, target = line.partition(b" ")
        length, bare = _without_body(headers)
        if length is not None and length <= limits.BODY_BYTES:
            if len(rest) < length:
                return
            self.body, rest = rest[:length], rest[length:]
        else:
            self.body = None
            self._unread = (length or 0) - len(rest)  # who still writes does not read the answer
            rest = b""
        if space:
            self.method = method.decode("ascii", "replace")
            line = b"GET " + target
        self._held = b"\r\n".join([line, *bare]) + _END + rest
        if self._unread <= 0:
            self._let_through(self._held)

    def _let_through(self, data: bytes) -> None:
        self._held = None
        super().data_received(data)


def _without_body(headers: list[bytes]) -> tuple[int | None, list[bytes]]:
    """The length of the body, None where it is not to be known, and the other headers."""
    length: int | None = 0
    bare = []
    for header in headers:
        name, _, value = header.partition(b":")
        if name.lower() == b"transfer-encoding":
            length = None
        elif name.lower() == b"content-length":
            digits = value.strip()
            known = length is not None and digits.isdigit() and len(digits) < 10
            length = int(digits) if known else None
        else:
            bare.append(header)
    return length, bare


def check_whole(socket: ServerConnection) -> None:
    """Raises HttpRefused for a request whose body could not be read."""
    if isinstance(socket, Door) and socket.body is None:
        message = f"Send at most {limits.BODY_BYTES} bytes, and their Content-Length."
        raise HttpRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", message)


def method_of(socket: ServerConnection) -> str:
    """The method of the request, also where the library was shown another."""
    return socket.method if isinstance(socket, Door) else "GET"


def body_of(socket: ServerConnection) -> dict[str, Any]:
    """The JSON object a request carries; empty where it carries nothing. Raises HttpRefused."""
    raw = (socket.body if isinstance(socket, Door) else None) or b""
    try:
        body = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        message = "The body is not valid JSON."
        raise HttpRefused(HTTPStatus.BAD_REQUEST, "invalid_json", message) from error
    if not isinstance(body, dict):
        message = "The body is not a JSON object."
        raise HttpRefused(HTTPStatus.BAD_REQUEST, "invalid_json", message)
    return body


def is_upgrade(request: Request) -> bool:
    """Whether a request asks for a WebSocket."""
    return "websocket" in request.headers.get("Upgrade", "").lower()


def answer(socket: ServerConnection, body: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A JSON response."""
    response = socket.respond(status, msgspec.json.encode(body).decode())
    del response.headers["Content-Type"]
    response.headers["Content-Type"] = "application/json"
    return response


def refuse(socket: ServerConnection, error: EngineError) -> Response:
    """An error in the API's shape; 400 where it has no status of its own."""
    status = error.status if isinstance(error, HttpRefused) else HTTPStatus.BAD_REQUEST
    fault = {
        "message": error.message,
        "type": error.kind,
        "param": error.param,
        "code": error.code,
    }
    response = answer(socket, {"error": fault}, status)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
