"""`Conversation`: every rule of a talk. No I/O, no clock of its own, no framework."""

from collections.abc import Callable, Iterable
from typing import Any

from coach.voice import limits
from coach.voice.conversation.floor import FloorKeeper
from coach.voice.conversation.member_input import Member
from coach.voice.conversation.pictures import Pictures
from coach.voice.conversation.push_to_talk import Button
from coach.voice.conversation.responses import Coach
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.tool_calls import Calls
from coach.voice.conversation.usage_gate import UsageGate
from coach.voice.conversation.verbatim import greeting
from coach.voice.effects import Effect, ShowState
from coach.voice.engine_events import (
    EngineDialled,
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import (
    ButtonHeld,
    Event,
    FloorChanged,
    GuidanceGiven,
    HandedBack,
    HoldReleased,
    Interrupt,
    MemberVoice,
    MicrophoneMuted,
    NoteAdded,
    PersonSaid,
    PictureShown,
    PlaybackProgress,
    ScreeningDone,
    ScriptGiven,
    TalkClosing,
    TalkEnded,
    TalkMode,
    TextTyped,
    Tick,
    ToolFinished,
    UsageCounted,
)
from coach.voice.types import Floor, PageState


class Conversation:
    """One talk: events in, effects out.

    `floor` and `epoch` are those of the stored session; `greeting` is what the coach says first, or
    empty; `silence_ms` is the engine's end-of-speech window; `answered_ids` are the page's ids of
    typed texts that are in the history already; `owed`: the last of them was never answered;
    `budgeted`: the host tells what is `Counted`.
    """

    def __init__(
        self,
        *,
        floor: Floor = "coach",
        epoch: int = 1,
        greeting: str = "",
        silence_ms: int = 500,
        answered_ids: Iterable[str] = (),
        owed: bool = False,
        budgeted: bool = False,
        answers_itself: bool = False,
    ) -> None:
        talk = ConversationState(epoch=epoch, floor=floor, greeting=greeting, silence_ms=silence_ms)
        talk.answers_itself = answers_itself
        self._talk = talk
        self._member = Member(talk, answered_ids)
        self._coach = Coach(talk, self._begun)
        self._calls = Calls(talk)
        self._floor = FloorKeeper(talk)
        self._button = Button(talk, self._member)
        self._pictures = Pictures(talk, self._member)
        self._lost_at: float | None = None
        self._sought_at: float | None = None
        self._money = UsageGate(talk, budgeted=budgeted)
        self._state: PageState = "connecting"
        self._handlers = self._table()
        if owed:
            talk.sequencer.want(
                ResponseRequest()
            )  # what else is said before there is an engine joins it

    def handle(self, event: Event, at: float) -> list[Effect]:
        """What is to be done about `event`; `at` is its time in seconds of any steady clock."""
        talk = self._talk
        talk.at = at
        talk.out = []
        self._handlers[type(event)](event)
        self._send_next()
        self._show_state()
        return talk.out

    @property
    def sounding(self) -> bool:
        """Send `MemberVoice` for loud microphone frames: whether it is speech, and lasts."""
        return self._member.sounding

    @property
    def unwritten(self) -> bool:
        """Whether final words of the member still wait for their place in the thread."""
        return self._talk.transcript.unwritten()

    @property
    def quiet(self) -> bool:
        """Nothing is under way: a good moment to change the engine's connection."""
        talk = self._talk
        return (
            talk.sequencer.state == "free"
            and not talk.sequencer.waiting
            and not talk.playback.items
            and not talk.member_speaking
            and not talk.transcript.unheard()
            and not self._calls.pending
        )

    @property
    def unheard_since(self) -> float:
        """Since when the member's sound is not in words: an engine that takes over must hear it.

        In the seconds of `handle`.
        """
        return self._member.unheard_since()

    @property
    def push(self) -> bool:
        """A button says when the member speaks."""
        return self._talk.push

    @property
    def generation(self) -> int:
        return self._talk.playback.generation

    @property
    def state(self) -> PageState:
        return self._state

    @property
    def floor(self) -> Floor:
        return self._talk.floor

    @property
    def epoch(self) -> int:
        return self._talk.epoch

    def _table(self) -> dict[type[Event], Callable[[Any], None]]:
        member, coach, calls, floor = self._member, self._coach, self._calls, self._floor
        return {
            SpokenAudio: coach.spoken_audio,
            PlaybackProgress: coach.heard,
            Tick: self._tick,
            SpokenDelta: coach.spoken_delta,
            SpokenText: coach.spoken_text,
            ItemDone: coach.item_done,
            ResponseCreated: coach.created,
            ResponseDone: self._response_done,
            EngineFault: self._fault,
            EngineDialled: self._sought,
            EngineReady: self._ready,
            EngineLost: self._lost,
            SoundReplayed: self._retold,
            SpeechStarted: self._speech_started,
            SpeechStopped: member.speech_stopped,
            MemberVoice: member.voice,
            InputCommitted: self._committed,
            InputDelta: member.partial,
            InputTranscript: member.transcribed,
            InputFailed: member.failed,
            TextTyped: member.typed_text,
            PictureShown: self._pictures.shown,
            TalkMode: self._button.mode,
            ButtonHeld: self._button.held,
            Interrupt: self._interrupt,
            MicrophoneMuted: member.muted,
            ToolCalled: self._tool_called,
            ToolFinished: calls.finished,
            FloorChanged: self._floor_changed,
            HandedBack: floor.handed_back,
            GuidanceGiven: floor.guided,
            ScriptGiven: floor.scripted,
            PersonSaid: floor.person_said,
            NoteAdded: floor.noted,
            ScreeningDone: self._screened,
            HoldReleased: floor.released,
            TalkClosing: self._money.close,
            UsageCounted: self._money.counted,
            TalkEnded: self._ended,
        }

    # --- events that concern several parts ------------------------------------------------------

    def _sought(self, event: EngineDialled) -> None:
        if self._sought_at is None:
            self._sought_at = self._talk.at

    def _ready(self, event: EngineReady) -> None:
        talk = self._talk
        talk.connected = True
        self._lost_at = None
        self._button.ready()
        self._floor.ready()
        self._calls.ready()
        self._pictures.ready()
        if talk.greeting and not event.resumed and not talk.fenced:
            talk.sequencer.want(greeting(talk.greeting))
        talk.greeting = ""

    def _lost(self, event: EngineLost) -> None:
        self._talk.connected = False
        if self._lost_at is None:
            self._lost_at = self._talk.at
        self._coach.lost()
        self._member.lost()
        self._calls.lost()

    def _speech_started(self, event: SpeechStarted) -> None:
        self._button.engine_hears()
        self._member.speech_started(event)

    def _committed(self, event: InputCommitted) -> None:
        self._button.engine_ended()
        self._member.committed(event)

    def _begun(self) -> None:
        """A response began that may speak."""
        self._member.answered()
        self._pictures.answering()
        self._calls.begun()

    def _retold(self, event: SoundReplayed) -> None:
        self._button.retold()
        self._member.retold()

    def _response_done(self, event: ResponseDone) -> None:
        for call in event.calls:
            self._calls.called(call)
        if event.response_id == self._talk.sequencer.response_id and (
            self._coach.said_something or event.calls
        ):
            self._pictures.answered()
            if event.status == "completed" and self._coach.spoke and not event.calls:
                self._calls.answered()
        self._money.done(event)
        self._coach.done(event)

    def _fault(self, event: EngineFault) -> None:
        self._button.refused(event)
        self._pictures.refused(event)
        self._coach.fault(event)

    def _tool_called(self, event: ToolCalled) -> None:
        self._coach.acted(event.response_id)
        self._calls.called(event)

    def _floor_changed(self, event: FloorChanged) -> None:
        self._floor.changed(event)
        if self._talk.fenced:
            self._member.fenced()

    def _interrupt(self, event: Interrupt) -> None:
        self._member.interrupted(event)
        self._calls.hush()

    def _screened(self, event: ScreeningDone) -> None:
        self._floor.screened(event)
        if event.speaker == "coach":
            if event.hold:
                self._coach.cut_off(event.key)
                self._talk.error("coach_stopped")
        elif event.final:
            self._member.screened(event)
            self._pictures.screened(event)

    def _tick(self, event: Tick) -> None:
        self._floor.tick()
        self._button.tick()
        self._member.tick()
        self._coach.tick()
        if (over := self._coach.presumed_over()) is not None:
            self._response_done(over)

    def _ended(self, event: TalkEnded) -> None:
        talk = self._talk
        talk.ended = True
        talk.sequencer.forget(scripts=True, hand_backs=True)
        talk.silence()

    # --- after every event ----------------------------------------------------------------------

    def _send_next(self) -> None:
        """Send the next wish, if nothing stands against it."""
        talk = self._talk
        self._money.tidy()
        wish = talk.sequencer.peek(talk.at)
        if wish is None or not talk.connected or talk.ended or talk.held_since is not None:
            return
        if self._calls.pending and wish.kind != "script":
            return
        speaking = talk.member_speaking and self._member.counts
        if (speaking or self._member.ending) and wish.kind != "script":
            return
        if not talk.may_speak(wish) or not self._money.lets(wish):
            return
        if talk.playback.playing and wish.kind in ("greeting", "hand_back"):
            return
        talk.emit(talk.sequencer.send(talk.at))
        self._coach.asked()

    def _show_state(self) -> None:
        state = self._page_state()
        if state != self._state:
            self._state = state
            self._talk.emit(ShowState(state))

    def _page_state(self) -> PageState:
        talk = self._talk
        if talk.ended:
            return "ended"
        if talk.floor == "expert":
            return "person"
        if self._lost_at is not None:
            lost_s = talk.at - self._lost_at
            if lost_s >= limits.RECONNECT_LONG_S:
                return "unreachable"
            if lost_s >= limits.RECONNECT_TOLD_S:
                return "reconnecting"
        elif not talk.connected:
            sought = talk.at if self._sought_at is None else self._sought_at
            takes_long = talk.at - sought >= limits.UNREACHED_TOLD_S
            return "unreachable" if takes_long else "connecting"
        if talk.floor == "safety_hold":
            return "held"
        if talk.playback.playing or (talk.sequencer.busy and talk.playback.speaking):
            return "speaking"
        waiting = bool(talk.sequencer.waiting) and not talk.member_speaking
        if talk.sequencer.busy or self._calls.pending or waiting:
            return "thinking"
        if self._member.commit_due is not None and self._member.counts:
            return "thinking"
        return "listening"
