"""The embedded engine's process: a Realtime server over WebSocket, with a health page.

`main` runs it; `serve` starts one for a test or inside another program.
"""

import asyncio
import ctypes
import hmac
import logging
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import parse_qs

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websockets
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from coach.engine import limits
from coach.engine.compatible import Endpoints
from coach.engine.components import Components, assembled
from coach.engine.errors import BadRequest, EngineError
from coach.engine.llm.types import Llm
from coach.engine.protocol.config import Config, SessionConfig, TranscriptionConfig
from coach.engine.protocol.server_events import Error, ErrorBody
from coach.engine.server import door
from coach.engine.server.client_secrets import ClientSecrets
from coach.engine.server.connection import Connection
from coach.engine.server.door import Door, HttpRefused
from coach.engine.session.output import OutputEvents
from coach.engine.session.session import Session
from coach.engine.stt.types import Stt
from coach.engine.tts.types import Tts

log = logging.getLogger(__name__)

_M_ARENA_MAX = -8  # malloc.h
SUBPROTOCOL = Subprotocol("realtime")
KEY_SUBPROTOCOL = "openai-insecure-api-key."
_BETA = ("realtime=v1", "openai-beta.realtime-v1")  # as a header, and as browsers must

_API = "/v1/"
_MODEL = {"id": "coachline", "object": "model", "created": 0, "owned_by": "coachline"}
_SERVED = {"realtime": "GET", "models": "GET", "realtime/client_secrets": "POST"}
_ELSEWHERE = {
    "realtime/calls": "There is no WebRTC or SIP here; connect a WebSocket to /v1/realtime.",
    "realtime/translations": "There is no translation here.",
    "realtime/sessions": "This is retired; use POST /v1/realtime/client_secrets.",
    "realtime/transcription_sessions": "This is retired; use POST /v1/realtime/client_secrets.",
}


class Refused(EngineError):
    """A connection that gets no session: one error event, then this close code."""

    kind = "invalid_request_error"

    def __init__(self, code: str, message: str, close: int = limits.CLOSE_REFUSED) -> None:
        super().__init__(code, message)
        self.close = close


