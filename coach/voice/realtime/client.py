"""A connection to an engine: our commands go in, our events come out."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Literal
from urllib.parse import quote

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as dial
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
)

from coach.voice import limits
from coach.voice.engine_commands import AddSilence, EngineCommand, SetTurnDetection
from coach.voice.engine_events import EngineEvent, EngineFault, SpeechStarted
from coach.voice.private_address import is_private_host
from coach.voice.realtime import encode, wire
from coach.voice.realtime.applied_settings import UNUSABLE, differences
from coach.voice.realtime.errors import FATAL_CODES, EngineError
from coach.voice.realtime.quirks import Habits, habits_of, passing, wider
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.settings import (
    EngineSettings,
    listening_update,
    session_of,
    session_update,
)

log = structlog.get_logger(__name__)

CLOSE_S = 2.0
# Against the rules; the registered words for 401 and 403, and the usual ones; a dead protocol.
FINAL_CLOSES = frozenset({1008, 3000, 3003, 4000, 4401, 4403})


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


class _Socket(ClientConnection):
    """Knows when the other side was last heard of: a dead network closes nothing."""

    heard_at = 0.0

    def data_received(self, data: bytes) -> None:
        self.heard_at = self.loop.time()
        super().data_received(data)


async def connect(target: EngineTarget) -> "RealtimeEngine":
    """Dial and wait for the engine's session. Raises EngineError.

    Refusals of key or model may come as an HTTP status or as the first event: connected means that
    `session.created` came, or something else that is no error and then nothing more.
    """
    socket = await _dialled(target)
    engine = RealtimeEngine(socket, habits_of(target.address))
    try:
        await engine.opened()
    except BaseException:  # given up in the middle, too: the socket would stay open
        await engine.close()
        raise
    return engine


async def _dialled(target: EngineTarget) -> _Socket:
    """Raises EngineError: retryable where the network or the server may come back."""
    if not all(value.isascii() and value.isprintable() for value in target.headers.values()):
        raise EngineError("no header can carry the key", "bad_key", False)
    try:
        socket = await _Dial(
            target.address,
            additional_headers=target.headers,
            proxy=None if is_private_host(target.url) else True,
            create_connection=_Socket,
            compression=None,
            open_timeout=limits.CONNECT_S,
            ping_interval=limits.ENGINE_PING_S,
            ping_timeout=None,  # `events` sees to it: some never answer, and some are busy talking
            close_timeout=CLOSE_S,
            max_size=limits.ENGINE_MESSAGE_MAX_BYTES,
            max_queue=limits.ENGINE_QUEUE_MESSAGES,
            write_limit=limits.ENGINE_WRITE_BYTES,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        retryable = status == 429 or status >= 500
        raise EngineError("refused", f"http_{status}", retryable) from error
    except (InvalidProxy, ImportError) as error:  # the latter: of the kind that needs a library
        raise EngineError("no way through the proxy", "bad_proxy", False) from error
    except ssl.SSLCertVerificationError as error:
        raise EngineError("not who it should be", "bad_certificate", False) from error
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise EngineError("unreachable", "unreachable", True) from error
    except (InvalidURI, ValueError) as error:
        raise EngineError("no address of a socket", "bad_url", False) from error
    assert isinstance(socket, _Socket)
    return socket


class RealtimeEngine:
    """One engine session. Not reusable: after a loss, connect anew."""

    def __init__(self, socket: _Socket, habits: Habits) -> None:
        self._socket = socket
        self._habits = habits
        self._reader = Reader(token_hex(4), self._in_force)
        self._appended_bytes = 0
        self._settings = EngineSettings("")
        self._by_itself = True  # it is asked to find the ends of speech as the settings say
        self._early: deque[bytes] = deque()
        self._malformed = 0
        self.info = wire.SessionInfo()

    async def opened(self) -> None:
        """Wait for the session. Raises EngineError."""
        answer = await self._answer("session.created", limits.CONNECT_S)
        if isinstance(answer, EngineFault):
            raise EngineError(answer.message, answer.code, answer.code not in FATAL_CODES)
        if answer is None and not self._early:
            raise EngineError("no session", "timeout", True)
        self.info = wire.session(answer or {})

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force. Raises EngineError.

        An engine that does not know one of them refuses all: it is asked again without that one,
        and remembered. One that never says whether it took them is believed after a while; one that
        says what is in force is taken at its word.
        """
        self._settings = settings
        without, refusal = self._habits.without, EngineFault("error", "")
        for attempt in range(limits.CONFIGURE_TRIES):
            event_id = f"configure-{attempt}" if attempt else "configure"
            await self._send(session_update(settings, event_id, without))
            answer = await self._answer("session.updated", self._habits.patience_s)
            if not isinstance(answer, EngineFault):
                self._habits.without = without  # only what has helped is remembered
                self._configured(answer)
                return
            refusal, more = answer, wider(without, answer)
            if more is None:
                break
            without = more
        await self._confirmed_all_the_same(refusal)

    async def _confirmed_all_the_same(self, refusal: EngineFault) -> None:
        """Some servers grumble about a field and take the rest. Raises EngineError."""
        if refusal.code not in FATAL_CODES:
            answer = await self._answer("session.updated", limits.CONFIGURE_REFUSED_S)
            if answer is not None and not isinstance(answer, EngineFault):
                self._configured(answer)
                return
        raise EngineError(refusal.message, refusal.code, passing(refusal))

    def _configured(self, answer: wire.Json | None) -> None:
        self._habits.silent = answer is None
        if answer is None:
            log.info("engine_confirms_nothing", without=sorted(self._habits.without))
            return
        told = wire.session(answer)
        self.info = wire.SessionInfo(
            told.id or self.info.id,
            told.model or self.info.model,
            told.expires_at or self.info.expires_at,
        )
        self._in_force(answer)

    def _in_force(self, answer: wire.Json) -> None:
        """Look whether the settings are what was asked. Raises EngineError if no talk is possible.

        The rest the talk can do without: whoever runs the server is told once, by the log.
        """
        settings = self._settings
        if not self._by_itself:
            settings = msgspec.structs.replace(settings, turn_detection="none")
        asked = session_of(settings, self._habits.without)
        differs = differences(asked, wire.inner(answer, "session"))
        for code in differs:
            if code not in self._habits.differs:
                log.warning("engine_setting_not_in_force", setting=code, host=self._habits.host)
        self._habits.differs |= frozenset(differs)
        if not UNUSABLE.isdisjoint(differs):
            raise EngineError("sound of another kind", "audio_format_not_served", False)

    async def send(self, command: EngineCommand) -> None:
        """Send one command. Raises EngineError when the connection is gone."""
        if isinstance(command, AddSilence):
            await self.append(bytes(command.ms * limits.BYTES_PER_MS))
        elif isinstance(command, SetTurnDetection):
            self._by_itself = command.on
            await self._send(
                listening_update(
                    self._settings,
                    command.event_id,
                    by_itself=command.on,
                    without=self._habits.without,
                )
            )
        elif (theirs := self._reader.theirs(command)) is not None:
            await self._send(encode.encode(theirs))

    async def append(self, pcm: bytes) -> None:
        """Send microphone audio (PCM s16le mono 24 kHz). Raises EngineError."""
        self._appended_bytes += len(pcm)
        await self._send(encode.append(pcm))

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        return self._socket.transport.get_write_buffer_size() > limits.ENGINE_CONGESTED_BYTES

    @property
    def silent_s(self) -> float:
        """For how long nothing at all has come, not even an answer to a ping."""
        return self._socket.loop.time() - self._socket.heard_at

    @property
    def expires_at(self) -> float | None:
        """When the engine will end the session, in seconds since 1970, if it has said so."""
        return self.info.expires_at

    async def events(self) -> AsyncIterator[EngineEvent]:
        """The engine's events until the connection ends. Raises EngineError if it ends badly."""
        try:
            while True:
                data = self._early.popleft() if self._early else await self._received()
                for event in self._decode(data):
                    yield event
        except ConnectionClosed as error:
            raise self._closed(error) from error

    async def _received(self) -> bytes:
        """The next frame. Raises EngineError when the line is dead, though nobody hung up."""
        while True:
            try:
                async with asyncio.timeout(limits.ENGINE_PING_S):
                    return await self._socket.recv(decode=False)
            except TimeoutError:
                if self._dead():
                    self.abort()
                    raise EngineError("nothing comes", "silent", True) from None

    def _dead(self) -> bool:
        """Nothing has come for long, not even an answer to a ping.

        Some servers answer none, and are silent as long as nobody speaks: one that is back at once
        without ever having answered is not held to it again.
        """
        answers = self._socket.latency > 0
        self._habits.pongs = self._habits.pongs or answers
        if self.silent_s <= limits.ENGINE_PING_S + limits.ENGINE_PONG_S:
            return False
        dead = self._habits.pongs or self.congested
        self._habits.pongs = answers
        return dead

    def abort(self) -> None:
        """End the connection at once: an engine that takes nothing takes no farewell either."""
        self._socket.transport.abort()

    async def close(self) -> None:
        await self._socket.close()

    def _decode(self, data: bytes) -> tuple[EngineEvent, ...]:
        try:
            events = self._reader.read(data)
        except wire.Malformed as error:
            self._complain(error)
            return ()
        return tuple(self._weighed(event) for event in events)

    def _complain(self, error: wire.Malformed) -> None:
        self._malformed += 1
        if self._malformed in (1, 10, 100, 1000):  # a stream of them must not fill the log
            log.warning("engine_event_malformed", error=str(error), times=self._malformed)

    def _weighed(self, event: EngineEvent) -> EngineEvent:
        if isinstance(event, SpeechStarted):
            # The engine tells where speech began, padding included; we want how much there is. What
            # is still on its way counts too much, so no more than half is believed.
            begun = event.spoken_ms + self._settings.prefix_ms
            heard = self._appended_bytes // limits.BYTES_PER_MS - begun
            return SpeechStarted(event.item_id, max(0, min(heard, limits.BARGE_IN_MIN_MS // 2)))
        if isinstance(event, EngineFault) and event.event_id.startswith("configure"):
            # Refused after we had stopped waiting: the settings are not in force.
            more = wider(self._habits.without, event)
            self._habits.without = more or self._habits.without
            raise EngineError(event.message, event.code, more is not None or passing(event))
        if isinstance(event, EngineFault) and event.code == "session_expired":
            raise EngineError(event.message, event.code, True)  # not all of them hang up then
        return event

    async def _answer(self, name: str, seconds: float) -> wire.Json | EngineFault | None:
        """The event called `name`, or an error; None if neither comes. The others are kept.

        Who sends others is awake: they are given `limits.CONFIGURE_ACTIVE_S` more at most.
        """
        clock = asyncio.get_running_loop()
        until = clock.time() + seconds
        try:
            while len(self._early) + self._malformed <= limits.ENGINE_QUEUE_MESSAGES:
                async with asyncio.timeout_at(until):
                    data = await self._socket.recv(decode=False)
                until = min(until, clock.time() + limits.CONFIGURE_ACTIVE_S)
                try:
                    event = wire.parse(data)
                except wire.Malformed as error:
                    self._complain(error)
                    continue
                if event["type"] == name:
                    return event
                if event["type"] == "error":
                    return wire.fault(event)
                self._early.append(data)
        except TimeoutError:
            return None
        except ConnectionClosed as error:
            raise self._closed(error) from error
        raise EngineError(f"no {name}", "malformed", False)

    async def _send(self, data: bytes) -> None:
        try:
            await self._socket.send(data, text=True)
        except ConnectionClosed as error:
            raise self._closed(error) from error

    def _closed(self, error: ConnectionClosed) -> EngineError:
        code = error.rcvd.code if error.rcvd else 1006
        return EngineError("the engine hung up", f"closed_{code}", code not in FINAL_CLOSES)
