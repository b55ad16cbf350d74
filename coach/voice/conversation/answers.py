"""When an answer to the member is due, and what happens when none comes."""

from coach.voice import limits
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.state import Asked, ConversationState
from coach.voice.conversation.unheard_audio import REPLAYED, UnheardAudio


class Answers:
    """Requests answers; an answer that never begins is requested once more, then reported."""

    def __init__(self, state: ConversationState, unheard: UnheardAudio) -> None:
        self._state = state
        self._unheard = unheard
        self._retried = False
        self._at_rest_since: float | None = None
        self._awaited_unasked = False  # the engine is to give the due answer without being asked

    def request(self, question: str, *, spoken: bool = False) -> None:
        """An answer is due. An engine that answers speech unasked is asked only if it does not.

        `question`: the key of what was asked. `spoken`: the engine has heard it.
        """
        state = self._state
        state.tool_rounds = state.silent_rounds = 0
        state.asked = Asked(state.asked.number + 1, question)
        state.unanswered = True
        if spoken:
            state.questions.withdraw(REPLAYED)  # it was in what the engine has heard
        if not state.fenced:
            state.questions.ask(question, state.at)
            self._awaited_unasked = spoken and state.unasked.expected(state.push_to_talk)
            if not self._awaited_unasked:
                self._ask()

    def barge_in(self, *, typed: bool = False) -> None:
        """The member has something to say: the coach yields.

        Who types has read on, and talks over nobody: what the coach said so far stands as it is.
        """
        state = self._state
        state.unanswered = False  # by what has been heard so far
        state.sequencer.drop_pending()
        if state.interruptible and not state.script_protected:
            interrupt(state, cut_in=not typed, asks=True)

    def on_response_started(self) -> None:
        """A response began: it answers all that was said."""
        self._state.unanswered = self._awaited_unasked = False

    def tick(self) -> None:
        """A question is open and nothing is under way: ask once more, then tell the member.

        However that came about: this is what keeps a question from being forgotten.
        """
        state = self._state
        if not state.questions:
            self._retried = False
        if not (state.questions and state.at_rest):
            self._at_rest_since = None
            return
        if self._at_rest_since is None:
            self._at_rest_since = state.at
        if state.at - self._at_rest_since < limits.RESPONSE_CREATED_S:
            return
        self._at_rest_since = None
        if REPLAYED in state.questions:
            self._unheard.tell_lost()
        if not state.questions:
            return
        if self._awaited_unasked:
            state.unasked.missed()
        if self._retried:
            state.tell("no_answer")
        else:
            self._retried = True
            self._ask()

    def _ask(self) -> None:
        state = self._state
        state.sequencer.request(ResponseRequest(instructions=state.picture_instructions))
