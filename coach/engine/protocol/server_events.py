"""What the engine sends: the server events of a conversation over WebSocket."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from coach.engine.protocol.config import Format, MaxTokens, Modality
from coach.engine.protocol.items import ItemOut


class ServerEvent(msgspec.Struct, kw_only=True, tag_field="type"):
    """What all server events share. `event_id` is stamped when the event is sent."""

    event_id: str = ""


class SessionCreated(ServerEvent, kw_only=True, tag="session.created"):
    """The first event, with the full effective configuration."""

    session: dict[str, object]


class SessionUpdated(ServerEvent, kw_only=True, tag="session.updated"):
    """The full effective configuration after an update."""

    session: dict[str, object]


class ErrorBody(msgspec.Struct, kw_only=True):
    """`event_id` is that of the client event at fault."""

    type: str
    code: str | None
    message: str
    param: str | None = None
    event_id: str | None = None


class Error(ServerEvent, kw_only=True, tag="error"):
    """A refusal or a failure; the session goes on unless a close follows."""

    error: ErrorBody


class ItemAdded(ServerEvent, kw_only=True, tag="conversation.item.added"):
    """An item has its place."""

    previous_item_id: str | None
    item: ItemOut


class ItemDone(ServerEvent, kw_only=True, tag="conversation.item.done"):
    """An item is whole."""

    previous_item_id: str | None
    item: ItemOut


class ItemRetrieved(ServerEvent, kw_only=True, tag="conversation.item.retrieved"):
    """An item with its audio."""

    item: ItemOut


class ItemDeleted(ServerEvent, kw_only=True, tag="conversation.item.deleted"):
    """An item is gone."""

    item_id: str


class ItemTruncated(ServerEvent, kw_only=True, tag="conversation.item.truncated"):
    """An item ends where the listener stopped hearing it."""

    item_id: str
    content_index: int
    audio_end_ms: int


class TranscriptionDelta(
    ServerEvent, kw_only=True, tag="conversation.item.input_audio_transcription.delta"
):
    """More of the member's words. Deltas only append."""

    item_id: str
    content_index: int = 0
    delta: str


class InputTokens(msgspec.Struct, kw_only=True):
    """Tokens heard, by kind."""

    text_tokens: int
    audio_tokens: int


class TokenUsage(msgspec.Struct, kw_only=True, tag_field="type", tag="tokens"):
    """Transcription billed by token."""

    total_tokens: int
    input_tokens: int
    input_token_details: InputTokens
    output_tokens: int


class DurationUsage(msgspec.Struct, kw_only=True, tag_field="type", tag="duration"):
    """Transcription billed by time."""

    seconds: float


class TranscriptionCompleted(
    ServerEvent, kw_only=True, tag="conversation.item.input_audio_transcription.completed"
):
    """All of the member's words; replaces the deltas."""

    item_id: str
    content_index: int = 0
    transcript: str
    usage: TokenUsage | DurationUsage


class TranscriptionFailed(
    ServerEvent, kw_only=True, tag="conversation.item.input_audio_transcription.failed"
):
    """The member's words are not known."""

    item_id: str
    content_index: int = 0
    error: ErrorBody


class BufferCommitted(ServerEvent, kw_only=True, tag="input_audio_buffer.committed"):
    """The buffer is an item."""

    previous_item_id: str | None
    item_id: str


class BufferCleared(ServerEvent, kw_only=True, tag="input_audio_buffer.cleared"):
    """The buffer is empty."""


class SpeechStarted(ServerEvent, kw_only=True, tag="input_audio_buffer.speech_started"):
    """Milliseconds of all audio ever appended; includes the prefix padding."""

    audio_start_ms: int
    item_id: str


class SpeechStopped(ServerEvent, kw_only=True, tag="input_audio_buffer.speech_stopped"):
    """Milliseconds of all audio ever appended; includes the silence window."""

    audio_end_ms: int
    item_id: str


class TimeoutTriggered(ServerEvent, kw_only=True, tag="input_audio_buffer.timeout_triggered"):
    """Nobody spoke for the idle timeout."""

    audio_start_ms: int
    audio_end_ms: int
    item_id: str


class CachedTokens(msgspec.Struct, kw_only=True):
    """The part of the input that was there before."""

    text_tokens: int = 0
    audio_tokens: int = 0
    image_tokens: int = 0


class InputDetails(msgspec.Struct, kw_only=True):
    """Input tokens by kind; `cached_tokens` is a part of them."""

    text_tokens: int
    audio_tokens: int
    image_tokens: int = 0
    cached_tokens: int
    cached_tokens_details: CachedTokens


