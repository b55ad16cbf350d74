"""The member's side: speech, barge-in, transcripts, typed text."""

from collections import deque
from collections.abc import Iterable

from coach.voice import limits
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unheard_audio import Sound
from coach.voice.effects import CountUsage, DropCaption, RecordTurn, ScreenText, ShowCaption
from coach.voice.engine_commands import AddMessage, AddSilence, DeleteItem
from coach.voice.engine_events import (
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    SpeechStarted,
    SpeechStopped,
)
from coach.voice.inputs import Interrupt, MemberVoice, MicrophoneMuted, ScreeningDone, TextTyped
from coach.voice.recent_ids import RecentIds


class Member:
    """Decides when a sound is speech that counts, and what the member's words set in motion."""

    def __init__(self, talk: ConversationState, answered_ids: Iterable[str]) -> None:
        self.talk = talk
        self.speech_item = ""
        self.voiced_ms = 0
        self.counts = False  # the sound is long enough to be speech
        self.started_at = 0.0
        self._loud_at = float("-inf")
        self._types = False  # since the sound began
        self.commit_due: float | None = None
        self.retried = False
        # Short sounds, committed: whether they were words, their transcript must tell.
        self.doubtful: dict[str, float] = {}
        self.typed: dict[str, TextTyped] = {}
        self._typed_ids = RecentIds(answered_ids)
        self.sound = Sound(talk)
        self._muted = False
        self._committed = RecentIds()
        self._answered = RecentIds()  # by an engine that did not wait to be asked
        self._settled = RecentIds()  # items whose words have come
        self._counted = RecentIds()  # items whose transcription was paid for
        self._typed_at: deque[float] = deque(maxlen=limits.TYPED_AT_ONCE)

    @property
    def weighing(self) -> bool:
        """The member makes a sound, and whether it is speech is not decided yet."""
        return self.talk.member_speaking and not self.counts

    @property
    def sounding(self) -> bool:
        """The member makes a sound, as far as the engine tells."""
        return self.talk.member_speaking and not self.talk.push

    @property
    def ending(self) -> bool:
        """The button was let go, and the engine has not said yet that it has the utterance."""
        return self.talk.push and self.commit_due is not None

    @property
    def overdue(self) -> bool:
        """The utterance is over, and the engine should have said so by now."""
        return self.commit_due is not None and self.talk.at > self.commit_due

    def speech_started(self, event: SpeechStarted) -> None:
        talk = self.talk
        if talk.push:
            return  # a button says so, whether or not the engine goes by it
        if event.item_id in self._committed or (
            talk.member_speaking and event.item_id == self.speech_item
        ):
            return  # told twice
        talk.member_speaking = True
        self.speech_item = event.item_id
        self.started_at = self._loud_at = talk.at
        self._types = False
        self.voiced_ms = event.spoken_ms
        self.counts = False
        self.commit_due = None
        self.talk.answer_due = None
        self._weigh()

    def voice(self, event: MemberVoice) -> None:
        self._loud_at = self.talk.at
        if self.weighing:
            self.voiced_ms += event.ms
            self._weigh()

    def pressed(self) -> None:
        """The button says that the member speaks: that counts at once."""
        self.talk.member_speaking = True
        self.speech_item = ""
        self.started_at = self.talk.at
        self.commit_due = self.talk.answer_due = None
        self.counts = True
        self._answered = RecentIds()  # an answer to the last press is cut off
        self.yield_to()

    def released(self) -> None:
        self.talk.member_speaking = False
        self.talk.unanswered = True  # some answer before they say that they have it
        self.commit_due = self.talk.at + limits.COMMIT_S

    def fall_silent(self) -> None:
        """Whatever sound was being made, nothing will come of it."""
        self.talk.member_speaking = False
        self.counts = False
        self.commit_due = None

    def speech_stopped(self, event: SpeechStopped) -> None:
        if self.talk.push or event.item_id in self._committed:
            return
        self.talk.member_speaking = False
        self.talk.unanswered = True
        self.commit_due = self.talk.at + limits.COMMIT_S

    def committed(self, event: InputCommitted) -> None:
        talk = self.talk
        if event.item_id in self._committed:
            return
        self._committed.add(event.item_id)
        self.sound.committed(
            event.item_id, self.started_at if self._ours(event.item_id) else talk.at
        )
        if not talk.push:  # else the button may be down again already
            talk.member_speaking = False
        self.commit_due = None
        talk.transcript.open(event.item_id, talk.at, waits_for_text=True)
        if self._is_answered(event.item_id):
            return
        talk.unanswered = True
        known = event.item_id == self.speech_item
        if known and not self.counts:
            self.doubtful[event.item_id] = talk.at
            return
        self.ask_for_answer(spoken=True)

    def partial(self, event: InputDelta) -> None:
        if event.item_id in self._settled:
            return  # a straggler would bring the caption back
        talk = self.talk
        partials = talk.transcript.partials
        talk.transcript.grows(event.item_id, talk.at)
        text = (partials.get(event.item_id, "") + event.delta)[-limits.CAPTION_MAX_CHARS :]
        partials[event.item_id] = text
        talk.emit(ShowCaption("member", event.item_id, text))
        last = talk.transcript.screened_at.get(event.item_id, float("-inf"))
        if talk.at - last >= limits.SCREEN_PARTIAL_S:
            talk.transcript.screened_at[event.item_id] = talk.at
            talk.emit(ScreenText(event.item_id, "member", text, final=False))

    def transcribed(self, event: InputTranscript) -> None:
        """The final words of an utterance; none at all means that it was no speech."""
        talk, text = self.talk, event.text.strip()[: limits.HEARD_MAX_CHARS]
        if event.usage and event.item_id not in self._counted:
            self._counted.add(event.item_id)
            talk.emit(CountUsage("transcription", event.item_id, event.usage))
        if event.item_id in self._settled:
            return
        self._settled.add(event.item_id)
        self.sound.settled(event.item_id)
        doubtful = self.doubtful.pop(event.item_id, None) is not None
        talk.transcript.open(event.item_id, talk.at, waits_for_text=True)
        if not text:
            talk.emit(DropCaption(event.item_id))
            talk.emit(*talk.transcript.settle(event.item_id, None))
            if doubtful:
                talk.emit(DeleteItem(talk.sequencer.event_id("delete"), event.item_id))
            return
        talk.emit(ScreenText(event.item_id, "member", text, final=True))
        if doubtful:
            self.yield_to()
            self.ask_for_answer(spoken=True)
        written = text[: limits.CAPTION_MAX_CHARS]
        turn = RecordTurn("member", written, event.item_id, "voice", talk.epoch)
        talk.emit(*talk.transcript.settle(event.item_id, turn))

    def failed(self, event: InputFailed) -> None:
        """The words are lost; the engine heard the sound all the same."""
        if event.item_id in self._settled:
            return
        talk = self.talk
        self.sound.settled(event.item_id)
        if self.doubtful.pop(event.item_id, None) is not None:
            self.ask_for_answer(spoken=True)
        talk.emit(DropCaption(event.item_id))
        talk.emit(*talk.transcript.settle(event.item_id, None))

    def typed_text(self, event: TextTyped) -> None:
        text = event.text.strip()[: limits.TYPED_MAX_CHARS]
        key = f"text-{event.id}"[:80]
        if not text or event.id in self._typed_ids:
            return
        at = self.talk.at
        times = self._typed_at
        if len(times) == limits.TYPED_AT_ONCE and at - times[0] < limits.TYPED_WINDOW_S:
            self.talk.error("too_many_texts")  # not accepted: the same id may come again
            return
        times.append(at)
        self._typed_ids.add(event.id)
        self.talk.greeting = ""  # who has spoken first (in line for the engine) is answered
        self.typed[key] = TextTyped(event.id, text)
        self.talk.emit(ScreenText(key, "member", text, final=True))

    def screened(self, event: ScreeningDone) -> None:
        """A typed text was read by the screeners: now it counts."""
        typed = self.typed.pop(event.key, None)
        if typed is None:
            return
        talk = self.talk
        self.yield_to()
        talk.transcript.open(event.key, talk.at)
        turn = RecordTurn("member", typed.text, event.key, "text", talk.epoch, client_id=typed.id)
        talk.emit(*talk.transcript.settle(event.key, turn))
        event_id = talk.sequencer.event_id("item")
        talk.emit(AddMessage(event_id, "", "user", typed.text))
        self._types = True
        self._stop_waiting_for_end()
        self.ask_for_answer()

    def interrupted(self, event: Interrupt) -> None:
        self.talk.unanswered = False
        self.talk.sequencer.forget()
        if not self.talk.script_stands:
            self.talk.silence()

    def muted(self, event: MicrophoneMuted) -> None:
        """No more sound will come: give the engine the silence that ends the utterance."""
        self._muted = event.on
        if event.on and self.talk.member_speaking and not self.talk.push:
            self.end_utterance()

    def tick(self) -> None:
        talk, at = self.talk, self.talk.at
        if self._types:
            self._stop_waiting_for_end()
        if self.weighing and at - self.started_at > self._end_told_s:
            # A cough would be over by now, silence window included.
            self.voiced_ms = limits.BARGE_IN_MIN_MS
            self._weigh()
        if talk.member_speaking and at - self.started_at > limits.MEMBER_SPEECH_MAX_S:
            talk.member_speaking = False
        if self.overdue:
            self.commit_due = None
            if self.counts and not self._is_answered(self.speech_item):
                talk.error("not_heard")
        for item_id, since in list(self.doubtful.items()):
            if at - since > limits.SHORT_SPEECH_WAIT_S and not talk.interruptible:
                del self.doubtful[item_id]
                self.ask_for_answer(spoken=True)
        for key in talk.transcript.expire(at):
            if words := talk.transcript.partials.get(key):
                self.transcribed(InputTranscript(key, words))  # better than none of them
            else:
                self.failed(InputFailed(key, "timeout"))
        if self.talk.answer_due is not None and at > self.talk.answer_due:
            self._unanswered()

    def answered(self) -> None:
        """A response began: it answers all that was said, also what is committed later."""
        talk = self.talk
        talk.answer_due = None
        talk.unanswered = self.retried = False
        if talk.sequencer.unasked and not talk.member_speaking:
            self._answered.add(self.speech_item)
            self.doubtful.clear()  # it has taken the sound for words

    def fenced(self) -> None:
        """The coach owes no answer any more."""
        self.talk.answer_due = None

    def lost(self) -> None:
        """The engine is gone: what it had heard and not yet told the next one hears again."""
        talk = self.talk
        self.sound.lost(self._speaking_since)
        if self.sound.owed:
            talk.sequencer.forget()  # the answer comes when the words have come
        talk.member_speaking = False
        self.commit_due = self.talk.answer_due = None
        self.doubtful.clear()
        for key in talk.transcript.unheard():
            self.failed(InputFailed(key, "engine_lost"))
        self._committed, self._settled, self._answered = RecentIds(), RecentIds(), RecentIds()

    def retold(self) -> None:
        """A new engine has the sound that the old one had not put into words."""
        if self.sound.owed:
            self.talk.answer_due = self.talk.at + limits.RESPONSE_CREATED_S
            if self._muted and not self.talk.push:
                self.end_utterance()

    def _stop_waiting_for_end(self) -> None:
        """Who types and is not heard is not speaking: some engines never tell where speech ends."""
        if self.sounding and self.talk.at - self._loud_at > self._end_told_s:
            self.fall_silent()

    @property
    def _end_told_s(self) -> float:
        """How long after the last sound an engine tells that speech has ended, at the latest."""
        return self.talk.silence_s + 0.2

    def unheard_since(self) -> float:
        """Since when the member's sound is neither in words nor answered without them."""
        return self.sound.since(self._speaking_since)

    @property
    def _speaking_since(self) -> float | None:
        speaks = self.talk.member_speaking or self.commit_due is not None
        return self.started_at if speaks else None

    def _ours(self, item_id: str) -> bool:
        """Whether this is the utterance whose beginning we were told."""
        return item_id == self.speech_item or (self.talk.push and not self.speech_item)

    def _is_answered(self, item_id: str) -> bool:
        """Whether an engine that did not wait to be asked has answered this utterance."""
        ours = self._ours(item_id)  # the button's has no id before it is committed
        return item_id in self._answered or (ours and self.speech_item in self._answered)

    def end_utterance(self) -> None:
        """Give the engine the silence by which it knows that an utterance is over."""
        self.talk.emit(AddSilence(int(self.talk.silence_s * 1000) + 300))

    def _weigh(self) -> None:
        if self.voiced_ms >= limits.BARGE_IN_MIN_MS:
            self.counts = True
            self.yield_to()

    def yield_to(self) -> None:
        """The member has something to say: the coach yields."""
        self.talk.unanswered = False  # by what has been heard so far
        self.talk.sequencer.forget()
        if self.talk.interruptible and not self.talk.script_stands:
            self.talk.silence()

    def ask_for_answer(self, *, spoken: bool = False) -> None:
        """An answer is owed. Who answers speech by itself is asked only when they do not."""
        talk = self.talk
        talk.tool_rounds = 0
        talk.unanswered = True
        if not talk.fenced:
            if not (spoken and talk.answers_itself):
                talk.sequencer.want(ResponseRequest(instructions=talk.asked))
            self.talk.answer_due = talk.at + limits.RESPONSE_CREATED_S

    def _unanswered(self) -> None:
        talk = self.talk
        if talk.sequencer.state != "free" or talk.sequencer.waiting:
            return  # asked for already: the sequencer sees to it
        talk.answer_due = None
        self.sound.forget()
        if talk.fenced or not talk.connected or talk.held_since is not None:
            return
        if not self.retried:
            self.retried = True
            talk.sequencer.want(ResponseRequest(instructions=talk.asked))
            self.talk.answer_due = talk.at + limits.RESPONSE_CREATED_S
        else:
            self.retried = False
            talk.error("no_answer")
