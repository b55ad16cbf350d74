"""Frames of a client as typed events. Every refusal names the field at fault."""

from typing import Any, get_args

import msgspec

from coach.engine import limits
from coach.engine.errors import BadRequest, from_validation
from coach.engine.protocol.client_events import (
    AnyClientEvent,
    BufferAppend,
    ItemCreate,
    ResponseCreate,
)
from coach.engine.protocol.config_update import refuse_foreign_tools, without_nulls
from coach.engine.protocol.items import check_item

_KNOWN = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyClientEvent)}


_APPEND = '"input_audio_buffer.append"'
_append = msgspec.json.Decoder(BufferAppend)


def decode_append(raw: str | bytes) -> BufferAppend | None:
    """The sound in a frame, 50 times a second; None for all that `parse_frame` has to look at."""
    if isinstance(raw, bytes) or _APPEND not in raw[:64]:
        return None
    try:
        return _append.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def parse_frame(raw: str | bytes) -> dict[str, Any]:
    """The JSON object of a frame. Raises BadRequest `invalid_event` for anything else."""
    if isinstance(raw, bytes):
        raise BadRequest("invalid_event", "Events are JSON text frames, not binary ones.")
    try:
        event = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadRequest("invalid_event", "The frame is not valid JSON.") from error
    if not isinstance(event, dict):
        raise BadRequest("invalid_event", "An event is a JSON object.")
    return event


def event_id_of(event: dict[str, Any]) -> str | None:
    """The id to echo in an error, where the client gave a usable one."""
    found = event.get("event_id")
    usable = isinstance(found, str) and len(found) <= limits.EVENT_ID_CHARS
    return found if usable else None


def decode_event(event: dict[str, Any], images: bool = False) -> AnyClientEvent:
    """The typed event; `images`: whether pictures may be in it. Raises BadRequest that names the
    field at fault."""
    kind = event.get("type")
    if not isinstance(kind, str):
        message = "Missing required parameter: 'type'."
        raise BadRequest("missing_required_parameter", message, "type")
    if kind not in _KNOWN:
        raise BadRequest("invalid_value", f"Unknown event type '{kind[:64]}'.", "type")
    response = event.get("response")
    if kind == "response.create" and isinstance(response, dict):
        if response.get("prompt") is not None:
            message = "Stored prompts are not supported; send 'instructions'."
            raise BadRequest("unsupported_parameter", message, "response.prompt")
        refuse_foreign_tools(response.get("tools"), response.get("tool_choice"), "response")
        event = {**event, "response": without_nulls(response)}
    item = event.get("item")
    if isinstance(item, dict) and str(item.get("type")).startswith("mcp_"):
        raise BadRequest("unsupported_parameter", "MCP is not supported.", "item.type")
    try:
        # One type is looked up much quicker than a union of them, and this is done for each frame.
        typed: AnyClientEvent = msgspec.convert(event, _KNOWN[kind])
    except msgspec.ValidationError as error:
        raise from_validation(error) from error
    if isinstance(typed, ItemCreate):
        check_item(typed.item, "item", images)
    if isinstance(typed, ResponseCreate) and typed.response and typed.response.input:
        for index, item in enumerate(typed.response.input):
            check_item(item, f"response.input[{index}]", images)
    return typed
