"""What clients send: eleven events, decoded strictly."""

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from coach.engine import limits
from coach.engine.errors import BadRequest, from_validation
from coach.engine.protocol.config import (
    Closed,
    Format,
    Instructions,
    MaxTokens,
    Modality,
    Reasoning,
    ToolChoice,
    Tools,
    Voice,
    refuse_foreign_tools,
    told,
)
from coach.engine.protocol.items import InputIn, ItemIn, check_item

EventId = Annotated[str, Meta(max_length=limits.EVENT_ID_CHARS)]


class ClientEvent(Closed, frozen=True, kw_only=True, tag_field="type"):
    """What all client events share."""

    event_id: EventId | None = None


class SessionUpdate(ClientEvent, frozen=True, kw_only=True, tag="session.update"):
    """`session` is merged into the configuration; see `config.updated`."""

    session: dict[str, Any]


class BufferAppend(ClientEvent, frozen=True, kw_only=True, tag="input_audio_buffer.append"):
    """Base64 audio in the session's input format."""

    audio: str


class BufferCommit(ClientEvent, frozen=True, kw_only=True, tag="input_audio_buffer.commit"):
    """Makes the buffer an item."""


class BufferClear(ClientEvent, frozen=True, kw_only=True, tag="input_audio_buffer.clear"):
    """Drops the buffer."""


class ItemCreate(ClientEvent, frozen=True, kw_only=True, tag="conversation.item.create"):
    """Adds an item: at the end, first (`root`), or after another."""

    item: ItemIn
    previous_item_id: str | None = None


class ItemRetrieve(ClientEvent, frozen=True, kw_only=True, tag="conversation.item.retrieve"):
    """Asks for an item with its audio."""

    item_id: str


class ItemTruncate(ClientEvent, frozen=True, kw_only=True, tag="conversation.item.truncate"):
    """Says how many milliseconds of an item were heard."""

    item_id: str
    content_index: Annotated[int, Meta(ge=0)]
    audio_end_ms: Annotated[int, Meta(ge=0)]


class ItemDelete(ClientEvent, frozen=True, kw_only=True, tag="conversation.item.delete"):
    """Removes an item."""

    item_id: str


class ResponseAudioOutput(Closed, frozen=True, kw_only=True):
    """How one response sounds."""

    format: Format | None = None
    voice: Voice | None = None


class ResponseAudio(Closed, frozen=True, kw_only=True):
    """How one response sounds."""

    output: ResponseAudioOutput | None = None


Metadata = dict[
    Annotated[str, Meta(max_length=limits.METADATA_KEY_CHARS)],
    Annotated[str, Meta(max_length=limits.METADATA_VALUE_CHARS)],
]


class ResponseParams(Closed, frozen=True, kw_only=True):
    """What one response has of its own. Null and absent both mean: as the session."""

    instructions: Instructions | None = None
    tools: Tools | None = None
    tool_choice: ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    output_modalities: Annotated[list[Modality], Meta(min_length=1, max_length=1)] | None = None
    max_output_tokens: MaxTokens | None = None
    reasoning: Reasoning | None = None
    audio: ResponseAudio | None = None
    conversation: Literal["auto", "none"] | None = None
    metadata: Annotated[Metadata, Meta(max_length=limits.METADATA_PAIRS)] | None = None
    input: Annotated[list[InputIn], Meta(max_length=limits.ITEMS)] | None = None


class ResponseCreate(ClientEvent, frozen=True, kw_only=True, tag="response.create"):
    """Asks for a response."""

    response: ResponseParams | None = None


class ResponseCancel(ClientEvent, frozen=True, kw_only=True, tag="response.cancel"):
    """Stops a response, by default the one in the conversation."""

    response_id: str | None = None


class OutputBufferClear(ClientEvent, frozen=True, kw_only=True, tag="output_audio_buffer.clear"):
    """Only for WebRTC and SIP; refused here."""


AnyClientEvent = (
    SessionUpdate
    | BufferAppend
    | BufferCommit
    | BufferClear
    | ItemCreate
    | ItemRetrieve
    | ItemTruncate
    | ItemDelete
    | ResponseCreate
    | ResponseCancel
    | OutputBufferClear
)

_KNOWN = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyClientEvent)}


_APPEND = '"input_audio_buffer.append"'
_append = msgspec.json.Decoder(BufferAppend)


def appended(raw: str | bytes) -> BufferAppend | None:
    """The sound in a frame, 50 times a second; None for all that `parse` has to look at."""
    if isinstance(raw, bytes) or _APPEND not in raw[:64]:
        return None
    try:
        return _append.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def parse(raw: str | bytes) -> dict[str, Any]:
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


def decode(event: dict[str, Any], images: bool = False) -> AnyClientEvent:
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
        event = {**event, "response": told(response)}
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
