"""The embedded engine's process: a Realtime server over WebSocket, with a health page.

`main` runs it; `serve` starts one for a test or inside another program.
"""

import asyncio
import hmac
import http
import json
import logging
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websockets
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from coach.engine import limits
from coach.engine.ears import Ears
from coach.engine.errors import BadRequest, EngineError
from coach.engine.mind.deterministic import DeterministicMind
from coach.engine.mind.types import Mind
from coach.engine.outbox import Outbox
from coach.engine.protocol.config import Config, SessionConfig, TranscriptionConfig
from coach.engine.protocol.server import Error, ErrorBody
from coach.engine.session import Session
from coach.engine.shell import EarsLike, Shell, VoiceLike
from coach.engine.voice import Voice

log = logging.getLogger(__name__)

SUBPROTOCOL = Subprotocol("realtime")
KEY_SUBPROTOCOL = "openai-insecure-api-key."


class Refused(EngineError):
    """A connection that gets no session: one error event, then this close code."""

    kind = "invalid_request_error"

    def __init__(self, code: str, message: str, close: int = limits.CLOSE_REFUSED) -> None:
        super().__init__(code, message)
        self.close = close


@dataclass
class Engine:
    """What the connections of one process share."""

    ears: EarsLike
    mind: Mind
    voice: VoiceLike
    key: str
    lifetime: float = limits.SESSION_SECONDS
    sessions: int = 0

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
            session = Session(config, now=now, unix_time=int(time.time()), lifetime=self.lifetime)
            log.info("session opened id=%s", session.id)
            await Shell(socket, session, self.ears, self.mind, self.voice).run()
            log.info("session closed id=%s", session.id)
        finally:
            self.sessions -= 1

    def answer_http(self, socket: ServerConnection, request: Request) -> Response | None:
        """The health page, and 404 for what is neither that nor the protocol."""
        path = urlsplit(request.path).path
        if path == "/healthz":
            body = json.dumps({"ok": True, "sessions": self.sessions})
            response = socket.respond(http.HTTPStatus.OK, body)
            del response.headers["Content-Type"]
            response.headers["Content-Type"] = "application/json"
            return response
        if path.rstrip("/") != limits.PATH:
            return socket.respond(http.HTTPStatus.NOT_FOUND, "Not found\n")
        return None

    def _admit(self, request: Request | None) -> Config:
        """The configuration a connection starts with. Raises Refused."""
        if request is None:
            raise Refused("invalid_request", "There is no request.")
        if "realtime=v1" in request.headers.get("OpenAI-Beta", ""):
            message = "The Realtime Beta API is no longer supported. Use the GA API."
            raise Refused("beta_api_shape_disabled", message)
        if not self._knows(_key_of(request)):
            raise Refused("invalid_api_key", "Incorrect API key.", limits.CLOSE_UNAUTHORISED)
        if self.sessions >= limits.SESSIONS:
            message = "The engine has as many sessions as it takes."
            raise Refused("rate_limit_exceeded", message, limits.CLOSE_OVERLOADED)
        query = parse_qs(urlsplit(request.path).query)
        intent = query.get("intent", [""])[0]
        if intent == "transcription":
            return TranscriptionConfig(type="transcription")
        model = query.get("model", [""])[0]
        if intent or not 0 < len(model) <= limits.MODEL_CHARS:
            raise Refused("invalid_model", "Give ?model=… or ?intent=transcription.")
        return SessionConfig(type="realtime", model=model)

    def _knows(self, key: str) -> bool:
        return not self.key or hmac.compare_digest(key.encode(), self.key.encode())


def _key_of(request: Request) -> str:
    """The key, from the header or, as browsers must, from a subprotocol."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return key.strip()
    for line in request.headers.get_all("Sec-WebSocket-Protocol"):
        for offered in line.split(","):
            if offered.strip().startswith(KEY_SUBPROTOCOL):
                return offered.strip().removeprefix(KEY_SUBPROTOCOL)
    return ""


async def _turn_away(socket: ServerConnection, refusal: Refused) -> None:
    body = ErrorBody(type=refusal.kind, code=refusal.code, message=refusal.message)
    event = Error(event_id=Outbox().new_id("event"), error=body)
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
    ears: EarsLike | None = None,
    mind: Mind | None = None,
    voice: VoiceLike | None = None,
) -> AsyncIterator[int]:
    """Serves while the block runs; yields the port. Parts not given are the built-in ones.

    Raises ModelMissing where a model file is not installed, OSError where the port is taken.
    """
    async with AsyncExitStack() as stack:
        if ears is None:
            ears = own_ears = Ears()
            await own_ears.start()
            stack.push_async_callback(own_ears.close)
        if voice is None:
            voice = own_voice = Voice()
            await own_voice.start()
            stack.push_async_callback(own_voice.close)
        engine = Engine(ears, mind or DeterministicMind(), voice, key, lifetime)
        server = await stack.enter_async_context(
            serve_websockets(
                engine.connected,
                host,
                port,
                process_request=engine.answer_http,
                select_subprotocol=_subprotocol,
                compression=None,
                max_size=limits.FRAME_BYTES,
                ping_interval=limits.PING_SECONDS,
                ping_timeout=limits.PING_SECONDS,
                close_timeout=limits.CLOSE_SECONDS,
            )
        )
        yield next(iter(server.sockets)).getsockname()[1]


async def _run(host: str, port: int, key: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with serve(host=host, port=port, key=key) as bound:
        log.info("engine listens host=%s port=%s", host, bound)
        await stop.wait()


def main(host: str, port: int, key: str) -> None:
    """Runs the engine until SIGINT or SIGTERM. An empty key is for the loopback address only."""
    if not key and not _is_loopback(host):
        raise BadRequest("key_required", "An engine that others can reach needs a key.")
    asyncio.run(_run(host, port, key))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
