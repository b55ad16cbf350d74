"""What a response is to be: the session's settings, and what the client wants for this one."""

from dataclasses import dataclass

from coach.engine.errors import BadRequest
from coach.engine.llm.types import Context, Tool
from coach.engine.protocol.client_events import ResponseParams
from coach.engine.protocol.config import (
    Format,
    MaxTokens,
    Modality,
    SessionConfig,
    ToolChoice,
    ToolChoiceFunction,
    Truncation,
)
from coach.engine.session.conversation_items import Item


@dataclass(frozen=True)
class ResponsePlan:
    """Settled when a response is created. `items` None: it reads the conversation."""

    modality: Modality
    form: Format
    voice: str
    speed: float
    max_tokens: MaxTokens
    metadata: dict[str, str] | None
    in_conversation: bool
    context: Context
    items: list[Item] | None
    truncation: Truncation = "auto"


def plan_response(
    config: SessionConfig, params: ResponseParams, items: list[Item] | None, has_spoken: bool
) -> ResponsePlan:
    """`has_spoken`: the session has sent audio, so its voice stays. Raises BadRequest."""
    output = params.audio.output if params.audio else None
    modality = (params.output_modalities or config.output_modalities)[0]
    return ResponsePlan(
        modality=modality,
        form=(output and output.format) or config.audio.output.format,
        voice=_voice(config, params, has_spoken),
        speed=config.audio.output.speed,
        max_tokens=params.max_output_tokens or config.max_output_tokens,
        metadata=params.metadata,
        in_conversation=params.conversation != "none",
        context=_context(config, params, spoken=modality == "audio"),
        items=items,
        truncation=config.truncation,
    )


def _voice(config: SessionConfig, params: ResponseParams, has_spoken: bool) -> str:
    voice = config.audio.output.voice
    output = params.audio.output if params.audio else None
    if output is not None and output.voice is not None:
        if has_spoken and output.voice != voice:
            message = "The voice cannot change once the session has spoken."
            raise BadRequest("cannot_update_voice", message, "response.audio.output.voice")
        voice = output.voice
    return voice if isinstance(voice, str) else voice.id


def _context(config: SessionConfig, params: ResponseParams, *, spoken: bool) -> Context:
    """What the language model is told, without the items."""
    tools = config.tools if params.tools is None else params.tools
    choice, asked_by = params.tool_choice, "response"
    if choice is None:
        choice, asked_by = config.tool_choice, "session"
    most = params.max_output_tokens or config.max_output_tokens
    parallel = params.parallel_tool_calls
    reasoning = params.reasoning or config.reasoning
    return Context(
        instructions=config.instructions,
        directions=params.instructions,
        entries=[],
        tools=[Tool(tool.name, tool.description, tool.parameters) for tool in tools],
        tool_choice=_tool_choice(choice, {tool.name for tool in tools}, asked_by),
        parallel=config.parallel_tool_calls if parallel is None else parallel,
        max_tokens=None if most == "inf" else most,
        effort=reasoning.effort if reasoning else None,
        spoken=spoken,
    )


def _tool_choice(choice: ToolChoice, names: set[str], asked_by: str) -> str:
    """The choice as the model is told it; `asked_by` is who made it, for the error."""
    param = f"{asked_by}.tool_choice"
    if not isinstance(choice, ToolChoiceFunction):
        if choice == "required" and not names:
            raise BadRequest("invalid_value", "'required' needs tools.", param)
        return choice
    if choice.name not in names:
        message = f"Tool '{choice.name[:64]}' is not among the tools."
        raise BadRequest("invalid_value", message, f"{param}.name")
    return f"={choice.name}"
