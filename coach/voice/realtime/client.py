"""A connection to an engine: our commands go in, our events come out."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Literal
from urllib.parse import quote

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as dial
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from coach.voice import limits
from coach.voice.events import EngineCommand, EngineEvent, SetTurnDetection, SpeechStarted
from coach.voice.realtime import commands, wire
from coach.voice.realtime.errors import FATAL_CODES, EngineError
from coach.voice.realtime.settings import EngineSettings, listening_update, session_update

log = structlog.get_logger(__name__)

CLOSE_S = 2.0


class EngineTarget(msgspec.Struct, frozen=True):
    """Which engine, and as whom. `url` is that of the socket, `key` may be empty.

    `style` "azure": the key goes into a header of its own and `model` is the deployment.
    `safety_id`: a pseudonym of the member, for engines that ask who is talking; empty: not sent.
    """

    url: str
    key: str
    model: str
    style: Literal["openai", "azure"] = "openai"
    safety_id: str = ""

    def __repr__(self) -> str:
        return f"EngineTarget({self.address})"  # for logs and tracebacks: never the key

    @property
    def address(self) -> str:
        return f"{self.url}{'&' if '?' in self.url else '?'}model={quote(self.model)}"

    @property
    def headers(self) -> dict[str, str]:
        headers = {}
        if self.key:
            azure = self.style == "azure"
            headers = {"api-key": self.key} if azure else {"Authorization": f"Bearer {self.key}"}
        if self.safety_id:
            headers["OpenAI-Safety-Identifier"] = self.safety_id
        return headers


class _Dial(dial):
    """A socket that goes nowhere but where it was sent: a redirect would carry the key along."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def connect(target: EngineTarget) -> "RealtimeEngine":
    """Dial and wait for the engine's session. Raises EngineError.

    Refusals of key or model may come as an HTTP status or as the first event: connected means that
    the first event was `session.created`.
    """
    try:
        socket = await _Dial(
            target.address,
            additional_headers=target.headers,
            compression=None,
            open_timeout=limits.CONNECT_S,
            close_timeout=CLOSE_S,
            max_size=limits.ENGINE_MESSAGE_MAX_BYTES,
            max_queue=limits.ENGINE_QUEUE_MESSAGES,
            write_limit=limits.ENGINE_WRITE_BYTES,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        retryable = status == 429 or status >= 500
        raise EngineError("refused", f"http_{status}", retryable) from error
    except InvalidURI as error:
        raise EngineError("no address of a socket", "bad_url", False) from error
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise EngineError("unreachable", "unreachable", True) from error
    engine = RealtimeEngine(socket)
    try:
        await engine.opened()
    except BaseException:  # given up in the middle, too: the socket would stay open
        await engine.close()
        raise
    return engine


class RealtimeEngine:
    """One engine session. Not reusable: after a loss, connect anew."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._appended_bytes = 0
        self._settings = EngineSettings("")
        self._early: deque[bytes] = deque()
        self.info = wire.SessionInfo()

    async def opened(self) -> None:
        """Wait for `session.created`. Raises EngineError."""
        data = await self._expect("session.created", limits.CONNECT_S)
        self.info = self._session(data)

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force. Raises EngineError."""
        self._settings = settings
        await self._send(session_update(settings, "configure"))
        data = await self._expect("session.updated", limits.CONFIGURE_S)
        self.info = self._session(data)

    async def send(self, command: EngineCommand) -> None:
        """Send one command. Raises EngineError when the connection is gone."""
        if isinstance(command, SetTurnDetection):
            data = listening_update(self._settings, command.event_id, by_itself=command.on)
            await self._send(data)
        else:
            await self._send(commands.encode(command))

    async def append(self, pcm: bytes) -> None:
        """Send microphone audio (PCM s16le mono 24 kHz). Raises EngineError."""
        self._appended_bytes += len(pcm)
        await self._send(commands.append(pcm))

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        return self._socket.transport.get_write_buffer_size() > limits.ENGINE_CONGESTED_BYTES

    async def events(self) -> AsyncIterator[EngineEvent]:
        """The engine's events until the connection ends. Raises EngineError if it ends badly."""
        try:
            while True:
                data = (
                    self._early.popleft() if self._early else await self._socket.recv(decode=False)
                )
                event = self._decode(data)
                if event is not None:
                    yield event
        except ConnectionClosed as error:
            raise self._closed(error) from error

    async def close(self) -> None:
        await self._socket.close()

    def _decode(self, data: bytes) -> EngineEvent | None:
        try:
            event = wire.decode(data)
        except wire.Malformed as error:
            log.warning("engine_event_malformed", error=type(error.__cause__).__name__)
            return None
        if isinstance(event, SpeechStarted):
            # The engine tells where speech began, padding included; we want how much there is. What
            # is still on its way counts too much, so no more than half is believed.
            begun = event.spoken_ms + self._settings.prefix_ms
            heard = self._appended_bytes // limits.BYTES_PER_MS - begun
            return SpeechStarted(event.item_id, max(0, min(heard, limits.BARGE_IN_MIN_MS // 2)))
        return event

    async def _expect(self, name: str, timeout: float) -> bytes:
        """Wait for the event called `name`; keep the others for later."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    data = await self._socket.recv(decode=False)
                    kind = wire.event_type(data)
                    if kind == name:
                        return data
                    if kind == "error":
                        fault = wire.error_of(data)
                        retryable = fault.code not in FATAL_CODES and name == "session.created"
                        raise EngineError(fault.message, fault.code, retryable)
                    if len(self._early) >= limits.ENGINE_QUEUE_MESSAGES:
                        raise EngineError(f"no {name}", "malformed", False)
                    self._early.append(data)
        except TimeoutError as error:
            raise EngineError(f"no {name}", "timeout", True) from error
        except ConnectionClosed as error:
            raise self._closed(error) from error
        except (wire.Malformed, msgspec.DecodeError) as error:
            raise EngineError(f"bad answer before {name}", "malformed", False) from error

    def _session(self, data: bytes) -> wire.SessionInfo:
        try:
            return msgspec.json.decode(data, type=wire.SessionEvent).session
        except msgspec.DecodeError as error:
            raise EngineError("bad session", "malformed", False) from error

    async def _send(self, data: bytes) -> None:
        try:
            await self._socket.send(data, text=True)
        except ConnectionClosed as error:
            raise self._closed(error) from error

    def _closed(self, error: ConnectionClosed) -> EngineError:
        code = error.rcvd.code if error.rcvd else 1006
        return EngineError("the engine hung up", f"closed_{code}", code not in (4000, 1008))
