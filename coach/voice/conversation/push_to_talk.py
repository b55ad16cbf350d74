"""Push to talk: an utterance is what comes between the press of a button and its release."""

from collections.abc import Callable

from coach.voice import limits
from coach.voice.conversation.speech import MemberSpeech
from coach.voice.conversation.state import ConversationState
from coach.voice.engine_commands import ClearInput, CommitInput, SetTurnDetection
from coach.voice.engine_events import EngineFault
from coach.voice.inputs import ButtonHeld, TalkMode


class PushToTalk:
    """Turns the engine's turn detection off, and commits utterances instead.

    Some engines refuse to turn it off, or ignore that, and then refuse a commit. One that reports
    speech under the button is one of them: it is given the silence by which it finds the end.
    """

    def __init__(self, state: ConversationState, speech: MemberSpeech) -> None:
        self._state = state
        self._speech = speech
        self._pressed = False
        self._commit_pending = False  # released while there was no engine
        self._reset_press()

    def _reset_press(self) -> None:
        """Of the last press, nothing counts any more."""
        self._engine_detects = False  # it has found a beginning by itself
        self._utterance_open = False  # and not its end yet
        self._committed_early = False  # it has found an end while the button was down
        self._fallback: Callable[[], None] | None = None  # what else may end the utterance

    def on_talk_mode(self, event: TalkMode) -> None:
        """The member switches push to talk on or off."""
        state = self._state
        if event.push == state.push_to_talk:
            return
        state.push_to_talk = event.push
        self._pressed = False
        self._reset_press()
        self._speech.discard()
        if state.connected:
            event_id = state.sequencer.event_id("detection")
            state.emit(SetTurnDetection(event_id, not state.push_to_talk))
            self._clear_input()  # what was half heard has no end any more

    def on_button_held(self, event: ButtonHeld) -> None:
        """The member pressed the button, or released it."""
        if not self._state.push_to_talk or event.down == self._pressed:
            return
        self._pressed = event.down
        if event.down:
            self._commit_pending = False
            self._reset_press()
            self._clear_input()
            self._speech.on_button_pressed()
        else:
            self._release(event.ms)

    def on_engine_ready(self) -> None:
        """A new engine has turn detection on until it is switched off."""
        self._reset_press()
        if self._state.push_to_talk:
            event_id = self._state.sequencer.event_id("detection")
            self._state.emit(SetTurnDetection(event_id, False))
            self._state.member_speaking = self._pressed

    def on_sound_replayed(self) -> None:
        """The new engine has the sound of the press that the old one took along."""
        if self._commit_pending:
            self._commit_pending = False
            self._end_utterance()

    def on_speech_started(self) -> None:
        """The engine has found a beginning of speech."""
        if self._state.push_to_talk:
            self._engine_detects = self._utterance_open = True

    def on_committed(self) -> None:
        """The engine has an utterance."""
        self._utterance_open = False
        self._committed_early = self._committed_early or self._pressed

    def on_engine_fault(self, event: EngineFault) -> None:
        """The engine found nothing to commit."""
        if event.event_id.startswith("commit-"):
            self._speech.discard()
            if not self._committed_early:  # else it has all of it, and answers
                self._state.show_error("too_short")

    def tick(self) -> None:
        """An engine that detects turns, and has not ended this one, is asked in another way."""
        if self._engine_detects and self._fallback is not None and self._speech.commit_overdue:
            fallback, self._fallback = self._fallback, None
            fallback()

    def _release(self, ms: int) -> None:
        if ms < limits.PRESS_MIN_MS:
            self._clear_input()
            self._speech.discard()
            self._state.show_error("too_short")
        elif self._state.connected:
            self._end_utterance()
        else:
            self._commit_pending = True

    def _end_utterance(self) -> None:
        first, self._fallback = self._commit, self._append_silence
        if self._engine_detects:
            first, self._fallback = self._append_silence, self._commit
        first()

    def _commit(self) -> None:
        self._speech.await_commit()
        self._state.emit(CommitInput(self._state.sequencer.event_id("commit")))

    def _append_silence(self) -> None:
        self._speech.append_silence()
        if self._utterance_open:
            self._speech.await_commit()
        else:  # all that was said has its end
            self._speech.discard()

    def _clear_input(self) -> None:
        if self._state.connected:
            self._state.emit(ClearInput(self._state.sequencer.event_id("clear")))
