"""A connection to an engine: our commands go in, our events come out."""

from collections.abc import AsyncIterator, Callable
from secrets import token_hex

from coach.voice import limits
from coach.voice.engine_commands import AddSilence, EngineCommand, SetTurnDetection
from coach.voice.engine_events import EngineEvent, EngineFault, SpeechStarted, SpokenAudio
from coach.voice.realtime import encode, wire
from coach.voice.realtime.applied_settings import AppliedSettings
from coach.voice.realtime.errors import EngineError
from coach.voice.realtime.handshake import Handshake, MalformedFrames
from coach.voice.realtime.quirks import ServerQuirks, is_transient, omit_more, quirks_of
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.settings import EngineSettings, turn_detection_update
from coach.voice.realtime.target import EngineTarget
from coach.voice.realtime.transport import Socket, Transport, dial


async def connect(target: EngineTarget) -> "RealtimeEngine":
    """Dial and wait for the engine's session. Raises EngineError.

    Refusals of key or model may come as an HTTP status or as the first event: connected means that
    `session.created` came, or something else that is no error and then nothing more.
    """
    socket = await dial(target)
    engine = RealtimeEngine(socket, quirks_of(target.address))
    try:
        await engine.open()
    except BaseException:  # cancelled in the middle, too: the socket would stay open
        await engine.close()
        raise
    return engine


class RealtimeEngine:
    """One engine session. Not reusable: after a loss, connect anew."""

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        self._transport = Transport(socket, quirks)
        self._quirks = quirks
        self._applied = AppliedSettings(quirks)
        self._malformed = MalformedFrames()
        self._handshake = Handshake(self._transport, quirks, self._applied, self._malformed)
        self._reader = Reader(token_hex(4), self._applied.check)
        self._appended_bytes = 0

    @property
    def session(self) -> wire.SessionInfo:
        """What the engine says of its session."""
        return self._handshake.session

    @property
    def expires_at(self) -> float | None:
        """When the engine will end the session, in seconds since 1970, if it has said so."""
        return self.session.expires_at

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        return self._transport.congested

    @property
    def silent_s(self) -> float:
        """For how many seconds nothing at all has come, not even an answer to a ping."""
        return self._transport.silent_s

    async def open(self) -> None:
        """Wait for the session. Raises EngineError."""
        await self._handshake.open()

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force. Raises EngineError."""
        await self._handshake.configure(settings)

    async def send(self, command: EngineCommand) -> None:
        """Send one command. Raises EngineError when the connection is gone."""
        if isinstance(command, AddSilence):
            self.append(bytes(command.ms * limits.BYTES_PER_MS))
        elif isinstance(command, SetTurnDetection):
            self._applied.turn_detection = command.on
            await self._transport.send(
                turn_detection_update(
                    self._applied.settings,
                    command.event_id,
                    on=command.on,
                    omitted=self._quirks.omitted,
                )
            )
        elif (translated := self._reader.to_upstream(command)) is not None:
            await self._transport.send(encode.encode(translated))

    def append(self, pcm: bytes) -> None:
        """Send microphone audio (PCM s16le mono 24 kHz). Raises EngineError.

        It waits for nothing: who sends looks whether the engine is `congested`, or drains.
        """
        self._appended_bytes += len(pcm)
        self._transport.write(encode.append(pcm))

    async def drain(self) -> None:
        """Wait while too much is on its way."""
        await self._transport.drain()

    def offer_to(self, take: Callable[[EngineEvent], None], is_ready: Callable[[], bool]) -> None:
        """Give events to `take` in the call in which they come, if `is_ready` says that it may."""

        def take_frame(data: bytes) -> bool:
            if not is_ready():
                return False
            for event in self._read(data):
                take(event)
            return True

        self._transport.frames.offer_to(take_frame)

    async def events(self) -> AsyncIterator[EngineEvent]:
        """The engine's events until the connection ends. Raises EngineError when it does."""
        early = self._handshake.early
        while True:
            data = early.popleft() if early else await self._transport.receive()
            for event in self._read(data):
                yield event

    def abort(self) -> None:
        """Drop the connection at once."""
        self._transport.abort()

    async def close(self) -> None:
        """Close the connection."""
        await self._transport.close()

    def _read(self, data: bytes) -> tuple[EngineEvent, ...]:
        try:
            events = self._reader.read(data)
        except wire.Malformed as error:
            self._malformed.add(error)
            return ()
        if len(events) == 1 and isinstance(events[0], SpokenAudio):  # as nearly all are
            return events
        return tuple(self._adjusted(event) for event in events)

    def _adjusted(self, event: EngineEvent) -> EngineEvent:
        """The event with what only the client knows. Raises EngineError for a fatal one."""
        if isinstance(event, SpeechStarted):
            return SpeechStarted(event.item_id, self._spoken_ms(event.spoken_ms))
        if isinstance(event, EngineFault) and event.event_id.startswith("configure"):
            # Refused after we had stopped waiting: the settings are not in force.
            more = omit_more(self._quirks.omitted, event)
            self._quirks.omitted = more or self._quirks.omitted
            retryable = more is not None or is_transient(event)
            raise EngineError(event.message, event.code, retryable)
        if isinstance(event, EngineFault) and event.code == "session_expired":
            raise EngineError(event.message, event.code, True)  # not all of them hang up then
        return event

    def _spoken_ms(self, audio_start_ms: int) -> int:
        """How much speech the engine has heard, in milliseconds.

        It tells where speech began, padding included. Audio that is still on its way counts too
        much, so no more than half of what interrupts the coach is believed.
        """
        begun_ms = audio_start_ms + self._applied.settings.prefix_ms
        heard_ms = self._appended_bytes // limits.BYTES_PER_MS - begun_ms
        return max(0, min(heard_ms, limits.BARGE_IN_MIN_MS // 2))
