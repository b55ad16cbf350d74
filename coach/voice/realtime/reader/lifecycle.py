"""How responses begin and end."""

from coach.voice.engine_events import EngineEvent, ResponseCreated, ResponseDone, ToolCalled
from coach.voice.realtime.reader.output import OutputEvents
from coach.voice.realtime.reader.response_tracker import (
    Events,
    Handler,
    OpenResponse,
    ResponseTracker,
    response_name,
    response_tag,
)
from coach.voice.realtime.reader.tool_calls import ToolCallEvents, collect_call
from coach.voice.realtime.wire import Json, object_field, objects_field, parse_fault, text_field
from coach.voice.types import ResponseStatus

_STATUSES: dict[str, ResponseStatus] = {
    "cancelled": "cancelled",
    "incomplete": "incomplete",
    "failed": "failed",
}


class LifecycleEvents:
    """Reports each response's beginning and end once, with what only the end says."""

    def __init__(
        self, responses: ResponseTracker, output: OutputEvents, calls: ToolCallEvents
    ) -> None:
        self._responses = responses
        self._output = output
        self._calls = calls

    def handlers(self) -> dict[str, Handler]:
        """By upstream event type."""
        return {
            "response.created": self._on_created,
            "response.done": self._on_done,
            "response.cancelled": self._on_cancelled,
        }

    def _on_created(self, event: Json) -> Events:
        response_id = self._responses.begin(response_name(event))
        return (ResponseCreated(response_id, response_tag(object_field(event, "response"))),)

    def _on_done(self, event: Json) -> Events:
        body = object_field(event, "response")
        usage = object_field(body, "usage") or object_field(event, "usage")
        response_id = self._responses.identify(response_name(event))
        return self._end(response_id, body | {"usage": usage})

    def _on_cancelled(self, event: Json) -> Events:
        """A name that only clones use; those that send `response.done` as well end it again."""
        response_id = self._responses.identify(response_name(event))
        if response_id not in self._responses:
            return ()
        return self._end(response_id, {"status": "cancelled"})

    def _end(self, response_id: str, body: Json) -> Events:
        """The response is over, as the body of its last event says."""
        was_open = self._responses.close(response_id)
        response = was_open or OpenResponse(response_id)
        # Whatever else the status says, the response is over.
        status = _STATUSES.get(text_field(body, "status"), "completed")
        words, calls = self._reported_at_end(response, body, status == "completed")
        begun: Events = ()
        if words and was_open is None:
            begun = (ResponseCreated(response_id, response_tag(body)),)
        details = object_field(body, "status_details")
        error = details.get("error") or body.get("error")
        end = ResponseDone(
            response_id,
            status,
            text_field(details, "reason"),
            parse_fault({"error": error}).code if error else "",
            tuple(calls),
            object_field(body, "usage") or None,
            response_tag(body),
        )
        return (*begun, *words, end)

    def _reported_at_end(
        self, response: OpenResponse, body: Json, completed: bool
    ) -> tuple[list[EngineEvent], list[ToolCalled]]:
        """Words and calls of a response's last event; calls reported before are repeated."""
        words: list[EngineEvent] = []
        calls: list[ToolCalled] = []
        silent = not response.with_text
        for item in objects_field(body, "output"):
            if item.get("type") == "function_call":
                call = collect_call(response, item)
                status = text_field(item, "status")
                whole = status == "completed" or (completed and status != "incomplete")
                calls.append(self._calls.called(response, call, whole))
            elif completed and silent and item.get("type") == "message":
                words += self._output.missing_text(response, item)
        # Of calls that no item reported, the arguments are all there: the response is complete.
        left = [call for call in response.calls if not call.reported]
        return words, calls + [self._calls.called(response, call, completed) for call in left]
