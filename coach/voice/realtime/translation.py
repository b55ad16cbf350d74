"""A translation session: sound in, its translation out, without turns, answers or tools.

It has events of its own names. Ours for them are those of a talk: `InputDelta` is what was heard,
`SpokenDelta` and `SpokenAudio` are the translation. There is nothing that they belong to, so their
ids are empty.
"""

import msgspec
import pybase64

from coach.voice import limits
from coach.voice.engine_commands import EngineCommand
from coach.voice.engine_events import (
    EngineEvent,
    EngineFault,
    InputDelta,
    SessionClosed,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.realtime import wire
from coach.voice.realtime.connection import Connection
from coach.voice.realtime.errors import FATAL_CODES, EngineError
from coach.voice.realtime.quirks import ServerQuirks, is_transient, quirks_of
from coach.voice.realtime.settings import EngineSettings
from coach.voice.realtime.target import EngineTarget
from coach.voice.realtime.transport import Socket, dial

_APPEND = b'{"type":"session.input_audio_buffer.append","audio":"'
_END = b'"}'
_CLOSE = b'{"type":"session.close"}'
_CLOSED = "session.closed"
CLOSE_S = 2.0  # a session that is closed without anybody waiting for its last words


async def connect_to_translate(target: EngineTarget) -> "TranslationEngine":
    """Dial and wait for the session. Raises EngineError."""
    socket = await dial(target)
    engine = TranslationEngine(socket, quirks_of(target.address))
    try:
        await engine.open()
    except BaseException:  # cancelled in the middle, too: the socket would stay open
        await engine.close()
        raise
    return engine


class TranslationEngine(Connection):
    """Implements `Engine`. The settings that it takes are `language`, into which it translates,
    `transcription_model` and `noise_reduction`."""

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        super().__init__(socket, quirks)
        self._opened = False
        self._closing = False

    async def open(self) -> None:
        """Wait for the session. Raises EngineError."""
        await super().open()
        self._opened = True

    async def configure(self, settings: EngineSettings) -> None:
        """Send the settings and wait until they are in force. Raises EngineError."""
        await self._transport.send(_update(settings))
        answer = await self._handshake.answer("session.updated", limits.CONFIGURE_S)
        if isinstance(answer, EngineFault):
            retryable = is_transient(answer) and answer.code not in FATAL_CODES
            raise EngineError(answer.message, answer.code, retryable)

    async def send(self, command: EngineCommand) -> None:
        """There is nothing to be asked of a translation. Raises TypeError."""
        raise TypeError(f"{type(command).__name__} is for a talk")

    def append(self, pcm: bytes) -> None:
        """Send sound (PCM s16le mono 24 kHz), silence too. Raises EngineError."""
        if not self._closing:
            self._transport.write(b"".join((_APPEND, pybase64.b64encode(pcm), _END)))

    async def finish(self) -> None:
        """Ask for the last words: `SessionClosed` follows them. Raises EngineError."""
        if not self._closing:
            self._closing = True
            await self._transport.send(_CLOSE)

    async def close(self) -> None:
        """Close the session in order, and the connection."""
        if self._opened and not self._closing and not self._transport.frames.ended:
            try:
                await self.finish()
                await self._handshake.answer(_CLOSED, CLOSE_S)
            except EngineError:
                pass  # it has gone by itself
        await super().close()

    def _read(self, data: bytes) -> tuple[EngineEvent, ...]:
        try:
            event = wire.parse(data)
            return _events(event)
        except wire.Malformed as error:
            self._malformed.add(error)
            return ()


def _update(settings: EngineSettings) -> bytes:
    heard: dict[str, object] = {"transcription": {"model": settings.transcription_model}}
    if settings.noise_reduction:
        heard["noise_reduction"] = {"type": settings.noise_reduction}
    audio = {"input": heard, "output": {"language": settings.language.split("-")[0]}}
    update = {"type": "session.update", "event_id": "configure", "session": {"audio": audio}}
    return msgspec.json.encode(update)


def _events(event: wire.Json) -> tuple[EngineEvent, ...]:
    """Our events of one of the server's. Raises Malformed, and EngineError for a fatal one."""
    match event["type"]:
        case "session.output_audio.delta":
            pcm = wire.audio_field(event)
            return (SpokenAudio("", "", pcm[: len(pcm) // 2 * 2]),)
        case "session.output_transcript.delta":
            return (SpokenDelta("", "", wire.text_field(event, "delta")),)
        case "session.input_transcript.delta":
            return (InputDelta("", wire.text_field(event, "delta")),)
        case "session.closed":
            return (SessionClosed(),)
        case "error":
            fault = wire.parse_fault(event)
            if fault.code == "session_expired":
                raise EngineError(fault.message, fault.code, True)
            return (fault,)
    return ()
