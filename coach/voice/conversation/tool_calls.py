"""Tool calls: every call id gets exactly one output, and one response follows the last."""

import json

import msgspec

from coach.voice import limits
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import RunTool
from coach.voice.engine_commands import AddMessage, ToolOutput
from coach.voice.engine_events import ToolCalled
from coach.voice.inputs import ToolFinished
from coach.voice.recent_ids import RecentIds


class Calls:
    """The calls under way. A cancelled response's calls are answered too."""

    def __init__(self, talk: ConversationState) -> None:
        self.talk = talk
        self.pending: dict[str, ToolCalled] = {}  # by our id of it
        self._seen = RecentIds()  # the engine's own ids
        self._number = 0
        self._used = RecentIds()  # our ids
        self._orphans: set[str] = set()  # the engine that asked is gone
        self._hushed: set[str] = set()  # the member asked for quiet meanwhile
        self._unspoken: dict[str, str] = {}  # results that no answer has been made of
        self._in_answer: set[str] = set()  # those that the response under way knows

    def called(self, event: ToolCalled) -> None:
        seen = f"{event.response_id} {event.call_id}"  # some count the calls of each response
        if seen in self._seen:
            return
        self._seen.add(seen)
        if event.response_id in self.talk.sequencer.unwanted:
            self._refuse(event.call_id, "not_asked")  # else it would be done twice
        elif not event.complete:
            self._refuse(event.call_id, "interrupted")
        elif self.talk.floor == "expert":
            self._refuse(event.call_id, "floor_taken")
        elif len(self.pending) >= limits.TOOLS_AT_ONCE:
            self._refuse(event.call_id, "too_many_calls")
        elif not _is_object(event.arguments):
            self._refuse(event.call_id, "invalid_arguments")
            self._follow()  # the coach may ask again, or call it properly
        else:
            ours = self._ours(event.call_id)
            self.pending[ours] = event
            self.talk.emit(RunTool(ours, event.name, event.arguments))

    def finished(self, event: ToolFinished) -> None:
        talk = self.talk
        call = self.pending.pop(event.call_id, None)
        if call is None:
            return
        self._unspoken[event.call_id] = f"Result of {call.name}: {event.output}"
        if len(self._unspoken) > limits.UNSPOKEN_RESULTS:
            del self._unspoken[next(iter(self._unspoken))]
        if event.call_id not in self._orphans:
            event_id = talk.sequencer.event_id("output")
            talk.emit(ToolOutput(event_id, call.call_id, event.output))
        elif talk.connected:
            self._tell(event.call_id)
        self._orphans.discard(event.call_id)
        hushed = event.call_id in self._hushed
        self._hushed.discard(event.call_id)
        if not self.pending and not hushed:
            self._follow()

    def hush(self) -> None:
        """The coach shall not speak of what the calls under way bring."""
        self._hushed.update(self.pending)

    def begun(self) -> None:
        """A response began, which knows all results so far."""
        self._in_answer = set(self._unspoken)

    def answered(self) -> None:
        """It was spoken to its end."""
        for call_id in self._in_answer:
            self._unspoken.pop(call_id, None)
        self._in_answer = set()

    def lost(self) -> None:
        """The engine is gone; the tools still run, their results become part of the history."""
        self._orphans.update(self.pending)
        self._in_answer = set()
        self._seen = RecentIds()

    def ready(self) -> None:
        """A new engine: it knows no call ids of the old one, and must know what they brought."""
        for call_id in self._unspoken:
            self._tell(call_id)

    def _ours(self, call_id: str) -> str:
        """Our id of a call: some servers count theirs, and begin anew on each connection."""
        if call_id in self._used:
            self._number += 1
            call_id = f"{call_id}~{self._number}"
        self._used.add(call_id)
        return call_id

    def _tell(self, call_id: str) -> None:
        event_id = self.talk.sequencer.event_id("item")
        self.talk.emit(AddMessage(event_id, "", "system", self._unspoken[call_id]))

    def _follow(self) -> None:
        """Let the coach speak of the results, unless tools only ever lead to more tools."""
        talk = self.talk
        if talk.fenced:
            return
        talk.unanswered = True
        talk.tool_rounds += 1
        if talk.tool_rounds > limits.TOOL_ROUNDS:
            talk.error("failed")
            return
        talk.sequencer.want(ResponseRequest())

    def _refuse(self, call_id: str, code: str) -> None:
        output = json.dumps({"error": code, "say": ""})
        self.talk.emit(ToolOutput(self.talk.sequencer.event_id("output"), call_id, output))


def _is_object(arguments: str) -> bool:
    """Whether these are arguments at all: a response that was cut off cuts them off, too."""
    if len(arguments) > limits.TOOL_ARGUMENTS_MAX_CHARS:
        return False
    try:
        return isinstance(msgspec.json.decode(arguments or "{}"), dict)
    except msgspec.DecodeError:
        return False
