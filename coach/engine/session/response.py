"""One response: its stream of events from `response.created` to `response.done`."""

from typing import Any, Literal

from msgspec import UNSET, UnsetType

from coach.engine.llm.types import LlmUsage
from coach.engine.protocol import response_events as wire
from coach.engine.protocol.server_events import ItemAdded, ItemDone
from coach.engine.protocol.usage import InputDetails, Usage
from coach.engine.session.conversation import Conversation
from coach.engine.session.conversation_items import CallItem, Item, MessageItem
from coach.engine.session.output import OutputEvents
from coach.engine.session.output_budget import OutputBudget
from coach.engine.session.response_message import MessageStream
from coach.engine.session.response_plan import ResponsePlan
from coach.engine.session.usage import counted_usage, reported_usage, text_tokens
from coach.voice.pcm import Pcm

Ending = Literal["completed", "cancelled", "incomplete", "failed"]


class ResponseBuilder:
    """Sends the events of a response as its pieces come. One per response."""

    def __init__(self, out: OutputEvents, conversation: Conversation, plan: ResponsePlan) -> None:
        self._out = out
        self._conversation = conversation
        self.plan = plan
        self.id = out.new_id("resp")
        self.budget = OutputBudget(plan.max_tokens)
        self.first_sound: float | None = None
        self.read: InputDetails | None = None
        self.llm_usage: LlmUsage | None = None
        self.cut_short: str | None = None
        self.calls = 0
        self._output: list[Item] = []
        self._message: MessageStream | None = None

    def begin(self) -> None:
        """Sends `response.created`."""
        self._out.send(wire.ResponseCreated(response=self._shown("in_progress", None)))

    def add_piece(self, text: str, pcm: Pcm | None) -> None:
        """Sends a piece, in the message that is open or in a new one."""
        if self.budget.room() <= 0:
            self.budget.full = True
            return
        if self._message is None:
            item = MessageItem(self._out.new_id("item"), "assistant", [], "in_progress")
            place = {**self._place(item, self._add(item)), "content_index": 0}
            self._message = MessageStream(self._out, self.plan, self.budget, item, place)
        self._message.add(text, pcm)

    def add_call(self, name: str, arguments: str) -> None:
        """Sends a function call, whole or, where tokens are wanting, not at all."""
        tokens = text_tokens(name) + text_tokens(arguments)
        if tokens > self.budget.room():
            self.budget.full = True
            return
        self.calls += 1
        self._close_message("completed")
        call_id = self._out.new_id("call")
        item = CallItem(self._out.new_id("item"), call_id, name, "", "in_progress")
        index = self._add(item)
        place = {**self._place(item, index), "call_id": call_id}
        item.arguments = arguments
        item.status = "completed"
        self.budget.text_tokens += tokens
        self._out.send(wire.ArgumentsDelta(**place, delta=arguments))
        self._out.send(wire.ArgumentsDone(**place, name=name, arguments=arguments))
        self._done(item, index)

    def end(
        self, status: Ending, reason: str | None = None, error: wire.StatusError | None = None
    ) -> None:
        """Closes what is open and sends `response.done`."""
        self._close_message("completed" if status == "completed" else "incomplete")
        details = None
        if status != "completed":
            details = wire.StatusDetails(
                type=status,
                reason=UNSET if reason is None else reason,
                error=UNSET if error is None else error,
            )
        self._out.send(wire.ResponseDone(response=self._shown(status, details)))

    def _place(self, item: Item, index: int) -> dict[str, Any]:
        return {"response_id": self.id, "item_id": item.id, "output_index": index}

    def _add(self, item: Item) -> int:
        index = len(self._output)
        self._output.append(item)
        shape = item.wire()
        self._out.send(wire.OutputItemAdded(response_id=self.id, output_index=index, item=shape))
        if self.plan.in_conversation:
            previous = self._conversation.append(item)
            self._out.send(ItemAdded(previous_item_id=previous, item=shape))
        return index

    def _close_message(self, status: Literal["completed", "incomplete"]) -> None:
        message, self._message = self._message, None
        if message is None:
            return
        message.close(status)
        self._conversation.shed_audio()
        self._done(message.item, message.place["output_index"])

    def _done(self, item: Item, index: int) -> None:
        shape = item.wire()
        if self.plan.in_conversation and self._conversation.find(item.id) is item:
            previous = self._conversation.before(item.id)
            self._out.send(ItemDone(previous_item_id=previous, item=shape))
        self._out.send(wire.OutputItemDone(response_id=self.id, output_index=index, item=shape))

    def _usage(self) -> Usage | None:
        """As the endpoint counted it, else as we do."""
        if self.llm_usage is not None:
            return reported_usage(self.llm_usage)
        if self.read is not None:
            return counted_usage(self.read, self.budget.text_tokens, self.budget.audio_tokens())
        return None

    def _shown(self, status: str, details: wire.StatusDetails | None) -> wire.Response:
        plan = self.plan
        audio: wire.ResponseAudio | UnsetType = UNSET
        if plan.modality == "audio":
            output = wire.ResponseAudioOutput(format=plan.form, voice=plan.voice)
            audio = wire.ResponseAudio(output=output)
        return wire.Response(
            id=self.id,
            status=status,
            status_details=details,
            output=[item.wire() for item in self._output],
            conversation_id=self._conversation.id if plan.in_conversation else None,
            output_modalities=[plan.modality],
            max_output_tokens=plan.max_tokens,
            audio=audio,
            metadata=plan.metadata,
            usage=None if status == "in_progress" else self._usage(),
        )
