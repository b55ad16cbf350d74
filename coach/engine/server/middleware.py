"""What holds for every plain request before it is routed."""

import logging
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from coach.engine import limits
from coach.engine.server.faults import place_of
from coach.engine.server.http_errors import HttpRefused, error_response

log = logging.getLogger(__name__)


class LoggedFaults:
    """Writes down that a plain request failed, and where. Stands around the whole application.

    Starlette answers a fault and raises it again, for the server to log: uvicorn would write its
    text and its traceback, and what a client asks for holds instructions.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; nothing is raised. Sockets look after their own faults."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except ClientDisconnect:
            pass  # it left before it had told its request
        except Exception as error:  # noqa: BLE001  nobody above could do more than log it
            log.error("request failed: %s", place_of(error))


class TrailingSlashes:
    """Takes `/v1/models/` for `/v1/models`, without a redirect."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with the shorter path."""
        if "path" in scope:
            scope = {**scope, "path": scope["path"].rstrip("/") or "/"}
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is too long, or whose length is not told, without keeping any of it.

    The server takes no more of a body than its Content-Length says, so that is what is held to
    the limit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 413 once the client has written all."""
        if scope["type"] != "http" or _is_short(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        await _discard(receive)  # a client that still writes does not read the answer
        message = f"Send at most {limits.BODY_BYTES} bytes, and their Content-Length."
        error = HttpRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", message)
        await error_response(error)(scope, receive, send)


def _is_short(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    told = "transfer-encoding" not in headers and length.isdigit()
    return told and int(length) <= limits.BODY_BYTES


async def _discard(receive: Receive) -> None:
    while (await receive()).get("more_body", False):
        pass
