"""Frames as they come: the audio delta on a fast path, everything else with a lenient hand.

An audio delta is known by its beginning: its base64 is taken from between the quotes without
decoding the JSON around it, and only the rest is decoded. Of all other frames nothing is expected
but that they are JSON objects: servers leave fields out, send null, or write numbers as text.
"""

import json
from typing import Any

import msgspec
import pybase64

from coach.voice.engine_events import EngineFault, SpokenAudio

Json = dict[str, Any]

_PARTS_MAX = 99  # of an item; whoever counts further means something else
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
_AUDIO_MARKS = (b'"response.output_audio.delta"', b'"response.audio.delta"')
_DELTA = b'"delta"'


class Malformed(ValueError):
    """No JSON object with a type, or audio that is none."""


class SessionInfo(msgspec.Struct):
    """What of the engine's session concerns us."""

    id: str = ""
    model: str = ""
    expires_at: int | None = None


class _Output(msgspec.Struct):
    response_id: str = ""
    item_id: str = ""
    content_index: int = 0


_audio = msgspec.json.Decoder(_Output)


def parse(data: bytes) -> Json:
    """The event in a frame, under its final name. Raises Malformed."""
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
    """JSON, or what is nearly so: with NaN in it, or with a character that was cut in two.

    Servers that cut their words by bytes or by UTF-16 write the latter, and what else they say in
    such a frame is right.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = data.decode("utf-8-sig", "replace")
        event = json.loads(text, parse_constant=lambda _: None)
        return json.loads(json.dumps(event, ensure_ascii=False).encode("utf-8", "replace"))


def decode_audio(data: bytes) -> SpokenAudio | None:
    """The audio delta in `data`, or None when its shape is not the usual one."""
    head = data[:96]
    if not any(mark in head for mark in _AUDIO_MARKS):
        return None
    colon = data.find(_DELTA)
    start = data.find(b'"', colon + len(_DELTA)) + 1
    end = data.find(b'"', start)
    if colon < 0 or start <= 0 or end < 0 or data[colon + 7 : start - 1].strip() != b":":
        return None
    try:
        rest = _audio.decode(data[:start] + data[end:])
        pcm = pybase64.b64decode(data[start:end], validate=True)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    part = min(max(rest.content_index, 0), _PARTS_MAX)
    return SpokenAudio(rest.response_id, rest.item_id, pcm, part)


def sound(event: Json) -> bytes:
    """The audio of a delta. Raises Malformed."""
    try:
        return pybase64.b64decode(text(event, "delta", "audio"), validate=True)
    except ValueError as error:
        raise Malformed("no base64") from error


def fault(event: Json) -> EngineFault:
    """An `error` event in any of the shapes it is met in. Never fails."""
    error = event.get("error")
    if isinstance(error, str):
        return EngineFault("error", error)
    told = error if isinstance(error, dict) else event
    message, param = text(told, "message"), text(told, "param")
    if param and param not in message:
        message = f"{message} ({param})"
    code = text(told, "code") or (text(told, "type") if told is error else "") or "error"
    if code == "invalid_value" and param.endswith(_LANGUAGE):
        code = "language_not_served"  # the field is known: without it a talk in another one begins
    return EngineFault(code, message, text(told, "event_id") if told is error else "")


def session(event: Json) -> SessionInfo:
    """What the engine says of its session; never fails."""
    told = inner(event, "session")
    expires = number(told, "expires_at")
    return SessionInfo(text(told, "id"), text(told, "model"), expires or None)


def text(event: Json, *names: str) -> str:
    """The first of these fields that says something, as text."""
    for name in names:
        value = event.get(name)
        if isinstance(value, str) and value:
            return value.replace("\0", "")  # which no database takes
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dict) and value:  # arguments that were not written as text
            return json.dumps(value)
    return ""


def number(event: Json, name: str) -> int:
    """A whole number, however it is written; 0 when there is none."""
    try:
        return int(float(event.get(name) or 0))
    except (TypeError, ValueError, OverflowError):
        return 0


def place(event: Json) -> int:
    """Which part of an item this is of."""
    return min(max(number(event, "content_index"), 0), _PARTS_MAX)


def inner(event: Json, name: str) -> Json:
    """The object under this name; empty when there is none."""
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def items(event: Json, name: str) -> list[Json]:
    """The objects in the list under this name."""
    value = event.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
