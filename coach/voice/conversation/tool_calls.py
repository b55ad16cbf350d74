"""Tool calls: every call id gets exactly one output, and one response follows the last.

A model that makes the same call again is given the result that is there already.
"""

import json
from collections.abc import Collection

import msgspec

from coach.voice import limits
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.state import ConversationState, Delivery
from coach.voice.conversation.tool_effects import ToolEffects
from coach.voice.effects import RunTool
from coach.voice.engine_commands import ToolOutput
from coach.voice.engine_events import ToolCalled
from coach.voice.inputs import ToolFinished
from coach.voice.recent_ids import RecentIds


class ToolCalls:
    """The calls under way, by our own id. A cancelled response's calls are answered too."""

    def __init__(self, state: ConversationState, reads_only: Collection[str]) -> None:
        self._state = state
        self._effects = ToolEffects(reads_only)
        self.pending = state.pending_calls
        self._seen = RecentIds()  # the engine's own ids
        self._duplicates = 0
        self._used = RecentIds()  # our ids
        self._orphaned: set[str] = set()  # the connection that called is lost
        self._silenced: set[str] = set()  # the member asked for quiet meanwhile
        self._unspoken_results: dict[str, str] = {}  # that no answer has been made of
        self._in_answer: set[str] = set()  # those that the response under way knows
        self._last_round = ""  # the response whose calls were counted last
        self._waiting: dict[str, list[str]] = {}  # calls like one that runs, by its id

    def on_tool_called(self, event: ToolCalled) -> None:
        """Run a call, or refuse it with an error as its output."""
        key = f"{event.response_id} {event.call_id}"  # some servers count within each response
        if key in self._seen:
            return
        self._seen.add(key)
        if event.response_id in self._state.sequencer.rejected:
            self._refuse(event.call_id, "not_asked")  # else it would be done twice
        elif not event.complete:
            self._refuse(event.call_id, "interrupted")
        elif self._state.floor == "expert":
            self._refuse(event.call_id, "floor_taken")
        elif self._told_to_speak():
            self._refuse(event.call_id, "not_asked")
            self._request_follow_up(event.response_id)
        elif self._running >= limits.TOOLS_AT_ONCE:
            self._refuse(event.call_id, "too_many_calls")
        elif not _is_object(event.arguments):
            self._refuse(event.call_id, "invalid_arguments")
            self._request_follow_up(
                event.response_id
            )  # the coach may ask again, or call it properly
        else:
            self._run_once(event)

    def on_tool_finished(self, event: ToolFinished) -> None:
        """Give the output to the engine; after the last one the coach speaks."""
        state = self._state
        call = self.pending.pop(event.call_id, None)
        if call is None:
            return
        self._unspoken_results[event.call_id] = _result_text(call.name, event.output)
        if len(self._unspoken_results) > limits.UNSPOKEN_RESULTS:
            del self._unspoken_results[next(iter(self._unspoken_results))]
        self._effects.end(event.call_id, event.output)
        same = self._waiting.pop(event.call_id, [])
        if event.call_id not in self._orphaned:
            same.append(call.call_id)
        for call_id in same:
            self._give_output(call_id, call.name, event.output)
        if not same and state.connected:
            self._add_result_message(event.call_id)
        self._orphaned.discard(event.call_id)
        silenced = event.call_id in self._silenced
        self._silenced.discard(event.call_id)
        if not self.pending and not silenced:
            self._request_follow_up(call.response_id)

    def on_interrupt(self) -> None:
        """The coach shall not speak of what the calls under way bring."""
        self._silenced.update(self.pending)

    def on_response_started(self) -> None:
        """A response began, which knows all results so far."""
        self._in_answer = set(self._unspoken_results)

    def on_answered(self) -> None:
        """It was spoken to its end."""
        for call_id in self._in_answer:
            self._unspoken_results.pop(call_id, None)
        self._in_answer = set()

    def on_engine_lost(self) -> None:
        """The engine is gone; the tools still run, their results become part of the history."""
        self._orphaned.update(self.pending)
        self._waiting.clear()  # they have no ids any more
        self._in_answer = set()
        self._seen = RecentIds()

    def on_engine_ready(self) -> None:
        """A new engine knows no call ids of the old one, and must know what they brought."""
        for call_id in self._unspoken_results:
            self._add_result_message(call_id)

    @property
    def _running(self) -> int:
        return len(self.pending) + sum(len(ids) for ids in self._waiting.values())

    def _run_once(self, event: ToolCalled) -> None:
        """Run it, unless its result is there already, or soon will be."""
        asked = self._state.asked_of(event.response_id)
        same = self._effects.find(asked.number, event)
        if same is None:
            call_id = self._unique_id(event.call_id)
            self._effects.begin(asked.number, event, call_id)
            self.pending[call_id] = event
            self._state.emit(RunTool(call_id, event.name, event.arguments, asked.item_id))
        elif same.output is None:
            self._waiting.setdefault(same.call_id, []).append(event.call_id)
        else:
            self._give_output(event.call_id, event.name, same.output)
            if not self.pending:
                self._request_follow_up(event.response_id)

    def _give_output(self, call_id: str, name: str, output: str) -> None:
        event_id = self._state.sequencer.event_id("output")
        message = ToolOutput(event_id, call_id, output)
        text = _result_text(name, output)
        self._state.deliver(Delivery(message, "result_refused", "tools", text))

    def _told_to_speak(self) -> bool:
        """Whether the response under way was to speak of the results, and to call nothing."""
        request = self._state.sequencer.current
        return request is not None and request.kind == "answer" and not request.tools

    def _unique_id(self, call_id: str) -> str:
        """Our id of a call: some servers count theirs, and begin anew on each connection."""
        if call_id in self._used:
            self._duplicates += 1
            call_id = f"{call_id}~{self._duplicates}"
        self._used.add(call_id)
        return call_id

    def _add_result_message(self, call_id: str) -> None:
        self._state.add_message("system", self._unspoken_results[call_id])

    def _request_follow_up(self, response_id: str) -> None:
        """Let the coach speak of the results, unless tools only ever lead to more tools.

        `response_id`: the response that called for them. Its calls are one round, however many.
        """
        state = self._state
        if state.fenced:
            return
        if response_id == self._last_round:
            if state.questions:
                state.sequencer.request(ResponseRequest())
            return
        self._last_round = response_id
        state.unanswered = True
        state.questions.ask("tools", state.at)
        state.silent_rounds = 0 if state.progress.spoke else state.silent_rounds
        state.tool_rounds += 1
        state.silent_rounds += 1
        last = limits.TOOL_ROUNDS_SILENT
        if state.tool_rounds > limits.TOOL_ROUNDS or state.silent_rounds > last:
            state.sequencer.drop_pending()
            state.tell("only_tools")
            return
        # Its last chance: it may call nothing, and so has to speak.
        state.sequencer.request(ResponseRequest(tools=state.silent_rounds < last))

    def _refuse(self, call_id: str, code: str) -> None:
        output = json.dumps({"error": code, "say": ""})
        self._state.emit(ToolOutput(self._state.sequencer.event_id("output"), call_id, output))


def _result_text(name: str, output: str) -> str:
    return f"Result of {name}: {output}"


def _is_object(arguments: str) -> bool:
    """Whether these are arguments at all: a response that was cut off cuts them off, too."""
    if len(arguments) > limits.TOOL_ARGUMENTS_MAX_CHARS:
        return False
    try:
        return isinstance(msgspec.json.decode(arguments or "{}"), dict)
    except (msgspec.DecodeError, RecursionError):  # of the latter: brackets without an end
        return False
