"""What the page shows of the talk: one word for all that is under way."""

from coach.voice import limits
from coach.voice.conversation.member_input import MemberInput
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.tool_calls import ToolCalls
from coach.voice.effects import ShowState
from coach.voice.types import PageState


class PageStateTracker:
    """Tells the page whenever its state changes. `shown` is the last one."""

    def __init__(self, state: ConversationState, member: MemberInput, tools: ToolCalls) -> None:
        self._state = state
        self._member = member
        self._tools = tools
        self._lost_at: float | None = None
        self._dialled_at: float | None = None
        self.shown: PageState = "connecting"

    def on_engine_dialled(self) -> None:
        """The wait for the first connection begins with the first dial."""
        if self._dialled_at is None:
            self._dialled_at = self._state.at

    def on_engine_ready(self) -> None:
        """There is a connection."""
        self._lost_at = None

    def on_engine_lost(self) -> None:
        """The wait for a reconnect begins with the first loss."""
        if self._lost_at is None:
            self._lost_at = self._state.at

    def update(self) -> None:
        """Show the state if it is another one now."""
        current = self._current()
        if current != self.shown:
            self.shown = current
            self._state.emit(ShowState(current))

    def _current(self) -> PageState:
        state = self._state
        if state.ended:
            return "ended"
        if state.floor == "expert":
            return "person"
        unconnected = self._unconnected()
        if unconnected is not None:
            return unconnected
        if state.floor == "safety_hold":
            return "held"
        if state.playback.playing or (state.sequencer.busy and state.playback.receiving):
            return "speaking"
        request_waits = bool(state.sequencer.queue) and not state.member_speaking
        if state.sequencer.busy or self._tools.pending or request_waits:
            return "thinking"
        if self._member.speech.commit_deadline is not None and self._member.speech.counts:
            return "thinking"
        return "listening"

    def _unconnected(self) -> PageState | None:
        """The state of a talk without an engine; None when it has one, or lost it just now."""
        at = self._state.at
        if self._lost_at is not None:
            lost_s = at - self._lost_at
            if lost_s >= limits.RECONNECT_LONG_S:
                return "unreachable"
            return "reconnecting" if lost_s >= limits.RECONNECTING_SHOWN_S else None
        if self._state.connected:
            return None
        dialled_at = at if self._dialled_at is None else self._dialled_at
        return "unreachable" if at - dialled_at >= limits.UNREACHABLE_SHOWN_S else "connecting"
