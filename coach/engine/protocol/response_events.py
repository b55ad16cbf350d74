"""What the engine sends of a response: the events that stream it, from its creation to its end."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from coach.engine.protocol.config import Format, MaxTokens, Modality
from coach.engine.protocol.items import ItemOut
from coach.engine.protocol.server_events import ServerEvent
from coach.engine.protocol.usage import RateLimit, Usage


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


class RateLimitsUpdated(ServerEvent, kw_only=True, tag="rate_limits.updated"):
    """What is left of the budgets, after this response has drawn on them."""

    rate_limits: list[RateLimit]
