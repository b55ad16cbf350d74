"""The member's utterances: committed by the engine, put into words, screened, written down."""

from coach.voice import limits
from coach.voice.conversation.answers import Answers
from coach.voice.conversation.speech import MemberSpeech
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unheard_audio import UnheardAudio
from coach.voice.effects import CountUsage, DropCaption, RecordTurn, ScreenText, ShowCaption
from coach.voice.engine_commands import DeleteItem
from coach.voice.engine_events import InputCommitted, InputDelta, InputFailed, InputTranscript
from coach.voice.recent_ids import RecentIds


class Utterances:
    """Every utterance is answered, and gets its final words or none, once.

    A committed sound too short to count is doubtful: its transcript tells whether it was speech.
    """

    def __init__(
        self,
        state: ConversationState,
        speech: MemberSpeech,
        answers: Answers,
        unheard: UnheardAudio,
    ) -> None:
        self._state = state
        self._speech = speech
        self._answers = answers
        self._unheard = unheard
        self._doubtful: dict[str, float] = {}  # item -> when it was committed
        self._settled = RecentIds()  # items whose words have come
        self._failed = RecentIds()  # items of which a word is not expected any more; one may come
        self._counted = RecentIds()  # items whose transcription was counted

    def on_committed(self, event: InputCommitted) -> None:
        """The engine has an utterance: it is to be answered."""
        state, speech, item_id = self._state, self._speech, event.item_id
        if item_id in speech.committed:
            return
        self._unheard.add(item_id, speech.started_at if speech.is_current(item_id) else state.at)
        speech.on_committed(item_id)
        state.transcript.reserve(item_id, state.at, awaits_text=True)
        if speech.is_answered(item_id):
            return
        state.unanswered = True
        if item_id == speech.item_id and not speech.counts:
            self._doubtful[item_id] = state.at
            return
        self._answers.request(item_id, spoken=True)

    def on_delta(self, event: InputDelta) -> None:
        """More of the words of an utterance: show and screen them."""
        if event.item_id in self._settled or event.item_id in self._failed:
            return  # a straggler would bring the caption back
        state, transcript = self._state, self._state.transcript
        transcript.touch(event.item_id, state.at)
        text = transcript.partials.get(event.item_id, "") + event.delta
        text = text[-limits.CAPTION_MAX_CHARS :]
        transcript.partials[event.item_id] = text
        state.emit(ShowCaption("member", event.item_id, text))
        last = transcript.screened_at.get(event.item_id, float("-inf"))
        if state.at - last >= limits.SCREEN_PARTIAL_S:
            transcript.screened_at[event.item_id] = state.at
            state.emit(ScreenText(event.item_id, "member", text, final=False))

    def on_transcript(self, event: InputTranscript) -> None:
        """The final words of an utterance; none at all means that it was no speech."""
        state, item_id = self._state, event.item_id
        text = event.text.strip()[: limits.HEARD_MAX_CHARS]
        if event.usage and item_id not in self._counted:
            self._counted.add(item_id)
            state.emit(CountUsage("transcription", item_id, event.usage))
        if item_id in self._settled:
            return
        self._settled.add(item_id)
        self._unheard.settle(item_id)
        doubtful = self._doubtful.pop(item_id, None) is not None
        state.transcript.reserve(item_id, state.at, awaits_text=True)
        if not text:
            state.drop_captions([item_id])
            if doubtful:
                state.emit(DeleteItem(state.sequencer.event_id("delete"), item_id))
            return
        state.emit(ScreenText(item_id, "member", text, final=True))
        state.pace.on_member_said(text)
        if doubtful:
            self._answers.barge_in()
            self._answers.request(item_id, spoken=True)
        written = text[: limits.CAPTION_MAX_CHARS]
        timing = self._speech.timer.take(item_id)
        turn = RecordTurn("member", written, item_id, "voice", state.epoch, timing=timing)
        state.emit(*state.transcript.settle(item_id, turn))

    def on_failed(self, event: InputFailed) -> None:
        """The words are lost: nobody has read what the engine has heard, and answers."""
        if event.item_id in self._settled or event.item_id in self._failed:
            return
        self._failed.add(event.item_id)
        self._unheard.settle(event.item_id)
        if self._doubtful.pop(event.item_id, None) is not None:
            self._answers.request(event.item_id, spoken=True)
        self._state.emit(DropCaption(event.item_id))
        self._state.write_notice("unwritten", event.item_id)

    def on_answered_unasked(self) -> None:
        """The engine answered by itself: it has taken every doubtful sound for words."""
        self._doubtful.clear()

    def on_engine_lost(self) -> None:
        """The words that have not come never will, unless the next engine hears them again."""
        self._doubtful.clear()
        for key in self._state.transcript.awaiting_text():
            if self._unheard.will_be_replayed(key):
                self._state.questions.withdraw(key)
                self._state.drop_captions([key])
            else:
                self.on_failed(InputFailed(key, "engine_lost"))
        self._state.drop_captions(self._state.transcript.partials)  # of what was not committed
        self._settled, self._failed = RecentIds(), RecentIds()

    def tick(self) -> None:
        """Decide about what the engine leaves open."""
        state = self._state
        for item_id, since in list(self._doubtful.items()):
            if state.at - since > limits.SHORT_SPEECH_WAIT_S and not state.interruptible:
                del self._doubtful[item_id]
                self._answers.request(item_id, spoken=True)
        for key in state.transcript.overdue(state.at):
            if words := state.transcript.partials.get(key):
                self.on_transcript(InputTranscript(key, words))  # better than none of them
            else:
                self.on_failed(InputFailed(key, "timeout"))
