"""What clients send: eleven events, decoded strictly."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from coach.engine import limits
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
)
from coach.engine.protocol.items import InputIn, ItemIn

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
