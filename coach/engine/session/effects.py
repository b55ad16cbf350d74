"""What happens to a session, and what it wants done about it. Plain values, no behaviour."""

import msgspec

from coach.engine.llm.types import Context, CutShort, LlmUsage
from coach.engine.protocol.server_events import ServerEvent
from coach.engine.stt.types import NO_HINT, TranscriptionHint
from coach.voice.pcm import Pcm


class FrameReceived(msgspec.Struct, frozen=True):
    """A frame from the client."""

    raw: str | bytes


class SpeechProbabilities(msgspec.Struct, frozen=True):
    """What the detector found: (first sample of the frame, probability of speech). Samples count
    from the beginning of DetectSpeech's generation."""

    generation: int
    frames: list[tuple[int, float]]


class TranscriptReady(msgspec.Struct, frozen=True):
    """A decode is done."""

    job: int
    text: str


class TranscriptFailed(msgspec.Struct, frozen=True):
    """A decode failed."""

    job: int
    code: str


class ResponsePiece(msgspec.Struct, frozen=True):
    """A piece of a response: the words, and their sound at 24 kHz unless it is written."""

    response_id: str
    text: str
    pcm: Pcm | None


class ToolCalled(msgspec.Struct, frozen=True):
    """A response takes a tool."""

    response_id: str
    name: str
    arguments: str


class ResponseNote(msgspec.Struct, frozen=True):
    """What a response has cost, or that it breaks off."""

    response_id: str
    note: LlmUsage | CutShort


class ResponseFinished(msgspec.Struct, frozen=True):
    """A response has no more pieces; `code` says why where it failed."""

    response_id: str
    code: str | None = None


class Tick(msgspec.Struct, frozen=True):
    """Time has passed."""


SessionInput = (
    FrameReceived
    | SpeechProbabilities
    | TranscriptReady
    | TranscriptFailed
    | ResponsePiece
    | ToolCalled
    | ResponseNote
    | ResponseFinished
    | Tick
)


class SendEvent(msgspec.Struct, frozen=True):
    """Send this event."""

    event: ServerEvent


class DetectSpeech(msgspec.Struct, frozen=True):
    """Give these samples to the detector of this generation; a new generation starts afresh."""

    generation: int
    pcm: Pcm


class Transcribe(msgspec.Struct, frozen=True):
    """Decode these samples and report by job number.

    `partial` is a glance at unfinished speech. `guess`: the turn may go on, and if it does this
    decode is forgotten.
    """

    job: int
    pcm: Pcm
    partial: bool
    hint: TranscriptionHint = NO_HINT
    guess: bool = False


class CancelTranscription(msgspec.Struct, frozen=True):
    """Nobody waits for this decode any more."""

    job: int


class GenerateResponse(msgspec.Struct, frozen=True):
    """Ask the language model, and synthesise its words if `spoken`.

    Reported as ResponsePiece, ToolCalled and ResponseNote; ResponseFinished comes last.
    """

    response_id: str
    context: Context
    spoken: bool
    speed: float
    voice: str = ""


class StopResponse(msgspec.Struct, frozen=True):
    """Stop working on this response; nothing more of it is wanted."""

    response_id: str


class CloseConnection(msgspec.Struct, frozen=True):
    """The session has had its time: close the connection after what was sent."""

    reason: str


Effect = (
    SendEvent
    | DetectSpeech
    | Transcribe
    | CancelTranscription
    | GenerateResponse
    | StopResponse
    | CloseConnection
)
