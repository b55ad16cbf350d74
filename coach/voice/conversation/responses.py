"""Responses: how they end, fail, stall, and go down with their engine connection."""

from coach.voice import limits
from coach.voice.conversation.coach_output import CoachOutput
from coach.voice.conversation.interruption import finish_item, interrupt
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.response_recovery import ResponseRecovery, member_code
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.verbatim import go_on_request
from coach.voice.engine_commands import DeleteItem, LeaveEngine
from coach.voice.engine_events import EngineFault, ResponseDone
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.recent_ids import RecentIds


class Responses:
    """Follows the response under way from its request to its end."""

    def __init__(
        self, state: ConversationState, output: CoachOutput, recovery: ResponseRecovery
    ) -> None:
        self._state = state
        self._output = output
        self._recovery = recovery

    def on_done(self, event: ResponseDone) -> None:
        """A response is over: so are its items."""
        state = self._state
        broke_off = False
        if event.status in ("cancelled", "failed"):
            if event.response_id == state.sequencer.response_id:
                self._take_back_unheard()
            broke_off = self._breaks_off(event.response_id)
        request = state.sequencer.done(event.response_id, state.at, event.tag)
        for item in list(state.playback.items.values()):
            if item.response_id == event.response_id and not item.orphaned:
                self._output.end(item, complete=event.status == "completed")
        if request is not None:
            self._on_ended(request, event, broke_off=broke_off)

    def on_engine_fault(self, event: EngineFault) -> None:
        """The engine refused something, perhaps the request under way."""
        state = self._state
        request = state.sequencer.command_failed(event.event_id, event.code, state.at)
        if request is not None:
            self._recovery.fail(request, event.code)
        elif event.code in FATAL_CODES:
            state.show_error(event.code)

    def on_engine_lost(self) -> None:
        """The engine is gone. What the page has of the coach's speech plays on to its end."""
        state = self._state
        self._take_back_unheard()
        request = state.sequencer.current
        if request is not None and not self._is_due_again(request):
            broke_off = state.sequencer.busy and self._breaks_off(state.sequencer.response_id)
            request = go_on_request(request) if broke_off and not request.script else None
        if request is not None:
            if request.losses < limits.ENGINES_PER_ANSWER - 1:
                state.sequencer.request(request.lost())
            else:
                self._recovery.give_up(request, "failed")
        state.sequencer.reset(state.at)
        state.playback.closed = RecentIds(state.playback.items)
        state.progress.guidance_ids = []
        for item in list(state.playback.items.values()):
            item.orphaned = True
            self._output.end(item, complete=item.done and item.complete)

    def tick(self) -> None:
        """Give up what has taken too long."""
        state, sequencer = self._state, self._state.sequencer
        self._output.tick()
        code = member_code(sequencer.fault_code)
        lost = sequencer.expire(state.at)
        if lost is not None:
            self._recovery.retry(lost, code)
        if sequencer.stalled(state.at) and not state.playback.playing:
            sequencer.unanswered_creates += not state.progress.acted
            self._on_stalled()
        if sequencer.unanswered_creates >= limits.UNANSWERED_CREATES:
            sequencer.unanswered_creates = 0
            state.emit(LeaveEngine())

    def presumed_done(self) -> ResponseDone | None:
        """The end of a response of which all has come but the end: some servers send none."""
        state, sequencer = self._state, self._state.sequencer
        if not (sequencer.idle(state.at) and state.progress.acted):
            return None
        open_items = [
            item
            for item in state.playback.items.values()
            if item.response_id == sequencer.response_id and not item.done
        ]
        if not all(item.likely_complete for item in open_items):
            return None
        if not (open_items or state.progress.item_ended):
            return None
        return ResponseDone(sequencer.presume_done(), "completed")

    def _on_stalled(self) -> None:
        """Nothing more comes: what was said stands, and what a fault held up is requested again.

        Reviewed words the member reads at once: half of them is not what a danger asks for.
        """
        state = self._state
        request, fault_code = state.sequencer.current, state.sequencer.fault_code
        code = member_code(fault_code)
        if request is not None and request.script:
            self._recovery.interrupt_undelivered(request)
            self._recovery.give_up(request, code)
            return
        interrupt(state, cut_in=False)
        if state.progress.acted:
            state.tell("incomplete")
        elif fault_code and request is not None:
            self._recovery.retry(request, code)
        else:
            state.tell(code)

    def _is_due_again(self, request: ResponseRequest) -> bool:
        """An answer that was heard is left at that; reviewed words are due to their last one."""
        if not self._state.sequencer.busy:
            return False  # it was stopped
        if not self._state.progress.acted:
            return True
        items = self._state.playback.items.values()
        return bool(request.script) and not any(item.script and item.done for item in items)

    def _take_back_unheard(self) -> None:
        """The answer broke off: if nothing of it is to be heard, it was not said, and is due.

        What the page has of it plays on.
        """
        state = self._state
        mine = state.sequencer.response_id
        items = [
            item
            for item in state.playback.items.values()
            if item.response_id == mine and not item.orphaned
        ]
        if not state.sequencer.busy or not items or state.progress.called:
            return
        if any(item.script or item.received_bytes or item.heard_text() for item in items):
            return
        for item in items:
            item.text, item.done, item.complete = "", True, False
            finish_item(state, item)
        state.progress.acted = state.progress.spoke = False

    def _breaks_off(self, response_id: str) -> bool:
        """Whether this response, now over, was in the middle of what it had to say.

        The result of a tool that it has called is spoken of by the response after it.
        """
        if self._state.progress.called:
            return False
        items = self._state.playback.items.values()
        return any(item.response_id == response_id and not item.done for item in items)

    def _on_ended(self, request: ResponseRequest, event: ResponseDone, *, broke_off: bool) -> None:
        """A response that nobody stopped is over: what it did not say the member must know."""
        progress = self._state.progress
        acted = progress.acted or bool(event.calls)
        # Of reviewed words nothing counts but all of them.
        said = progress.script_said if request.script else acted
        match event.status:
            case "completed":
                if not said:
                    self._recovery.retry(request, "silent")
                elif progress.spoke and not event.calls:  # else tools come first
                    self._spend_guidance()
            case "failed":
                self._recovery.fail(request, event.code)
            case "incomplete":
                filtered = event.reason == "content_filter"
                self._recovery.give_up(request, "filtered" if filtered else "incomplete")
            case "cancelled":  # by the engine itself
                self._state.unanswered = True  # it may go on with another one
                if not acted:
                    self._recovery.retry(request, "failed")
                elif broke_off or not said:
                    self._recovery.go_on(request)

    def _spend_guidance(self) -> None:
        """A private instruction counts once: the engine forgets it after the answer it shaped."""
        state = self._state
        for item_id in state.progress.guidance_ids:
            if (guidance := state.guidance.pop(item_id, None)) is None:
                continue  # its time was over meanwhile
            state.directive_delivered(guidance.given.ref, state.progress.item_id)
            state.emit(DeleteItem(state.sequencer.event_id("delete"), item_id))
        state.progress.guidance_ids = []
