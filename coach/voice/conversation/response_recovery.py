"""What becomes of a request whose response failed: a retry, then an error for the member."""

import msgspec

from coach.voice import limits
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.verbatim import go_on_request
from coach.voice.effects import RecordTurn
from coach.voice.realtime.errors import FATAL_CODES

# Codes of a response that would fail in the same way again.
PERMANENT_CODES = frozenset(
    {
        "content_filter",
        "context_length_exceeded",
        "invalid_event",
        "invalid_request_error",
        "invalid_value",
        "missing_required_parameter",
        "unknown_parameter",
    }
)
RATE_LIMIT_CODES = frozenset(
    {
        "inference_rate_limit_exceeded",
        "rate_limit_exceeded",
        "rate_limit_error",
        "too_many_requests",
        "overloaded_error",
        "429",
    }
)


def member_code(fault_code: str) -> str:
    """The code of the member's message about an answer that did not come."""
    if not fault_code:
        return "no_answer"
    return "busy" if fault_code in RATE_LIMIT_CODES else "failed"


class ResponseRecovery:
    """Retries requests, or gives them up. `code` is that of the member's message."""

    def __init__(self, state: ConversationState) -> None:
        self._state = state

    def fail(self, request: ResponseRequest, fault_code: str) -> None:
        """The engine says that the response failed: retry only what may succeed."""
        if fault_code in FATAL_CODES:
            self.give_up(request, fault_code)
        elif fault_code in PERMANENT_CODES:
            self.give_up(request, "filtered" if fault_code == "content_filter" else "failed")
        else:
            self.retry(request, "busy" if fault_code in RATE_LIMIT_CODES else "failed")

    def retry(self, request: ResponseRequest, code: str) -> None:
        """Request it once more after a pause; after that, show an error."""
        state = self._state
        if request.attempt == 0 and not state.progress.acted:
            state.sequencer.retry_at = state.at + limits.RETRY_PAUSE_S
            state.sequencer.request(request.retry())
        else:
            self.give_up(request, code)

    def go_on(self, request: ResponseRequest) -> None:
        """It broke off in the middle: have the rest said, once; after that, show an error."""
        if request.attempt == 0:
            self._state.sequencer.request(go_on_request(request.retry()))
        else:
            self.give_up(request, "incomplete")

    def give_up(self, request: ResponseRequest, code: str) -> None:
        """Tell the member; reviewed words that could not be spoken they read."""
        state = self._state
        if request.script:
            number = request.ref or state.sequencer.event_id(str(state.epoch))
            key = f"script-{number}"
            self.write_script(request.script, key)
            state.directive_delivered(request.ref, key)
        else:
            state.tell(code)

    def interrupt_undelivered(self, request: ResponseRequest) -> None:
        """Stop what speaks this request; it is not delivered by that."""
        state = self._state
        state.sequencer.current = msgspec.structs.replace(request, ref=0)
        for item in state.playback.items.values():
            if item.script == request.script:
                item.ref = 0
        interrupt(state)

    def write_script(self, text: str, key: str) -> None:
        """Write reviewed words into the thread, in place of speech."""
        state = self._state
        state.transcript.reserve(key, state.at)
        turn = RecordTurn("coach", text, key, "script", state.epoch)
        state.emit(*state.transcript.settle(key, turn))
