"""What the member types: bounded, deduplicated, screened before it counts."""

from collections import deque
from collections.abc import Iterable

from coach.voice import limits
from coach.voice.conversation.answers import Answers
from coach.voice.conversation.speech import MemberSpeech
from coach.voice.conversation.state import ConversationState, Delivery
from coach.voice.effects import RecordTurn, ScreenText
from coach.voice.engine_commands import AddMessage
from coach.voice.inputs import ScreeningDone, TextTyped
from coach.voice.recent_ids import RecentIds


class TypedText:
    """`answered_ids`: the page's ids of texts that are in the history already."""

    def __init__(
        self,
        state: ConversationState,
        speech: MemberSpeech,
        answers: Answers,
        answered_ids: Iterable[str],
    ) -> None:
        self._state = state
        self._speech = speech
        self._answers = answers
        self._unscreened: dict[str, TextTyped] = {}
        self._ids = RecentIds(answered_ids)
        self._recent: deque[float] = deque(maxlen=limits.TYPED_AT_ONCE)  # when they came

    def on_text_typed(self, event: TextTyped) -> None:
        """Have a new text screened, unless there are too many at once."""
        state = self._state
        text = event.text.replace("\x00", "").strip()  # no database keeps a NUL
        key = f"text-{event.id}"[:80]
        if not text or event.id in self._ids:
            return
        if len(text) > limits.TYPED_MAX_CHARS:  # the page says so before, and has it still
            state.show_error("text_too_long")
            return
        full = len(self._recent) == limits.TYPED_AT_ONCE
        if full and state.at - self._recent[0] < limits.TYPED_WINDOW_S:
            state.show_error("too_many_texts")  # not accepted: the same id may come again
            return
        self._recent.append(state.at)
        self._ids.add(event.id)
        state.greeting = ""  # who has spoken first (in line for the engine) is answered
        self._unscreened[key] = TextTyped(event.id, text)
        state.emit(ScreenText(key, "member", text, final=True))

    def on_screening_done(self, event: ScreeningDone) -> None:
        """A text was read by the screeners: now it counts."""
        typed = self._unscreened.pop(event.key, None)
        if typed is None:
            return
        state = self._state
        state.pace.on_member_said(typed.text)
        self._answers.barge_in(typed=True)
        state.coach_ended_at = None  # what is said after that answers nothing heard
        state.transcript.reserve(event.key, state.at)
        turn = RecordTurn("member", typed.text, event.key, "text", state.epoch, client_id=typed.id)
        state.emit(*state.transcript.settle(event.key, turn))
        message = AddMessage(state.sequencer.event_id("text"), "", "user", typed.text)
        state.deliver(Delivery(message, "text_refused", event.key))
        self._speech.on_typed()
        self._answers.request(event.key)
