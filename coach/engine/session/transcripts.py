"""The transcript of an item, once it is known or has failed."""

from coach.engine import limits
from coach.engine.protocol.config import Transcription
from coach.engine.protocol.server_events import (
    ErrorBody,
    TranscriptionCompleted,
    TranscriptionFailed,
)
from coach.engine.protocol.usage import DurationUsage, InputTokens, TokenUsage
from coach.engine.session.conversation_items import MessageItem
from coach.engine.session.output import OutputEvents
from coach.engine.session.transcription_jobs import ItemTranscript
from coach.engine.session.usage import text_tokens


def enter(transcript: ItemTranscript, item: MessageItem) -> tuple[int, int]:
    """Writes it into the one spoken part that waits for it: that part's index and milliseconds."""
    item.pending = False
    spoken = [(index, part) for index, part in enumerate(item.parts) if part.is_audio]
    index, part = next(one for one in spoken if one[1].text is None)
    part.text = transcript.text
    return index, part.ms


def send(
    out: OutputEvents, transcript: ItemTranscript, index: int, ms: int, asked: Transcription
) -> None:
    """Sends it to a client that asked for transcripts."""
    if transcript.text is None:
        code = transcript.code or "transcription_failed"
        body = ErrorBody(type="server_error", code=code, message="The words could not be made out.")
        failed = TranscriptionFailed(item_id=transcript.item_id, content_index=index, error=body)
        out.send(failed)
        return
    out.send(
        TranscriptionCompleted(
            item_id=transcript.item_id,
            content_index=index,
            transcript=transcript.text,
            usage=_usage(transcript.text, ms, asked),
        )
    )


def _usage(text: str, ms: int, asked: Transcription) -> TokenUsage | DurationUsage:
    """By tokens for the models that the API bills so, else by seconds."""
    if not asked.model.startswith("gpt-4o"):
        return DurationUsage(seconds=ms / 1000)
    read = -(-ms // limits.AUDIO_IN_TOKEN_MS)
    written = text_tokens(text)
    return TokenUsage(
        total_tokens=read + written,
        input_tokens=read,
        input_token_details=InputTokens(text_tokens=0, audio_tokens=read),
        output_tokens=written,
    )
