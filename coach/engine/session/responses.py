"""The output side of a session: which responses there are, and what each may read."""

import msgspec

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.llm.types import Context, LlmUsage, Tool
from coach.engine.protocol.client_events import ResponseParams
from coach.engine.protocol.config import SessionConfig, ToolChoice, ToolChoiceFunction
from coach.engine.protocol.server_events import (
    CachedTokens,
    InputDetails,
    RateLimitsUpdated,
    StatusError,
)
from coach.engine.session.context_window import ContextWindow
from coach.engine.session.conversation import Conversation, Item, MessageItem
from coach.engine.session.effects import (
    GenerateResponse,
    ResponseFinished,
    ResponseNote,
    ResponsePiece,
    StopResponse,
    ToolCalled,
)
from coach.engine.session.output import OutputEvents
from coach.engine.session.response import ResponseBuilder, ResponsePlan
from coach.engine.session.usage import TokenMeter

_MESSAGES = {
    "inference_rate_limit_exceeded": "The rate limit of this session is used up for now.",
    "llm_failed": "The mind could not answer.",
    "tts_failed": "The voice could not speak.",
    "timeout": "The answer took too long.",
    "invalid_api_key": "The mind's endpoint does not accept the engine's key.",
    "model_not_found": "The mind's endpoint does not have the model.",
    "rate_limit_exceeded": "The mind's endpoint takes no more requests for now.",
    "insufficient_quota": "The account at the mind's endpoint has nothing left.",
    "context_length_exceeded": "The conversation is longer than the mind's model takes.",
    "endpoint_unreachable": "The mind's endpoint cannot be reached.",
    "endpoint_refused": "The mind's endpoint does not take the request.",
    "server_error": "The mind's endpoint has failed.",
    "bad_stream": "The answer of the mind's endpoint broke off or cannot be read.",
}
_TYPES = {
    "invalid_api_key": "invalid_request_error",
    "model_not_found": "invalid_request_error",
    "context_length_exceeded": "invalid_request_error",
    "endpoint_refused": "invalid_request_error",
    "rate_limit_exceeded": "rate_limit_error",
    "insufficient_quota": "insufficient_quota",
}


