"""Tool calls, whose names, ids and arguments come in pieces and in several events."""

from coach.voice import limits
from coach.voice.engine_events import ToolCalled
from coach.voice.realtime.reader.response_tracker import (
    Events,
    Handler,
    OpenResponse,
    PartialCall,
    ResponseTracker,
    response_name,
)
from coach.voice.realtime.wire import Json, text_field


class ToolCallEvents:
    """Collects the calls of each response until their items, or the response, are over."""

    def __init__(self, responses: ResponseTracker) -> None:
        self._responses = responses
        self._unnamed = 0

    def handlers(self) -> dict[str, Handler]:
        """By upstream event type."""
        return {
            "response.function_call_arguments.delta": self._on_arguments_delta,
            "response.function_call_arguments.done": self._on_arguments_done,
        }

    def called(self, response: OpenResponse, call: PartialCall, complete: bool) -> ToolCalled:
        """The event for a call. `complete`: it was not cut off, and may run."""
        call.reported = True
        if not (call.call_id or call.item_id):
            self._unnamed += 1
        call.call_id = call.call_id or call.item_id or f"call-without-id-{self._unnamed}"
        arguments = call.arguments or call.streamed or "{}"
        return ToolCalled(response.id, call.call_id, call.name, arguments, complete)

    def _on_arguments_delta(self, event: Json) -> Events:
        response, begun = self._responses.find(response_name(event))
        ids = {"id": event.get("item_id"), "call_id": event.get("call_id")}
        call = collect_call(response, ids)
        if len(call.streamed) <= limits.TOOL_ARGUMENTS_MAX_CHARS:  # longer ones are refused
            call.streamed += text_field(event, "delta")
        return begun

    def _on_arguments_done(self, event: Json) -> Events:
        """All arguments are there. The end of the call's item or of the response reports it."""
        response, begun = self._responses.find(response_name(event))
        collect_call(response, {**event, "id": event.get("item_id")})
        return begun


def collect_call(response: OpenResponse, item: Json) -> PartialCall:
    """The call that `item` is about, with what it adds. Ids may be missing, even both."""
    item_id, call_id = text_field(item, "id"), text_field(item, "call_id")
    name, arguments = text_field(item, "name"), text_field(item, "arguments")
    for call in response.calls:
        if (item_id and call.item_id == item_id) or (call_id and call.call_id == call_id):
            break
        if not (item_id or call_id) and (call.name, call.arguments) == (name, arguments):
            break
    else:
        call = PartialCall()
        response.calls.append(call)
    call.item_id = call.item_id or item_id
    call.call_id = call.call_id or call_id
    call.name = name or call.name
    call.arguments = arguments or call.arguments
    return call
