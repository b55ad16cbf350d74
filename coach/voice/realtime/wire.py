"""Parsing of frames: a fast path for audio deltas, a lenient one for everything else.

An audio delta is recognised by its beginning, and only its own fields are read. Of all other frames
nothing is expected but that they are JSON objects: servers leave fields out, send null, or write
numbers as text.
"""

import json
import re
from typing import Any

import msgspec
import pybase64

from coach.voice.engine_events import EngineFault, SpokenAudio

Json = dict[str, Any]

_PARTS_MAX = 99  # of an item; a larger index means something else
_LANGUAGE = "audio.input.transcription.language"
AUDIO = "response.output_audio.delta"
# Names from before the protocol was final, which older servers still use.
OLD_NAMES = {
    "response.audio.delta": AUDIO,
    "response.audio_transcript.delta": "response.output_audio_transcript.delta",
    "response.audio_transcript.done": "response.output_audio_transcript.done",
    "response.text.delta": "response.output_text.delta",
    "response.text.done": "response.output_text.done",
}
_AUDIO_MARK, _OLD_AUDIO_MARK = b'"response.output_audio.delta"', b'"response.audio.delta"'
_MARK_WITHIN = 96  # bytes from the beginning of a frame
_AUDIO_TYPES = (AUDIO, "response.audio.delta")
_URL_LETTERS = str.maketrans("-_", "+/")


class Malformed(ValueError):
    """A frame that is no JSON object with a type, or audio that is no base64."""


class SessionInfo(msgspec.Struct):
    """The engine's session. `expires_at` is in seconds since 1970, None if it does not say."""

    id: str = ""
    model: str = ""
    expires_at: int | None = None


class _AudioDelta(msgspec.Struct):
    type: str = ""
    delta: str = ""
    response_id: str = ""
    item_id: str = ""
    content_index: int = 0


_decode_delta = msgspec.json.Decoder(_AudioDelta).decode


def parse(data: bytes) -> Json:
    """The event in a frame, its type under its final name. Raises Malformed."""
    try:
        event = _decoded(data)
    except (ValueError, RecursionError) as error:  # of the latter: brackets without an end
        raise Malformed("no JSON") from error
    if not isinstance(event, dict):
        raise Malformed("no object")
    if not isinstance(event.get("type"), str):
        if "error" not in event:
            raise Malformed("no type")
        event["type"] = "error"
    event["type"] = OLD_NAMES.get(event["type"], event["type"])
    return event


def _decoded(data: bytes) -> Any:
    """JSON, or nearly JSON: with NaN in it, or with a character that was cut in two.

    Servers that cut words by bytes or by UTF-16 units write the latter; the rest of such a frame is
    valid.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        repaired = data.decode("utf-8-sig", "replace")
        event = json.loads(repaired, parse_constant=lambda _: None)
        return json.loads(json.dumps(event, ensure_ascii=False).encode("utf-8", "replace"))


def decode_audio(data: bytes) -> SpokenAudio | None:
    """The audio delta in `data`, or None when its shape is not the usual one."""
    marked = data.find(_AUDIO_MARK, 0, _MARK_WITHIN)
    if marked < 0 and data.find(_OLD_AUDIO_MARK, 0, _MARK_WITHIN) < 0:
        return None
    try:
        event = _decode_delta(data)
        pcm = pybase64.b64decode(event.delta, validate=True)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    if not pcm or event.type not in _AUDIO_TYPES:
        return None
    part = min(max(event.content_index, 0), _PARTS_MAX)
    response_id, item_id = event.response_id, event.item_id
    return SpokenAudio(response_id.replace("\0", ""), item_id.replace("\0", ""), pcm, part)


def audio_field(event: Json) -> bytes:
    """The audio of a delta, PCM s16le. Raises Malformed."""
    text = text_field(event, "delta", "audio")
    try:
        return pybase64.b64decode(text, validate=True)
    except ValueError:
        return _decoded_loosely(text)


def _decoded_loosely(text: str) -> bytes:
    """Base64 as many write it: in lines, without its padding, or with the letters of URLs.

    Each piece that has its padding stands for itself: some servers join what they have encoded.
    """
    plain = "".join(text.split()).translate(_URL_LETTERS)
    pieces = [piece for piece in re.split("=+", plain) if piece]
    try:
        return b"".join(
            pybase64.b64decode(piece + "=" * (-len(piece) % 4), validate=True) for piece in pieces
        )
    except ValueError as error:
        raise Malformed("no base64") from error


def parse_fault(event: Json) -> EngineFault:
    """An `error` event in any of the shapes that servers use. Never fails."""
    error = event.get("error")
    if isinstance(error, str):
        return EngineFault("error", error)
    fields = error if isinstance(error, dict) else event
    message, param = text_field(fields, "message"), text_field(fields, "param")
    if param and param not in message:
        message = f"{message} ({param})"
    code = text_field(fields, "code")
    code = code or (text_field(fields, "type") if fields is error else "") or "error"
    if code == "invalid_value" and param.endswith(_LANGUAGE):
        code = "language_not_served"  # leaving the field out would begin a talk in another one
    return EngineFault(code, message, text_field(fields, "event_id") if fields is error else "")


def parse_session(event: Json) -> SessionInfo:
    """The session of a `session.*` event. Never fails."""
    session = object_field(event, "session")
    expires_at = number_field(session, "expires_at")
    return SessionInfo(text_field(session, "id"), text_field(session, "model"), expires_at or None)


def text_field(event: Json, *names: str) -> str:
    """The first of these fields that is not empty, as text."""
    for name in names:
        value = event.get(name)
        if isinstance(value, str) and value:
            return value.replace("\0", "")  # which no database takes
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dict) and value:  # arguments that were not written as text
            return json.dumps(value)
    return ""


def number_field(event: Json, name: str) -> int:
    """A whole number, however it is written; 0 when there is none."""
    try:
        return int(float(event.get(name) or 0))
    except (TypeError, ValueError, OverflowError):
        return 0


def content_index(event: Json) -> int:
    """The index of the item's content part that this belongs to, from 0."""
    return min(max(number_field(event, "content_index"), 0), _PARTS_MAX)


def object_field(event: Json, name: str) -> Json:
    """The object under this name; empty when there is none."""
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def objects_field(event: Json, name: str) -> list[Json]:
    """The objects in the list under this name."""
    value = event.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
