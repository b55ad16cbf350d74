"""The WebSocket of the Realtime protocol: who gets a session, and the session's run."""

import asyncio
import hmac
import logging
import time
from dataclasses import dataclass, field

import msgspec
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.engine import limits
from coach.engine.components import Components
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import Config
from coach.engine.protocol.server_events import Error, ErrorBody
from coach.engine.server.client_secrets import ClientSecrets
from coach.engine.server.connection import Connection
from coach.engine.server.faults import place_of
from coach.engine.server.handshake import (
    SUBPROTOCOL,
    Refused,
    check_interface,
    key_of,
    offered_subprotocols,
    requested_config,
)
from coach.engine.session.output import OutputEvents
from coach.engine.session.session import Session

log = logging.getLogger(__name__)


@dataclass
class Engine:
    """What the connections of one process share. `most` sessions at a time, `lifetime` seconds."""

    components: Components
    key: str
    lifetime: float = limits.SESSION_SECONDS
    most: int = limits.SESSIONS
    sessions: int = 0
    secrets: ClientSecrets = field(default_factory=ClientSecrets)

    def accepts(self, key: str) -> bool:
        """Whether this is the engine's own key; without one, every key is."""
        return not self.key or hmac.compare_digest(key.encode(), self.key.encode())

    def admit(self, connection: HTTPConnection) -> Config:
        """The configuration a connection starts with. Raises Refused."""
        check_interface(connection)
        key = key_of(connection)
        secret = self.secrets.find(key, time.time())
        if secret is None and not self.accepts(key):
            raise Refused("invalid_api_key", "Incorrect API key.", limits.CLOSE_UNAUTHORISED)
        if self.sessions >= self.most:
            message = "The engine has as many sessions as it takes."
            raise Refused("rate_limit_exceeded", message, limits.CLOSE_OVERLOADED)
        config = requested_config(connection, None if secret is None else secret.config)
        try:
            self.components.capabilities.check(config)
        except BadRequest as error:
            raise Refused(error.code, error.message) from error
        return config


async def realtime(socket: WebSocket) -> None:
    """Endpoint: runs one connection to its end."""
    engine: Engine = socket.app.state.engine
    offered = offered_subprotocols(socket)
    await socket.accept(SUBPROTOCOL if SUBPROTOCOL in offered else None)
    try:
        config = engine.admit(socket)
    except Refused as refusal:
        log.info("connection refused code=%s", refusal.code)
        await _turn_away(socket, refusal)
        return
    engine.sessions += 1
    try:
        await _run(socket, engine, config)
    finally:
        engine.sessions -= 1


async def _run(socket: WebSocket, engine: Engine, config: Config) -> None:
    session = Session(
        config,
        now=asyncio.get_running_loop().time(),
        unix_time=int(time.time()),
        lifetime=engine.lifetime,
        capabilities=engine.components.capabilities,
    )
    log.info("session opened id=%s", session.id)
    try:
        await Connection(socket, session, engine.components).run()
    except Exception as error:  # noqa: BLE001  the server would log its text, which may be words
        log.error("session failed: %s id=%s", place_of(error), session.id)
        await _close(socket, limits.CLOSE_FAILED, "")
    log.info("session closed id=%s", session.id)


async def _turn_away(socket: WebSocket, refusal: Refused) -> None:
    """One error event, then the close: a refused handshake would tell a browser nothing."""
    body = ErrorBody(type=refusal.kind, code=refusal.code, message=refusal.message)
    event = Error(event_id=OutputEvents().new_id("event"), error=body)
    try:
        await socket.send_text(msgspec.json.encode(event).decode())
    except WebSocketDisconnect:
        log.info("refused client left first code=%s", refusal.code)
        return
    await _close(socket, refusal.close, f"{refusal.kind}.{refusal.code}")


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    try:
        await socket.close(code, reason)
    except (WebSocketDisconnect, RuntimeError):
        log.info("client left before the close code=%s", code)