class OutputDetails(msgspec.Struct, kw_only=True):
    """Output tokens by kind."""

    text_tokens: int
    audio_tokens: int


class Usage(msgspec.Struct, kw_only=True):
    """Tokens of one response."""

    total_tokens: int
    input_tokens: int
    output_tokens: int
    input_token_details: InputDetails
    output_token_details: OutputDetails


class StatusError(msgspec.Struct, kw_only=True):
    """Why a response failed."""

    type: str
    code: str
    message: str


class StatusDetails(msgspec.Struct, kw_only=True):
    """Why a response ended as it did."""

    type: str
    reason: str | UnsetType = UNSET
    error: StatusError | UnsetType = UNSET


class ResponseAudioOutput(msgspec.Struct, kw_only=True):
    """How a response sounds."""

    format: Format
    voice: str  # a custom voice by its id: here the protocol has no object for it


class ResponseAudio(msgspec.Struct, kw_only=True):
    """How a response sounds."""

    output: ResponseAudioOutput


class Response(msgspec.Struct, kw_only=True):
    """A response. Audio bytes are never in it."""

    id: str
    object: Literal["realtime.response"] = "realtime.response"
    status: str
    status_details: StatusDetails | None
    output: list[ItemOut]
    conversation_id: str | None
    output_modalities: list[Modality]
    max_output_tokens: MaxTokens
    audio: ResponseAudio | UnsetType = UNSET
    metadata: dict[str, str] | None
    usage: Usage | None


class ResponseCreated(ServerEvent, kw_only=True, tag="response.created"):
    """A response has begun."""

    response: Response


class ResponseDone(ServerEvent, kw_only=True, tag="response.done"):
    """A response has ended, whatever its status."""

    response: Response


class OutputItemAdded(ServerEvent, kw_only=True, tag="response.output_item.added"):
    """A response has begun an item."""

    response_id: str
    output_index: int
    item: ItemOut


class OutputItemDone(ServerEvent, kw_only=True, tag="response.output_item.done"):
    """A response has ended an item."""

    response_id: str
    output_index: int
    item: ItemOut


class Part(msgspec.Struct, kw_only=True):
    """A part in a response's stream is `audio` or `text`, other than in an item."""

    type: Literal["audio", "text"]
    text: str | UnsetType = UNSET
    transcript: str | UnsetType = UNSET


class PartEvent(ServerEvent, kw_only=True):
    """What the events of one part share."""

    response_id: str
    item_id: str
    output_index: int
    content_index: int = 0


class ContentPartAdded(PartEvent, kw_only=True, tag="response.content_part.added"):
    """A part has begun."""

    part: Part


class ContentPartDone(PartEvent, kw_only=True, tag="response.content_part.done"):
    """A part has ended."""

    part: Part


class TextDelta(PartEvent, kw_only=True, tag="response.output_text.delta"):
    """More text."""

    delta: str


class TextDone(PartEvent, kw_only=True, tag="response.output_text.done"):
    """All the text."""

    text: str


class TranscriptDelta(PartEvent, kw_only=True, tag="response.output_audio_transcript.delta"):
    """More of the words that are spoken."""

    delta: str


class TranscriptDone(PartEvent, kw_only=True, tag="response.output_audio_transcript.done"):
    """All the words that were spoken."""

    transcript: str


class AudioDelta(PartEvent, kw_only=True, tag="response.output_audio.delta"):
    """More speech, base64, at most 100 ms."""

    delta: str


class AudioDone(PartEvent, kw_only=True, tag="response.output_audio.done"):
    """The speech has ended."""


class ArgumentsDelta(ServerEvent, kw_only=True, tag="response.function_call_arguments.delta"):
    """More of a call's arguments."""

    response_id: str
    item_id: str
    output_index: int
    call_id: str
    delta: str


class ArgumentsDone(ServerEvent, kw_only=True, tag="response.function_call_arguments.done"):
    """A call's arguments, a JSON string."""

    response_id: str
    item_id: str
    output_index: int
    call_id: str
    name: str
    arguments: str


class RateLimit(msgspec.Struct, kw_only=True):
    """What is left of a budget."""

    name: Literal["requests", "tokens"]
    limit: int
    remaining: int
    reset_seconds: float


class RateLimitsUpdated(ServerEvent, kw_only=True, tag="rate_limits.updated"):
    """What is left of the budgets, after this response has drawn on them."""

    rate_limits: list[RateLimit]
