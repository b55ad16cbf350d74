"""A connection to an engine: our commands go in, our events come out."""

from secrets import token_hex

from coach.voice import limits
from coach.voice.engine_commands import AddSilence, EngineCommand, SetPace, SetTurnDetection
from coach.voice.engine_events import EngineEvent, EngineFault, SpeechStarted, SpokenAudio
from coach.voice.realtime import encode, wire
from coach.voice.realtime.connection import Connection
from coach.voice.realtime.errors import EngineError
from coach.voice.realtime.quirks import ServerQuirks, is_transient, omit_more, quirks_of
from coach.voice.realtime.reader import Reader
from coach.voice.realtime.settings import EngineSettings, pace_update, turn_detection_update
from coach.voice.realtime.target import EngineTarget
from coach.voice.realtime.transport import Socket, dial


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


class RealtimeEngine(Connection):
    """Implements `Engine` by a session of turns, answers and tools."""

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        super().__init__(socket, quirks)
        self._reader = Reader(token_hex(4), self._applied.check)
        self._appended_bytes = 0

    @property
    def session(self) -> wire.SessionInfo:
        """What the engine says of its session."""
        return self._handshake.session

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
        elif isinstance(command, SetPace):
            update = pace_update(
                self._applied.settings,
                command.event_id,
                pace=command.pace,
                omitted=self._quirks.omitted,
            )
            if update is not None:
                await self._transport.send(update)
        elif (translated := self._reader.to_upstream(command)) is not None:
            await self._transport.send(encode.encode(translated))

    def append(self, pcm: bytes) -> None:
        """Send microphone audio (PCM s16le mono 24 kHz). Raises EngineError.

        It waits for nothing: who sends looks whether the engine is `congested`, or drains.
        """
        self._appended_bytes += len(pcm)
        self._transport.write(encode.append(pcm))

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