@dataclass
class Engine:
    """What the connections of one process share."""

    parts: Components
    key: str
    lifetime: float = limits.SESSION_SECONDS
    most: int = limits.SESSIONS
    sessions: int = 0
    secrets: ClientSecrets = field(default_factory=ClientSecrets)

    async def connected(self, socket: ServerConnection) -> None:
        """Runs one connection to its end."""
        try:
            config = self._admit(socket.request)
        except Refused as refusal:
            log.info("connection refused code=%s", refusal.code)
            await _turn_away(socket, refusal)
            return
        self.sessions += 1
        try:
            now = asyncio.get_running_loop().time()
            session = Session(
                config,
                now=now,
                unix_time=int(time.time()),
                lifetime=self.lifetime,
                capabilities=self.parts.capabilities,
            )
            log.info("session opened id=%s", session.id)
            await Connection(socket, session, self.parts.stt, self.parts.llm, self.parts.tts).run()
            log.info("session closed id=%s", session.id)
        finally:
            self.sessions -= 1

    def answer_http(self, socket: ServerConnection, request: Request) -> Response | None:
        """Plain HTTP, and None for what may become a session."""
        try:
            body = self._answer_http(socket, request)
        except EngineError as error:
            log.info("request refused code=%s", error.code)
            return door.refuse(socket, error)
        return None if body is None else door.answer(socket, body)

    def _answer_http(self, socket: ServerConnection, request: Request) -> object | None:
        door.check_whole(socket)
        path, method = request.path.partition("?")[0].rstrip("/"), door.method_of(socket)
        if path == "/healthz":
            return {
                "ok": True,
                "sessions": self.sessions,
                "most": self.most,
                "tasks": len(asyncio.all_tasks()),
            }
        if path == limits.PATH and method == "GET" and door.is_upgrade(request):
            return None
        if not path.startswith(_API):
            raise HttpRefused(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here.")
        if not self._knows(_key_of(request)):
            message = "Incorrect API key."
            raise HttpRefused(HTTPStatus.UNAUTHORIZED, "invalid_api_key", message)
        match method, path.removeprefix(_API):
            case "GET", "models":
                return {"object": "list", "data": [_MODEL]}
            case "POST", "realtime/client_secrets":
                return self.secrets.issue(door.body_of(socket), time.time())
        raise _unserved(method, path.removeprefix(_API))

    def _admit(self, request: Request | None) -> Config:
        """The configuration a connection starts with. Raises Refused."""
        if request is None:
            raise Refused("invalid_request", "There is no request.")
        if _BETA[0] in request.headers.get("OpenAI-Beta", "") or _BETA[1] in _offered(request):
            message = "The Realtime Beta API is no longer supported. Use the GA API."
            raise Refused("beta_api_shape_disabled", message)
        key = _key_of(request)
        secret = self.secrets.find(key, time.time())
        if secret is None and not self._knows(key):
            raise Refused("invalid_api_key", "Incorrect API key.", limits.CLOSE_UNAUTHORISED)
        if self.sessions >= self.most:
            message = "The engine has as many sessions as it takes."
            raise Refused("rate_limit_exceeded", message, limits.CLOSE_OVERLOADED)
        asked = _asked_for(request)
        config = _begun_with(None if secret is None else secret.config, asked)
        try:
            self.parts.capabilities.check(config)
        except BadRequest as error:
            raise Refused(error.code, error.message) from error
        return config

    def _knows(self, key: str) -> bool:
        return not self.key or hmac.compare_digest(key.encode(), self.key.encode())


def _asked_for(request: Request) -> Config:
    """What the query asks for; the model may be "" here. Raises Refused."""
    query = parse_qs(request.path.partition("?")[2])
    if "call_id" in query:
        message = "There are no WebRTC or SIP calls here; connect with ?model=…"
        raise Refused("unsupported_parameter", message)
    intent = query.get("intent", [""])[0]
    if intent == "transcription":
        return TranscriptionConfig(type="transcription")
    model = query.get("model", [""])[0]
    if intent or len(model) > limits.MODEL_CHARS:
        raise Refused("invalid_model", "Give ?model=… or ?intent=transcription.")
    return SessionConfig(type="realtime", model=model)


def _begun_with(kept: Config | None, asked: Config) -> Config:
    """The configuration of a client secret, if there is one, and the query. Raises Refused."""
    if kept is None:
        kept = asked
    model = asked.model if isinstance(asked, SessionConfig) else ""
    if isinstance(kept, TranscriptionConfig):
        if model:
            raise Refused("invalid_model", "This key opens transcription sessions, without ?model.")
        return kept
    if isinstance(asked, TranscriptionConfig) or (model and kept.model not in ("", model)):
        raise Refused("invalid_model", "This key opens sessions with another model.")
    if not (kept.model or model):
        raise Refused("invalid_model", "Give ?model=… or ?intent=transcription.")
    return msgspec.structs.replace(kept, model=kept.model or model)


def _unserved(method: str, path: str) -> HttpRefused:
    """Says what is not here and, where there is one, the way that is."""
    if path == "realtime" and method == "GET":
        message = "Upgrade to a WebSocket."
        return HttpRefused(HTTPStatus.UPGRADE_REQUIRED, "upgrade_required", message)
    if path in _SERVED:
        message = f"This takes {_SERVED[path]}, not {method[:16]}."
        return HttpRefused(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", message)
    for prefix, instead in _ELSEWHERE.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            return HttpRefused(HTTPStatus.NOT_FOUND, "unsupported_endpoint", instead)
    return HttpRefused(HTTPStatus.NOT_FOUND, "unknown_url", "This engine has no such endpoint.")


def _key_of(request: Request) -> str:
    """The key, from the header or, as browsers must, from a subprotocol."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return key.strip()
    for offered in _offered(request):
        if offered.startswith(KEY_SUBPROTOCOL):
            return offered.removeprefix(KEY_SUBPROTOCOL)
    return ""


def _offered(request: Request) -> list[str]:
    """The subprotocols that the client offers."""
    lines = request.headers.get_all("Sec-WebSocket-Protocol")
    return [offered.strip() for line in lines for offered in line.split(",")]


async def _turn_away(socket: ServerConnection, refusal: Refused) -> None:
    body = ErrorBody(type=refusal.kind, code=refusal.code, message=refusal.message)
    event = Error(event_id=OutputEvents().new_id("event"), error=body)
    try:
        await socket.send(msgspec.json.encode(event), text=True)
        await socket.close(refusal.close, f"{refusal.kind}.{refusal.code}")
    except ConnectionClosed:
        log.info("refused client left first code=%s", refusal.code)


def _subprotocol(_socket: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return SUBPROTOCOL if SUBPROTOCOL in offered else None


@asynccontextmanager
async def serve(
    *,
    key: str,
    host: str = "127.0.0.1",
    port: int = 0,
    lifetime: float = limits.SESSION_SECONDS,
    sessions: int = limits.SESSIONS,
    stt: Stt | None = None,
    llm: Llm | None = None,
    tts: Tts | None = None,
    endpoints: Endpoints | None = None,
) -> AsyncIterator[int]:
    """Serves while the block runs; yields the port. Parts not given are the built-in ones.
    It takes so many ``sessions`` at a time and refuses more with ``rate_limit_exceeded``.

    Raises ModelMissing where a model file is not installed, BadRequest where an endpoint is no
    address, OSError where the port is taken.
    """
    async with AsyncExitStack() as stack:
        given = endpoints or Endpoints()
        parts = await assembled(stack, given, sessions=sessions, stt=stt, llm=llm, tts=tts)
        engine = Engine(parts, key, lifetime, sessions)
        server = await stack.enter_async_context(
            serve_websockets(
                engine.connected,
                host,
                port,
                process_request=engine.answer_http,
                create_connection=Door,
                select_subprotocol=_subprotocol,
                compression=None,
                max_size=limits.FRAME_BYTES,
                ping_interval=limits.PING_SECONDS,
                ping_timeout=limits.PING_SECONDS,
                close_timeout=limits.CLOSE_SECONDS,
            )
        )
        yield next(iter(server.sockets)).getsockname()[1]


async def _run(host: str, port: int, key: str, endpoints: Endpoints | None, sessions: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    given = serve(host=host, port=port, key=key, endpoints=endpoints, sessions=sessions)
    async with given as bound:
        log.info("engine listens host=%s port=%s", host, bound)
        await stop.wait()


def main(
    host: str,
    port: int,
    key: str,
    endpoints: Endpoints | None = None,
    sessions: int = limits.SESSIONS,
) -> None:
    """Runs the engine until SIGINT or SIGTERM. An empty key is for the loopback address only."""
    if not key and not _is_loopback(host):
        raise BadRequest("key_required", "An engine that others can reach needs a key.")
    _share_memory()
    asyncio.run(_run(host, port, key, endpoints, sessions))


def _share_memory() -> None:
    """Lets the threads share what one of them has freed: by itself glibc keeps an arena for each,
    and each grows to the largest tensor its thread ever held. Other C libraries have none."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, 2)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
