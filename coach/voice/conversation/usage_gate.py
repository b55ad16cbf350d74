"""The budget: what answers cost, and whether another may be begun."""

from coach.voice import limits
from coach.voice.conversation.request_queue import OF_EXPERTS, ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import CountUsage
from coach.voice.engine_events import ResponseDone
from coach.voice.inputs import TalkClosing, UsageCounted
from coach.voice.recent_ids import RecentIds


class UsageGate:
    """Lets a request pass once the last answer is counted; reviewed words always pass.

    `budgeted`: an answer waits until the last one is counted, so that two never run past a limit.
    It waits `USAGE_COUNTED_S` at most, for a slow database must not silence the coach.
    """

    def __init__(self, state: ConversationState, *, budgeted: bool) -> None:
        self._state = state
        self._budgeted = budgeted
        self._reported = RecentIds()  # responses whose usage was reported
        self._uncounted_since: float | None = None
        self._put_off = False  # an answer was due while the talk was to close

    def on_talk_closing(self, event: TalkClosing) -> None:
        """The talk closes; or it does not after all, and what was asked meanwhile is answered."""
        state = self._state
        state.closing = event.on
        if not event.on and self._put_off and state.questions:
            state.sequencer.request(ResponseRequest(instructions=state.picture_instructions))
        self._put_off = False

    def on_response_done(self, event: ResponseDone) -> None:
        """Report the usage of a response, once."""
        if not event.usage or event.response_id in self._reported:
            return
        self._reported.add(event.response_id)
        self._state.emit(CountUsage("response", event.response_id, event.usage, event.status))
        if self._budgeted:
            self._uncounted_since = self._state.at

    def on_usage_counted(self, event: UsageCounted) -> None:
        """All usage reported so far is written down."""
        self._uncounted_since = None

    def drop_when_closing(self) -> None:
        """A talk that closes begins no more answers."""
        if self._state.closing and self._state.sequencer.drop_pending():
            self._put_off = True

    def allows(self, request: ResponseRequest) -> bool:
        """Whether `request` may be sent now."""
        since = self._uncounted_since
        uncounted = since is not None and self._state.at - since < limits.USAGE_COUNTED_S
        return not uncounted or request.kind == "script" or request.kind in OF_EXPERTS