class Responses:
    """One response at a time writes to the conversation; others may run out of band."""

    def __init__(self, out: OutputEvents, conversation: Conversation) -> None:
        self._out = out
        self._conversation = conversation
        self._meter = TokenMeter()
        self._window = ContextWindow()
        self._replies: dict[str, ResponseBuilder] = {}
        self._waiting: list[ResponseBuilder] = []
        self.has_spoken = False
        self.quiet_at: float | None = None

    @property
    def active(self) -> ResponseBuilder | None:
        """The response that writes to the conversation, if there is one."""
        return next((one for one in self._replies.values() if one.plan.in_conversation), None)

    def create(
        self,
        config: SessionConfig,
        params: ResponseParams,
        now: float,
        items: list[Item] | None = None,
    ) -> None:
        """Begins a response that reads these items, by default the conversation's. Raises
        BadRequest, and then there is none."""
        plan = self._plan(config, params, items)
        active = self.active
        if plan.in_conversation and active is not None:
            message = (
                f"Conversation already has an active response in progress: {active.id}. "
                "Wait until the response is finished before creating a new one."
            )
            raise BadRequest("conversation_already_has_active_response", message)
        beside = sum(not one.plan.in_conversation for one in self._replies.values())
        if not plan.in_conversation and beside >= limits.PARALLEL_RESPONSES:
            message = f"At most {limits.PARALLEL_RESPONSES} responses may run out of band."
            raise BadRequest("too_many_responses", message)
        reply = ResponseBuilder(self._out, self._conversation, plan)
        self._replies[reply.id] = reply
        if plan.in_conversation:
            self.quiet_at = None
        reply.begin()
        self._waiting.append(reply)
        self.proceed(now)

    def proceed(self, now: float) -> None:
        """Lets responses think whose items all have their transcripts."""
        for reply in list(self._waiting):
            items = self._read_by(reply)
            if not any(isinstance(item, MessageItem) and item.pending for item in items):
                self._waiting.remove(reply)
                self._think(reply, items, now)

    def given(self, item_id: str) -> Item | None:
        """An item that is only in what a response was given to read, while that waits for it."""
        given = (item for reply in self._waiting for item in reply.plan.items or [])
        return next((item for item in given if item.id == item_id), None)

    def cancel(self, response_id: str | None, reason: str, now: float) -> bool:
        """Ends a response early; False where there is none such."""
        reply = self.active if response_id is None else self._replies.get(response_id)
        if reply is None:
            return False
        self._out.do(StopResponse(reply.id))
        self._end(reply, now)
        reply.end("cancelled", reason)
        return True

    def spoken(self, piece: ResponsePiece, now: float) -> None:
        """A piece of a response; dropped if the response is over."""
        reply = self._replies.get(piece.response_id)
        if reply is None:
            return
        if piece.pcm is not None:
            self.has_spoken = True
            reply.first_sound = now if reply.first_sound is None else reply.first_sound
        reply.say(piece.text, piece.pcm)
        self._hold_to_limits(reply, now)

    def called(self, piece: ToolCalled, now: float) -> None:
        """A response takes a tool."""
        reply = self._replies.get(piece.response_id)
        if reply is not None:
            reply.call(piece.name, piece.arguments)
            self._hold_to_limits(reply, now)

    def _hold_to_limits(self, reply: ResponseBuilder, now: float) -> None:
        """Ends a response that used up its tokens, or the one call it may make."""
        if reply.full or (reply.calls and not reply.plan.context.parallel):
            self._out.do(StopResponse(reply.id))
            self._end(reply, now)
            if reply.full:
                reply.end("incomplete", "max_output_tokens")
            else:
                reply.end("completed")

    def still(self, now: float) -> None:
        """Somebody has spoken until now: a silence that was under way begins anew."""
        if self.quiet_at is not None:
            self.quiet_at = max(self.quiet_at, now)

    def noted(self, noted: ResponseNote) -> None:
        """What an answer has cost, or why it will end before it is whole."""
        reply = self._replies.get(noted.response_id)
        if reply is None:
            return
        if isinstance(noted.note, LlmUsage):
            reply.spent = noted.note
        else:
            reply.breaks_off = noted.note.reason

    def answered(self, last: ResponseFinished, now: float) -> None:
        """A response has no more pieces."""
        reply = self._replies.get(last.response_id)
        if reply is None:
            return
        self._end(reply, now)
        if last.code is None and reply.breaks_off is not None:
            reply.end("incomplete", reply.breaks_off)
        elif last.code is None:
            reply.end("completed")
        else:
            reply.end("failed", error=_failure(last.code))

    def _end(self, reply: ResponseBuilder, now: float) -> None:
        """Forgets a response that is about to say so; notes when it will have been heard."""
        del self._replies[reply.id]
        if reply in self._waiting:
            self._waiting.remove(reply)
        if reply.read is None:
            reply.read = InputDetails(
                text_tokens=0, audio_tokens=0, cached_tokens=0, cached_tokens_details=CachedTokens()
            )
        if reply.plan.in_conversation:
            begun = now if reply.first_sound is None else reply.first_sound
            self.quiet_at = max(now, begun + reply.spoken_ms / 1000)

    def _think(self, reply: ResponseBuilder, items: list[Item], now: float) -> None:
        plan = reply.plan
        if plan.items is None:
            seen = self._window.view(items, plan.truncation)
            if seen is None:
                self._end(reply, now)
                reply.end("failed", error=_failure("context_length_exceeded"))
                return
            items = seen
        preamble = plan.context.instructions + "".join(
            f"{tool.name}{tool.description}{tool.parameters}" for tool in plan.context.tools
        )
        reply.read = self._meter.read(preamble, items)
        allowed = self._meter.draw(reply.read.text_tokens + reply.read.audio_tokens, now)
        self._out.send(RateLimitsUpdated(rate_limits=self._meter.left(now)))
        if not allowed:
            self._end(reply, now)
            reply.end("failed", error=_failure("inference_rate_limit_exceeded"))
            return
        context = msgspec.structs.replace(plan.context, entries=[item.entry() for item in items])
        self._out.do(
            GenerateResponse(reply.id, context, plan.modality == "audio", plan.speed, plan.voice)
        )

    def _read_by(self, reply: ResponseBuilder) -> list[Item]:
        return self._conversation.items if reply.plan.items is None else reply.plan.items

    def _plan(
        self, config: SessionConfig, params: ResponseParams, items: list[Item] | None
    ) -> ResponsePlan:
        output = params.audio.output if params.audio else None
        voice = config.audio.output.voice
        if output is not None and output.voice is not None:
            if self.has_spoken and output.voice != voice:
                message = "The voice cannot change once the session has spoken."
                raise BadRequest("cannot_update_voice", message, "response.audio.output.voice")
            voice = output.voice
        tools = config.tools if params.tools is None else params.tools
        choice, asked_by = params.tool_choice, "response"
        if choice is None:
            choice, asked_by = config.tool_choice, "session"
        modality = (params.output_modalities or config.output_modalities)[0]
        most = params.max_output_tokens or config.max_output_tokens
        parallel = params.parallel_tool_calls
        reasoning = params.reasoning or config.reasoning
        context = Context(
            instructions=config.instructions,
            directions=params.instructions,
            entries=[],
            tools=[Tool(tool.name, tool.description, tool.parameters) for tool in tools],
            tool_choice=_choice(choice, {tool.name for tool in tools}, asked_by),
            parallel=config.parallel_tool_calls if parallel is None else parallel,
            max_tokens=None if most == "inf" else most,
            effort=reasoning.effort if reasoning else None,
            spoken=modality == "audio",
        )
        return ResponsePlan(
            modality=modality,
            form=(output and output.format) or config.audio.output.format,
            voice=voice if isinstance(voice, str) else voice.id,
            speed=config.audio.output.speed,
            max_tokens=most,
            metadata=params.metadata,
            in_conversation=params.conversation != "none",
            context=context,
            items=items,
            truncation=config.truncation,
        )


def _choice(choice: ToolChoice, names: set[str], asked_by: str) -> str:
    """The choice as the mind reads it; `asked_by` is who made it, for the error."""
    param = f"{asked_by}.tool_choice"
    if not isinstance(choice, ToolChoiceFunction):
        if choice == "required" and not names:
            raise BadRequest("invalid_value", "'required' needs tools.", param)
        return choice
    if choice.name not in names:
        message = f"Tool '{choice.name[:64]}' is not among the tools."
        raise BadRequest("invalid_value", message, f"{param}.name")
    return f"={choice.name}"


def _failure(code: str) -> StatusError:
    message = _MESSAGES.get(code, "The response failed.")
    return StatusError(type=_TYPES.get(code, "server_error"), code=code, message=message)
