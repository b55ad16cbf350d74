"""The wire's events in our words.

An audio delta is known by its beginning: its base64 is taken from between the quotes without
decoding the JSON around it, and only the rest is decoded. Everything else goes through msgspec.
Events that are unknown, or that matter to nobody here, are `None`.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import pybase64

from coach.voice.events import (
    EngineEvent,
    EngineFault,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)

AUDIO = "response.output_audio.delta"
_AUDIO_MARK = b'"response.output_audio.delta"'
_DELTA = b'"delta"'


class Wire(msgspec.Struct):
    """Base of what is decoded; unknown fields are ignored."""


class _Type(Wire):
    type: str


class _Error(Wire):
    message: str = ""
    type: str = ""
    code: str | None = None
    event_id: str | None = None


class _Faulty(Wire):
    error: _Error


class _Item(Wire):
    item_id: str
    audio_start_ms: int = 0


class _Delta(Wire):
    item_id: str
    delta: str = ""


class _Transcript(Wire):
    item_id: str
    transcript: str = ""
    usage: dict[str, Any] | None = None


class _Failed(Wire):
    item_id: str
    error: _Error


class _Output(Wire):
    response_id: str
    item_id: str
    content_index: int | None = None
    delta: str = ""
    text: str = ""
    transcript: str = ""


class _OutputItem(Wire):
    type: str = ""
    id: str = ""
    status: str = ""
    call_id: str = ""
    name: str = ""
    arguments: str = ""


class _OutputItemDone(Wire):
    response_id: str
    item: _OutputItem


class _Details(Wire):
    reason: str | None = None
    error: _Error | None = None


class _Response(Wire):
    id: str
    status: str = "in_progress"
    metadata: dict[str, Any] | None = None
    status_details: _Details | None = None
    output: list[_OutputItem] | None = None
    usage: dict[str, Any] | None = None


class _ResponseEvent(Wire):
    response: _Response


class SessionInfo(Wire):
    """What of the engine's session concerns us."""

    id: str = ""
    model: str = ""
    expires_at: int | None = None
    capabilities: dict[str, Any] | None = None


class SessionEvent(Wire):
    session: SessionInfo


_type = msgspec.json.Decoder(_Type)
_audio = msgspec.json.Decoder(_Output)


class Malformed(ValueError):
    """A known event lacks what it must have."""


def event_type(data: bytes) -> str:
    """The event's name. Raises Malformed when it is no JSON object with a type."""
    try:
        return _type.decode(data).type
    except msgspec.DecodeError as error:
        raise Malformed(str(error)) from error


def decode_audio(data: bytes) -> SpokenAudio | None:
    """The audio delta in `data`, or None when its shape is not the expected one."""
    if _AUDIO_MARK not in data[:96]:
        return None
    colon = data.find(_DELTA)
    start = data.find(b'"', colon + len(_DELTA)) + 1
    end = data.find(b'"', start)
    if colon < 0 or start <= 0 or end < 0 or data[colon + 7 : start - 1].strip() != b":":
        return None
    try:
        rest = _audio.decode(data[:start] + data[end:])
        pcm = pybase64.b64decode(data[start:end], validate=True)
    except (msgspec.DecodeError, ValueError):
        return None
    return SpokenAudio(rest.response_id, rest.item_id, pcm, rest.content_index or 0)


def decode(data: bytes) -> EngineEvent | None:
    """One event, or None when it does not concern us. Raises Malformed."""
    audio = decode_audio(data)
    if audio is not None:
        return audio
    known = _KNOWN.get(event_type(data))
    if known is None:
        return None
    decoder, make = known
    try:
        return make(decoder.decode(data))
    except (msgspec.DecodeError, ValueError) as error:
        raise Malformed(str(error)) from error


def error_of(data: bytes) -> EngineFault:
    """The `error` event in `data`."""
    return _fault(msgspec.json.decode(data, type=_Faulty))


