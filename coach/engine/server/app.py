"""The engine's ASGI application: the Realtime protocol, and the plain HTTP beside it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket

from coach.engine import limits
from coach.engine.errors import EngineError
from coach.engine.server.handshake import key_of
from coach.engine.server.http_errors import (
    HttpRefused,
    error_response,
    http_exception,
    internal_error,
    json_response,
)
from coach.engine.server.middleware import BodyLimit, TrailingSlashes
from coach.engine.server.realtime import Engine, realtime
from coach.engine.server.speech import spoken

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]

_ANY_METHOD = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_MODEL = {"id": "coachline", "object": "model", "created": 0, "owned_by": "coachline"}
_SERVED = {
    "realtime": "GET",
    "models": "GET",
    "realtime/client_secrets": "POST",
    "audio/speech": "POST",
}
_ELSEWHERE = {
    "realtime/calls": "There is no WebRTC or SIP here; connect a WebSocket to /v1/realtime.",
    "realtime/translations": "There is no translation here.",
    "realtime/sessions": "This is retired; use POST /v1/realtime/client_secrets.",
    "realtime/transcription_sessions": "This is retired; use POST /v1/realtime/client_secrets.",
}


def create_app(engine: Engine) -> Starlette:
    """The application that serves this engine."""
    app = Starlette(
        routes=[
            Route("/healthz", health, methods=_ANY_METHOD),
            WebSocketRoute(limits.PATH, realtime),
            Route("/v1/models", _keyed(models)),
            Route("/v1/realtime/client_secrets", _keyed(client_secrets), methods=["POST"]),
            Route("/v1/audio/speech", _keyed(speech), methods=["POST"]),
            Route("/v1/{path:path}", _keyed(unserved), methods=_ANY_METHOD),
            WebSocketRoute("/{path:path}", no_upgrade),
        ],
        middleware=[Middleware(TrailingSlashes), Middleware(BodyLimit)],
        exception_handlers={
            EngineError: _refused,
            HTTPException: http_exception,
            Exception: internal_error,
        },
    )
    app.state.engine = engine
    return app


async def health(request: Request) -> Response:
    """For monitors: sessions now and at most, and asyncio tasks. Needs no key."""
    engine = _engine(request)
    tasks = len(asyncio.all_tasks())
    return json_response(
        {"ok": True, "sessions": engine.sessions, "most": engine.most, "tasks": tasks}
    )


async def models(_request: Request) -> Response:
    """The one model there is; any other name is taken, too."""
    return json_response({"object": "list", "data": [_MODEL]})


async def client_secrets(request: Request) -> Response:
    """A new key for a browser."""
    body = _object(await request.body())
    return json_response(_engine(request).secrets.issue(body, time.time()))


async def speech(request: Request) -> Response:
    """A short text as sound."""
    body = _object(await request.body())
    return await spoken(_engine(request).components.tts, body)


async def unserved(request: Request) -> Response:
    """Says what is not here and, where there is one, the way that is. Raises HttpRefused."""
    path: str = request.path_params["path"]
    if path == "realtime" and request.method == "GET":
        message = "Upgrade to a WebSocket."
        raise HttpRefused(HTTPStatus.UPGRADE_REQUIRED, "upgrade_required", message)
    if path in _SERVED:
        message = f"This takes {_SERVED[path]}, not {request.method[:16]}."
        raise HttpRefused(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", message)
    for prefix, instead in _ELSEWHERE.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            raise HttpRefused(HTTPStatus.NOT_FOUND, "unsupported_endpoint", instead)
    message = "This engine has no such endpoint."
    raise HttpRefused(HTTPStatus.NOT_FOUND, "unknown_url", message)


async def no_upgrade(socket: WebSocket) -> None:
    """An upgrade of any other path gets the answer of the plain request."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        await socket.send({**message, "type": f"websocket.{message['type']}"})

    await socket.app({**socket.scope, "type": "http", "method": "GET"}, receive, send)


def _keyed(endpoint: Endpoint) -> Endpoint:
    """The endpoint, for who has the engine's key; client secrets open sessions only."""

    async def checked(request: Request) -> Response:
        if not _engine(request).accepts(key_of(request)):
            message = "Incorrect API key."
            raise HttpRefused(HTTPStatus.UNAUTHORIZED, "invalid_api_key", message)
        return await endpoint(request)

    return checked


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, EngineError):
        raise error
    log.info("request refused code=%s", error.code)
    return error_response(error)


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def _object(raw: bytes) -> dict[str, Any]:
    """The JSON object of a body; empty for an empty one. Raises HttpRefused."""
    try:
        body = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        message = "The body is not valid JSON."
        raise HttpRefused(HTTPStatus.BAD_REQUEST, "invalid_json", message) from error
    if not isinstance(body, dict):
        message = "The body is not a JSON object."
        raise HttpRefused(HTTPStatus.BAD_REQUEST, "invalid_json", message)
    return body
