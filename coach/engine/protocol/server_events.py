"""What the engine sends of a session: its settings, its items, what was heard, and errors.

The events of a response stand in `response_events`.
"""

import msgspec

from coach.engine.protocol.items import ItemOut
from coach.engine.protocol.usage import DurationUsage, TokenUsage


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
