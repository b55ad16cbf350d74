"""The member's side: speech, transcripts, typed text, and what concerns several of them."""

from collections.abc import Iterable

from coach.voice.conversation.answers import Answers
from coach.voice.conversation.hearing import Hearing
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.speech import MemberSpeech
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.typed_text import TypedText
from coach.voice.conversation.unheard_audio import UnheardAudio
from coach.voice.conversation.utterances import Utterances
from coach.voice.engine_events import InputCommitted, InputDelta, SpeechStarted
from coach.voice.inputs import Interrupt, MemberVoice, MicrophoneMuted


class MemberInput:
    """Owns the parts; `answers`, `speech`, `utterances` and `typed` handle most events alone."""

    def __init__(self, state: ConversationState, answered_ids: Iterable[str]) -> None:
        self._state = state
        self._unheard = UnheardAudio(state)
        self._muted = False
        self.answers = Answers(state, self._unheard)
        self.speech = MemberSpeech(state, self.answers)
        self.utterances = Utterances(state, self.speech, self.answers, self._unheard)
        self.hearing = Hearing(state, self._unheard)
        self.typed = TypedText(state, self.speech, self.answers, answered_ids)

    def unheard_since(self) -> float:
        """Since when the member's sound is neither in words nor answered without them."""
        return self._unheard.since(self.speech.speaking_since)

    def on_interrupt(self, event: Interrupt) -> None:
        """The member tapped: the coach falls silent, and no answer is due."""
        state = self._state
        state.unanswered = False
        state.questions.close()
        state.sequencer.drop_pending()
        if not state.script_protected:
            interrupt(state)

    def on_microphone_muted(self, event: MicrophoneMuted) -> None:
        """No more sound will come: give the engine the silence that ends the utterance."""
        self._muted = event.on
        self._state.coach_ended_at = None  # the microphone was away while they thought
        if event.on and self.speech.in_progress:
            self.speech.append_silence()

    def on_member_voice(self, event: MemberVoice) -> None:
        """The microphone was loud."""
        self.hearing.on_member_voice(event)
        self.speech.on_member_voice(event)

    def on_speech_started(self, event: SpeechStarted) -> None:
        """The engine heard the beginning of an utterance, perhaps after the mute."""
        self.hearing.on_heard()
        if self.speech.on_speech_started(event) and self._muted:
            self.speech.append_silence()

    def on_delta(self, event: InputDelta) -> None:
        """The engine puts an utterance into words while it is made."""
        self.speech.on_words(event.item_id)
        self.utterances.on_delta(event)

    def on_committed(self, event: InputCommitted) -> None:
        """The engine has an utterance."""
        self.hearing.on_heard()
        self.utterances.on_committed(event)

    def on_response_started(self) -> None:
        """A response began: it answers all that was said, also what is committed later."""
        self.answers.on_response_started()
        if self._state.sequencer.unsolicited and not self._state.member_speaking:
            self.speech.on_answered_unasked()
            self.utterances.on_answered_unasked()

    def on_engine_lost(self) -> None:
        """The engine is gone: what it had heard and not put into words the next one hears again."""
        self.utterances.on_engine_lost()
        if self._unheard.on_engine_lost(self.speech.speaking_since):
            self._state.sequencer.drop_pending()  # the answer comes when the words have come
        self.speech.on_engine_lost()
        self.hearing.on_engine_lost()

    def on_sound_replayed(self) -> None:
        """A new engine has the sound that the old one had not put into words."""
        muted = self._muted and not self._state.push_to_talk
        if muted and self._unheard.replay_pending:
            self.speech.append_silence()

    def tick(self) -> None:
        """Time has passed."""
        self.speech.tick()
        self.utterances.tick()
        self.hearing.tick()
        self.answers.tick()