def _fault(wire: _Faulty) -> EngineFault:
    error = wire.error
    return EngineFault(error.code or error.type or "error", error.message, error.event_id or "")


def _created(wire: _ResponseEvent) -> ResponseCreated:
    return ResponseCreated(wire.response.id, _tag(wire.response))


def _tag(response: _Response) -> str:
    tag = (response.metadata or {}).get("tag", "")
    return tag if isinstance(tag, str) else ""


def _done(wire: _ResponseEvent) -> ResponseDone:
    response = wire.response
    details = response.status_details or _Details()
    status = response.status
    return ResponseDone(
        response.id,
        # An engine that says something else has ended the response all the same.
        status if status in ("cancelled", "incomplete", "failed") else "completed",  # type: ignore[arg-type]
        details.reason or "",
        (details.error.code or details.error.type) if details.error else "",
        tuple(_call(response.id, i) for i in response.output or () if i.type == "function_call"),
        response.usage,
        _tag(response),
    )


def _item_done(wire: _OutputItemDone) -> EngineEvent | None:
    item = wire.item
    if item.type == "function_call":
        return _call(wire.response_id, item)
    if item.type == "message":
        return ItemDone(wire.response_id, item.id, item.status != "incomplete")
    return None


def _call(response_id: str, item: _OutputItem) -> ToolCalled:
    complete = item.status in ("", "completed")
    return ToolCalled(response_id, item.call_id, item.name, item.arguments, complete)


def _audio_whole(wire: _Output) -> SpokenAudio:
    pcm = pybase64.b64decode(wire.delta, validate=True)
    return SpokenAudio(wire.response_id, wire.item_id, pcm, wire.content_index or 0)


Known = tuple["msgspec.json.Decoder[Any]", Callable[[Any], EngineEvent | None]]
_transcription = "conversation.item.input_audio_transcription"


def _table() -> dict[str, Known]:
    makers: dict[str, tuple[type[Wire], Callable[[Any], EngineEvent | None]]] = {
        AUDIO: (_Output, _audio_whole),
        "error": (_Faulty, _fault),
        "input_audio_buffer.speech_started": (
            _Item,
            # The client replaces the start by how much of the speech has been heard.
            lambda w: SpeechStarted(w.item_id, w.audio_start_ms),
        ),
        "input_audio_buffer.speech_stopped": (_Item, lambda w: SpeechStopped(w.item_id)),
        "input_audio_buffer.committed": (_Item, lambda w: InputCommitted(w.item_id)),
        f"{_transcription}.delta": (_Delta, lambda w: InputDelta(w.item_id, w.delta)),
        f"{_transcription}.completed": (
            _Transcript,
            lambda w: InputTranscript(w.item_id, w.transcript, w.usage),
        ),
        f"{_transcription}.failed": (
            _Failed,
            lambda w: InputFailed(w.item_id, w.error.code or w.error.type),
        ),
        "response.created": (_ResponseEvent, _created),
        "response.done": (_ResponseEvent, _done),
        "response.output_item.done": (_OutputItemDone, _item_done),
        "response.output_audio_transcript.delta": (
            _Output,
            lambda w: SpokenDelta(w.response_id, w.item_id, w.delta, True, w.content_index or 0),
        ),
        "response.output_audio_transcript.done": (
            _Output,
            lambda w: SpokenText(
                w.response_id, w.item_id, w.transcript, True, w.content_index or 0
            ),
        ),
        "response.output_text.delta": (
            _Output,
            lambda w: SpokenDelta(w.response_id, w.item_id, w.delta, False, w.content_index or 0),
        ),
        "response.output_text.done": (
            _Output,
            lambda w: SpokenText(w.response_id, w.item_id, w.text, False, w.content_index or 0),
        ),
    }
    return {name: (msgspec.json.Decoder(kind), make) for name, (kind, make) in makers.items()}


_KNOWN = _table()
