"""When a sound is speech: voice activity, barge-in, and the end of an utterance."""

from coach.voice import limits
from coach.voice.conversation.answers import Answers
from coach.voice.conversation.speech_timer import SpeechTimer
from coach.voice.conversation.state import ConversationState
from coach.voice.engine_commands import AddSilence
from coach.voice.engine_events import SpeechStarted, SpeechStopped
from coach.voice.inputs import MemberVoice
from coach.voice.recent_ids import RecentIds

_SPEECH_END_MARGIN_S = 0.2


class MemberSpeech:
    """The utterance that the member is making, from its first sound until it is committed.

    A sound interrupts the coach only once it `counts`: when it was loud for `BARGE_IN_MIN_MS`.
    """

    def __init__(self, state: ConversationState, answers: Answers) -> None:
        self._state = state
        self._answers = answers
        self.timer = SpeechTimer(state)
        self.item_id = ""
        self.counts = False  # the sound is long enough to be speech
        self.started_at = 0.0
        self.commit_deadline: float | None = None
        self.committed = RecentIds()
        self._voiced_ms = 0
        self._loud_at = float("-inf")
        self._typing = False  # the member has typed since the sound began
        self._answered_unasked = RecentIds()  # by an engine that did not wait to be asked

    @property
    def in_progress(self) -> bool:
        """The member makes a sound, as far as the engine tells."""
        return self._state.member_speaking and not self._state.push_to_talk

    @property
    def undecided(self) -> bool:
        """The member makes a sound, and whether it is speech is not decided yet."""
        return self._state.member_speaking and not self.counts

    @property
    def commit_pending(self) -> bool:
        """The button was released, and the engine has not committed the utterance yet."""
        return self._state.push_to_talk and self.commit_deadline is not None

    @property
    def commit_overdue(self) -> bool:
        """The utterance is over, and the engine should have committed it by now."""
        return self.commit_deadline is not None and self._state.at > self.commit_deadline

    @property
    def _pressed(self) -> bool:
        """The button is down: what the engine commits now was said before, or is not all."""
        return self._state.push_to_talk and self._state.member_speaking

    @property
    def speaking_since(self) -> float | None:
        """When the utterance began that is not committed yet; None: there is none."""
        speaks = self._state.member_speaking or self.commit_deadline is not None
        return self.started_at if speaks else None

    def is_current(self, item_id: str) -> bool:
        """Whether this is the utterance whose beginning is known."""
        return item_id == self.item_id or (self._state.push_to_talk and not self.item_id)

    def is_answered(self, item_id: str) -> bool:
        """Whether an engine that did not wait to be asked has answered this utterance."""
        current = self.is_current(item_id)  # the button's has no id before it is committed
        answered = self._answered_unasked
        return item_id in answered or (current and self.item_id in answered)

    def on_speech_started(self, event: SpeechStarted) -> bool:
        """The engine heard the beginning of an utterance. Returns whether it is news."""
        state = self._state
        if state.push_to_talk:
            return False  # a button says so, whether or not the engine goes by it
        repeated = state.member_speaking and event.item_id == self.item_id
        if event.item_id in self.committed or repeated:
            return False
        state.member_speaking = True
        self.timer.on_speech_started(event)
        self.item_id = event.item_id
        self.started_at = self._loud_at = state.at
        self._typing = False
        self._voiced_ms = event.spoken_ms
        self.counts = False
        self.commit_deadline = None
        self._weigh()
        return True

    def on_member_voice(self, event: MemberVoice) -> None:
        """The microphone was loud: add it to what may be speech."""
        self.timer.on_member_voice(event)
        self._loud_at = self._state.at
        if self.undecided:
            self._voiced_ms += event.ms
            self._weigh()

    def on_words(self, item_id: str) -> None:
        """The engine puts the utterance into words: it goes on."""
        if item_id == self.item_id:
            self._loud_at = self._state.at

    def on_speech_stopped(self, event: SpeechStopped) -> None:
        """The engine heard the end of the utterance."""
        if not self._state.push_to_talk and event.item_id not in self.committed:
            self.timer.on_speech_ended(event.item_id)
            self.await_commit()

    def on_button_pressed(self) -> None:
        """The button says that the member speaks: that counts at once."""
        state = self._state
        state.member_speaking = True
        self.timer.on_button_pressed()
        self.item_id = ""
        self.started_at = state.at
        self.commit_deadline = None
        self.counts = True
        self._answered_unasked = RecentIds()  # an answer to the last press is cut off
        self._answers.barge_in()

    def await_commit(self) -> None:
        """The utterance is over: the engine is to commit it soon."""
        self._state.member_speaking = False
        self._state.unanswered = True  # some answer before they say that they have it
        self.commit_deadline = self._state.at + limits.COMMIT_S

    def on_committed(self, item_id: str) -> None:
        """The engine has the utterance. Call once for each item."""
        self.committed.add(item_id)
        if self.is_current(item_id) and not self._pressed:
            self.timer.on_speech_ended(item_id)
        self.timer.on_committed()
        if not self._state.push_to_talk:  # else the button may be down again already
            self._state.member_speaking = False
        self.commit_deadline = None

    def on_typed(self) -> None:
        """Who types and is not heard is not speaking: some engines never tell where it ends."""
        self._typing = True
        self._stop_if_silent()

    def on_answered_unasked(self) -> None:
        """The engine answered by itself what it has heard so far."""
        self._answered_unasked.add(self.item_id)

    def on_engine_lost(self) -> None:
        """Every item is void."""
        self.timer.on_engine_lost()
        self._state.member_speaking = False
        self.commit_deadline = None
        self.committed, self._answered_unasked = RecentIds(), RecentIds()

    def discard(self) -> None:
        """Whatever sound was being made, nothing will come of it."""
        self.timer.drop_current()
        self._state.member_speaking = False
        self.counts = False
        self.commit_deadline = None

    def append_silence(self) -> None:
        """Give the engine the silence by which it knows that an utterance is over."""
        self._state.emit(AddSilence(int(self._state.silence_s * 1000) + 300))

    def tick(self) -> None:
        """End what the engine does not end."""
        state, at = self._state, self._state.at
        if self._typing:
            self._stop_if_silent()
        if self.undecided and at - self.started_at > self._speech_end_s:
            # A cough would be over by now, silence window included.
            self._voiced_ms = limits.BARGE_IN_MIN_MS
            self._weigh()
        if state.member_speaking and at - self.started_at > limits.MEMBER_SPEECH_MAX_S:
            self._give_up()
        if self.in_progress and at - self._loud_at > limits.SPEECH_UNENDED_S:
            self._give_up()
        if self.commit_overdue:
            self._give_up()

    def _give_up(self) -> None:
        """Nothing comes of it. The engine may still answer it unasked, or have done so."""
        self.timer.drop_current()
        told = self.counts and not self.is_answered(self.item_id)
        pressed = self._state.push_to_talk and self.commit_deadline is None
        self.commit_deadline = None
        self._state.member_speaking = False
        shown = self._state.transcript.partials
        self._state.drop_captions([key for key in shown if key not in self.committed])
        if told and not pressed:
            self._state.write_notice("not_heard")

    @property
    def _speech_end_s(self) -> float:
        """How long after the last sound an engine tells that speech has ended, at the latest."""
        return self._state.silence_s + _SPEECH_END_MARGIN_S

    def _stop_if_silent(self) -> None:
        if self.in_progress and self._state.at - self._loud_at > self._speech_end_s:
            self.discard()

    def _weigh(self) -> None:
        if self._voiced_ms >= limits.BARGE_IN_MIN_MS:
            self.counts = True
            self._answers.barge_in()
