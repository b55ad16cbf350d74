"""The session's configuration: its full tree.

All structs refuse unknown fields, so that a misspelt setting is an error and not a silence.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from coach.engine import limits

Unit = Annotated[float, Meta(ge=0, le=1)]
Milliseconds = Annotated[int, Meta(ge=0, le=60_000)]
Modality = Literal["text", "audio"]
Modalities = Annotated[list[Modality], Meta(min_length=1, max_length=1)]
MaxTokens = Annotated[int, Meta(ge=1, le=limits.OUTPUT_TOKENS)] | Literal["inf"]


class Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A struct that refuses fields it does not know."""


class Pcm(Closed, frozen=True, kw_only=True, tag_field="type", tag="audio/pcm"):
    """Signed 16 bit little-endian mono samples at 24 kHz."""

    rate: Literal[24000] = 24000


class Pcmu(Closed, frozen=True, kw_only=True, tag_field="type", tag="audio/pcmu"):
    """G.711 mu-law at 8 kHz."""


class Pcma(Closed, frozen=True, kw_only=True, tag_field="type", tag="audio/pcma"):
    """G.711 A-law at 8 kHz."""


Format = Pcm | Pcmu | Pcma


class NoiseReduction(Closed, frozen=True, kw_only=True):
    """Accepted and echoed; the recogniser is trained on noise and filters nothing."""

    type: Literal["near_field", "far_field"]
    strength: Annotated[float, Meta(ge=0)] = 1.0


class Transcription(Closed, frozen=True, kw_only=True):
    """Set to have the member's words sent as events; the engine transcribes in any case."""

    model: Annotated[str, Meta(max_length=limits.MODEL_CHARS)] = "gpt-transcribe"
    language: Annotated[str, Meta(max_length=16)] | None = None
    languages: Annotated[list[str], Meta(max_length=16)] | None = None
    prompt: Annotated[str, Meta(max_length=4_096)] | None = None
    keywords: Annotated[list[str], Meta(max_length=256)] | None = None
    delay: Literal["minimal", "low", "medium", "high", "xhigh"] | None = None


class ServerVad(Closed, frozen=True, kw_only=True, tag_field="type", tag="server_vad"):
    """Turns end after a fixed silence. Times in milliseconds."""

    threshold: Unit = 0.5
    prefix_padding_ms: Milliseconds = 300
    silence_duration_ms: Milliseconds = 500
    create_response: bool = True
    interrupt_response: bool = True
    idle_timeout_ms: Annotated[int, Meta(ge=5_000, le=30_000)] | None = None


class SemanticVad(Closed, frozen=True, kw_only=True, tag_field="type", tag="semantic_vad"):
    """Turns end sooner after a finished sentence than after an unfinished one."""

    eagerness: Literal["low", "medium", "high", "auto"] = "auto"
    create_response: bool = True
    interrupt_response: bool = True


class VoiceId(Closed, frozen=True, kw_only=True):
    """A custom voice. The embedded engine speaks with its one voice whatever the name."""

    id: Annotated[str, Meta(min_length=1, max_length=128)]


Voice = Annotated[str, Meta(min_length=1, max_length=128)] | VoiceId


class AudioInput(Closed, frozen=True, kw_only=True):
    """What comes in and how turns are told apart. `turn_detection` null means push to talk."""

    format: Format = Pcm()
    noise_reduction: NoiseReduction | None = None
    transcription: Transcription | None = None
    turn_detection: ServerVad | SemanticVad | None = ServerVad()


class AudioOutput(Closed, frozen=True, kw_only=True):
    """What goes out."""

    format: Format = Pcm()
    speed: Annotated[float, Meta(ge=0.25, le=1.5)] = 1.0
    voice: Voice = "marin"


class Audio(Closed, frozen=True, kw_only=True):
    """Both directions."""

    input: AudioInput = AudioInput()
    output: AudioOutput = AudioOutput()


class ListeningAudio(Closed, frozen=True, kw_only=True):
    """The audio of a transcription session: it does not speak."""

    input: AudioInput = AudioInput(transcription=Transcription())


class FunctionTool(Closed, frozen=True, kw_only=True, tag_field="type", tag="function"):
    """A function the client runs. `parameters` is a JSON Schema."""

    name: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9_-]+$")]
    description: str = ""
    parameters: dict[str, Any] = {}


class ToolChoiceFunction(Closed, frozen=True, kw_only=True, tag_field="type", tag="function"):
    """Take this tool."""

    name: str


ToolChoice = Literal["auto", "none", "required"] | ToolChoiceFunction
Tools = Annotated[list[FunctionTool], Meta(max_length=limits.TOOLS)]


class TokenLimits(Closed, frozen=True, kw_only=True):
    """Tokens of conversation after the instructions."""

    post_instructions: Annotated[int, Meta(ge=0)] | None = None


class RetentionRatio(Closed, frozen=True, kw_only=True, tag_field="type", tag="retention_ratio"):
    """How much of a full context is kept."""

    retention_ratio: Unit
    token_limits: TokenLimits | None = None


Truncation = Literal["auto", "disabled"] | RetentionRatio


class Tracing(Closed, frozen=True, kw_only=True):
    """Accepted and ignored: nothing is traced."""

    workflow_name: str | None = None
    group_id: str | None = None
    metadata: dict[str, Any] | None = None


class Reasoning(Closed, frozen=True, kw_only=True):
    """Accepted; the built-in rules have no effort to choose."""

    effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] = "low"


Include = list[Literal["item.input_audio_transcription.logprobs"]]
Instructions = Annotated[str, Meta(max_length=limits.INSTRUCTION_CHARS)]


class SessionConfig(Closed, frozen=True, kw_only=True):
    """Everything a client can set in a conversation session."""

    type: Literal["realtime"]
    model: str
    instructions: Instructions = ""
    output_modalities: Modalities = msgspec.field(default_factory=lambda: list[Modality](["audio"]))
    max_output_tokens: MaxTokens = "inf"
    tools: Tools = []
    tool_choice: ToolChoice = "auto"
    parallel_tool_calls: bool = True
    reasoning: Reasoning | None = None
    tracing: Literal["auto"] | Tracing | None = None
    truncation: Truncation = "auto"
    include: Include | None = None
    audio: Audio = Audio()


class TranscriptionConfig(Closed, frozen=True, kw_only=True):
    """Everything a client can set in a session that only listens."""

    type: Literal["transcription"]
    include: Include | None = None
    audio: ListeningAudio = ListeningAudio()


Config = SessionConfig | TranscriptionConfig
