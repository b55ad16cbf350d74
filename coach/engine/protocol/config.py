"""The session's configuration: its full tree, and how an update changes it.

All structs refuse unknown fields, so that a misspelt setting is an error and not a silence.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from coach.engine import limits
from coach.engine.errors import BadRequest, from_validation

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
    """Accepted and echoed; the embedded ears are trained on noise and filter nothing."""

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
    """Accepted; the deterministic mind has no effort to choose."""

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

_NO_MCP = "MCP is not supported by this engine; use function tools."

# Settings that may be empty: null clears them. Elsewhere null says nothing, as absence does.
_CLEARED_BY_NULL = {
    *("turn_detection", "noise_reduction", "transcription", "tracing", "include", "reasoning"),
    *("idle_timeout_ms", "language", "languages", "prompt", "keywords", "delay"),
}
_MERGED = {"audio", "input", "output", "noise_reduction", "transcription", "turn_detection"}
_CLIENTS_OWN = {"parameters", "metadata"}  # what is in them is not for us to change
_TOLD_DEPTH = 4  # levels, from a response down to the format it sounds in


def updated(config: Config, patch: object) -> Config:
    """The configuration after a `session.update` with this `session` object.

    Absent fields stay. Raises BadRequest, and then nothing may be applied.
    """
    if not isinstance(patch, dict):
        raise BadRequest("invalid_type", "Expected an object.", "session")
    if "type" not in patch:
        message = "Missing required parameter: 'session.type'."
        raise BadRequest("missing_required_parameter", message, "session.type")
    if patch["type"] != config.type:
        message = f"This session's type is '{config.type}' and cannot change."
        raise BadRequest("invalid_value", message, "session.type")
    if patch.get("prompt") is not None:
        message = "Stored prompts are not supported; send 'instructions'."
        raise BadRequest("unsupported_parameter", message, "session.prompt")
    refuse_foreign_tools(patch.get("tools"), patch.get("tool_choice"), "session")
    refuse_logprobs(patch.get("include"))
    if nesting(patch.get("tracing")) > limits.JSON_DEPTH:
        raise BadRequest("invalid_value", "This is nested too deeply.", "session.tracing")
    whole = msgspec.to_builtins(config)
    _merge(whole, {key: value for key, value in patch.items() if key != "prompt"}, "session")
    try:
        return msgspec.convert(whole, type(config))
    except msgspec.ValidationError as error:
        raise from_validation(error, "session") from error


def shape(config: Config, session_id: str, expires_at: int) -> dict[str, object]:
    """A session as events and answers show it: the full effective configuration."""
    kind = "session" if isinstance(config, SessionConfig) else "transcription_session"
    settings: dict[str, Any] = msgspec.to_builtins(config)
    asked = settings["audio"]["input"]["transcription"]
    if asked is not None:  # clients older than these fields do not take them, not even empty
        for name in ("languages", "keywords", "delay"):
            if asked[name] is None:
                del asked[name]
    return {
        "id": session_id,
        "object": f"realtime.{kind}",
        "expires_at": expires_at,
        **settings,
    }


def refuse_foreign_tools(tools: object, choice: object, where: str) -> None:
    """Says clearly that only functions are served, and holds each tool to its size."""
    if isinstance(choice, dict) and choice.get("type") == "mcp":
        raise BadRequest("unsupported_parameter", _NO_MCP, f"{where}.tool_choice")
    if not isinstance(tools, list):
        return
    for index, tool in enumerate(tools):
        param = f"{where}.tools[{index}]"
        if isinstance(tool, dict) and tool.get("type") == "mcp":
            raise BadRequest("unsupported_parameter", _NO_MCP, param)
        if nesting(tool) > limits.JSON_DEPTH:
            raise BadRequest("invalid_value", "A tool is nested too deeply.", param)
        if len(msgspec.json.encode(tool)) > limits.TOOL_BYTES:
            message = f"A tool may be at most {limits.TOOL_BYTES} bytes."
            raise BadRequest("invalid_value", message, param)


def refuse_logprobs(include: object) -> None:
    """The recogniser has no probabilities to give, and silence about it would be a lie."""
    if isinstance(include, list) and "item.input_audio_transcription.logprobs" in include:
        message = "This engine gives no log probabilities."
        raise BadRequest("unsupported_parameter", message, "session.include")


def told(value: Any, depth: int = _TOLD_DEPTH) -> Any:
    """The same without what is null: to most optional fields it says no more than absence, and
    clients that write out all fields of an object send it."""
    if isinstance(value, list) and depth:
        return [told(one, depth - 1) for one in value]
    if not isinstance(value, dict) or not depth:
        return value
    return {
        key: one if key in _CLIENTS_OWN else told(one, depth - 1)
        for key, one in value.items()
        if one is not None
    }


def nesting(value: object) -> int:
    """How deep lists and objects lie in each other. Does not recurse: it is asked of anything."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [
            inner for one in level for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _merge(into: dict[str, Any], patch: dict[str, Any], where: str) -> None:
    """Lays the patch over the tree. A new `type` starts from its own defaults."""
    for key, value in patch.items():
        if value is None:
            if key in _CLEARED_BY_NULL:
                into[key] = None
            elif key not in into:
                param = f"{where}.{key[:64]}"
                raise BadRequest("unknown_parameter", f"Unknown parameter: '{param}'.", param)
            continue
        old = into.get(key)
        if key in _MERGED and isinstance(value, dict):
            kind = old.get("type") if isinstance(old, dict) else None
            if isinstance(old, dict) and value.get("type", kind) == kind:
                _merge(old, value, f"{where}.{key}")
            else:
                into[key] = told(value)
            continue
        into[key] = told(value)
