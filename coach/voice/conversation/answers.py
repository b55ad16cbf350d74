"""When an answer to the member is due, and what happens when none comes."""

from coach.voice import limits
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unheard_audio import UnheardAudio


class Answers:
    """Requests answers; an answer that never begins is requested once more, then reported."""

    def __init__(self, state: ConversationState, unheard: UnheardAudio) -> None:
        self._state = state
        self._unheard = unheard
        self._retried = False
        self._awaited_unasked = False  # the answer that is due

    def request(self, *, spoken: bool = False) -> None:
        """An answer is due. An engine that answers speech unasked is asked only if it does not.

        `spoken`: the engine has heard what is to be answered.
        """
        state = self._state
        state.tool_rounds = 0
        state.unanswered = True
        if not state.fenced:
            self._awaited_unasked = spoken and state.unasked.expected(state.push_to_talk)
            if not self._awaited_unasked:
                state.sequencer.request(ResponseRequest(instructions=state.picture_instructions))
            state.answer_deadline = state.at + limits.RESPONSE_CREATED_S

    def barge_in(self, *, typed: bool = False) -> None:
        """The member has something to say: the coach yields.

        Who types has read on, and talks over nobody: what the coach said so far stands as it is.
        """
        state = self._state
        state.unanswered = False  # by what has been heard so far
        state.sequencer.drop_pending()
        if state.interruptible and not state.script_protected:
            interrupt(state, cut_in=not typed)

    def on_response_started(self) -> None:
        """A response began: it answers all that was said."""
        self._state.answer_deadline = None
        self._state.unanswered = self._retried = self._awaited_unasked = False

    def tick(self) -> None:
        """Request an overdue answer once more, then tell the member."""
        state = self._state
        if state.answer_deadline is None or state.at <= state.answer_deadline:
            return
        if state.sequencer.state != "free" or state.sequencer.queue:
            return  # requested already: the sequencer sees to it
        state.answer_deadline = None
        self._unheard.cancel_replay()
        if state.fenced or not state.connected or state.held_since is not None:
            return
        if self._awaited_unasked:
            state.unasked.missed(state.push_to_talk)
        if not self._retried:
            self._retried = True
            state.sequencer.request(ResponseRequest(instructions=state.picture_instructions))
            state.answer_deadline = state.at + limits.RESPONSE_CREATED_S
        else:
            self._retried = False
            state.show_error("no_answer")
