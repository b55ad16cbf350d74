"""The output side of a session: which responses there are, and what each may read."""

import msgspec

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.llm.types import LlmUsage
from coach.engine.protocol.client_events import ResponseParams
from coach.engine.protocol.config import SessionConfig
from coach.engine.protocol.response_events import RateLimitsUpdated
from coach.engine.session.context_window import ContextWindow
from coach.engine.session.conversation import Conversation
from coach.engine.session.conversation_items import Item, MessageItem
from coach.engine.session.effects import (
    GenerateResponse,
    ResponseFinished,
    ResponseNote,
    ResponsePiece,
    StopResponse,
    ToolCalled,
)
from coach.engine.session.output import OutputEvents
from coach.engine.session.response import ResponseBuilder
from coach.engine.session.response_failures import failure
from coach.engine.session.response_plan import plan_response
from coach.engine.session.usage import NOTHING_READ, TokenMeter


class Responses:
    """One response at a time writes to the conversation; others may run out of band."""

    def __init__(self, out: OutputEvents, conversation: Conversation) -> None:
        self._out = out
        self._conversation = conversation
        self._meter = TokenMeter()
        self._window = ContextWindow()
        self._running: dict[str, ResponseBuilder] = {}
        self._waiting: list[ResponseBuilder] = []  # for transcripts of what they are to read
        self.has_spoken = False
        self.quiet_at: float | None = None

    @property
    def active(self) -> ResponseBuilder | None:
        """The response that writes to the conversation, if there is one."""
        return next((one for one in self._running.values() if one.plan.in_conversation), None)

    def create(
        self,
        config: SessionConfig,
        params: ResponseParams,
        now: float,
        items: list[Item] | None = None,
    ) -> None:
        """Begins a response that reads these items, by default the conversation's. Raises
        BadRequest, and then there is none."""
        plan = plan_response(config, params, items, self.has_spoken)
        active = self.active
        if plan.in_conversation and active is not None:
            message = (
                f"Conversation already has an active response in progress: {active.id}. "
                "Wait until the response is finished before creating a new one."
            )
            raise BadRequest("conversation_already_has_active_response", message)
        beside = sum(not one.plan.in_conversation for one in self._running.values())
        if not plan.in_conversation and beside >= limits.PARALLEL_RESPONSES:
            message = f"At most {limits.PARALLEL_RESPONSES} responses may run out of band."
            raise BadRequest("too_many_responses", message)
        response = ResponseBuilder(self._out, self._conversation, plan)
        self._running[response.id] = response
        if plan.in_conversation:
            self.quiet_at = None
        response.begin()
        self._waiting.append(response)
        self.proceed(now)

    def proceed(self, now: float) -> None:
        """Generates the responses whose items all have their transcripts."""
        for response in list(self._waiting):
            items = self._read_by(response)
            if not any(isinstance(item, MessageItem) and item.pending for item in items):
                self._waiting.remove(response)
                self._generate(response, items, now)

    def given(self, item_id: str) -> Item | None:
        """An item that is only in what a response was given to read, while that waits for it."""
        given = (item for response in self._waiting for item in response.plan.items or [])
        return next((item for item in given if item.id == item_id), None)

    def cancel(self, response_id: str | None, reason: str, now: float) -> bool:
        """Ends a response early; False where there is none such."""
        response = self.active if response_id is None else self._running.get(response_id)
        if response is None:
            return False
        self._out.do(StopResponse(response.id))
        self._remove(response, now)
        response.end("cancelled", reason)
        return True

    def add_piece(self, piece: ResponsePiece, now: float) -> None:
        """More words of a response; dropped if the response is over."""
        response = self._running.get(piece.response_id)
        if response is None:
            return
        if piece.pcm is not None:
            self.has_spoken = True
            response.first_sound = now if response.first_sound is None else response.first_sound
        response.add_piece(piece.text, piece.pcm)
        self._hold_to_limits(response, now)

    def add_call(self, call: ToolCalled, now: float) -> None:
        """A response takes a tool."""
        response = self._running.get(call.response_id)
        if response is not None:
            response.add_call(call.name, call.arguments)
            self._hold_to_limits(response, now)

    def note(self, noted: ResponseNote) -> None:
        """What an answer has cost, or why it will end before it is whole."""
        response = self._running.get(noted.response_id)
        if response is None:
            return
        if isinstance(noted.note, LlmUsage):
            response.llm_usage = noted.note
        else:
            response.cut_short = noted.note.reason

    def finish(self, finished: ResponseFinished, now: float) -> None:
        """A response has no more pieces."""
        response = self._running.get(finished.response_id)
        if response is None:
            return
        self._remove(response, now)
        if finished.code is None and response.cut_short is not None:
            response.end("incomplete", response.cut_short)
        elif finished.code is None:
            response.end("completed")
        else:
            response.end("failed", error=failure(finished.code))

    def restart_silence(self, now: float) -> None:
        """Somebody has spoken until now: a silence that was under way begins anew."""
        if self.quiet_at is not None:
            self.quiet_at = max(self.quiet_at, now)

    def _hold_to_limits(self, response: ResponseBuilder, now: float) -> None:
        """Ends a response that used up its tokens, or the one call it may make."""
        if response.budget.full or (response.calls and not response.plan.context.parallel):
            self._out.do(StopResponse(response.id))
            self._remove(response, now)
            if response.budget.full:
                response.end("incomplete", "max_output_tokens")
            else:
                response.end("completed")

    def _remove(self, response: ResponseBuilder, now: float) -> None:
        """Forgets a response that is about to say so; notes when it will have been heard."""
        del self._running[response.id]
        if response in self._waiting:
            self._waiting.remove(response)
        if response.read is None:
            response.read = NOTHING_READ
        if response.plan.in_conversation:
            begun = now if response.first_sound is None else response.first_sound
            self.quiet_at = max(now, begun + response.budget.spoken_ms / 1000)

    def _generate(self, response: ResponseBuilder, items: list[Item], now: float) -> None:
        plan = response.plan
        if plan.items is None:
            seen = self._window.view(items, plan.truncation)
            if seen is None:
                self._fail(response, "context_length_exceeded", now)
                return
            items = seen
        preamble = plan.context.instructions + "".join(
            f"{tool.name}{tool.description}{tool.parameters}" for tool in plan.context.tools
        )
        response.read = self._meter.read(preamble, items)
        allowed = self._meter.draw(response.read.text_tokens + response.read.audio_tokens, now)
        self._out.send(RateLimitsUpdated(rate_limits=self._meter.left(now)))
        if not allowed:
            self._fail(response, "inference_rate_limit_exceeded", now)
            return
        context = msgspec.structs.replace(plan.context, entries=[item.entry() for item in items])
        spoken = plan.modality == "audio"
        self._out.do(GenerateResponse(response.id, context, spoken, plan.speed, plan.voice))

    def _fail(self, response: ResponseBuilder, code: str, now: float) -> None:
        self._remove(response, now)
        response.end("failed", error=failure(code))

    def _read_by(self, response: ResponseBuilder) -> list[Item]:
        return self._conversation.items if response.plan.items is None else response.plan.items
