"""Which part of a conversation handles which event, and what concerns several of them."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from coach.voice.conversation.coach_output import CoachOutput
from coach.voice.conversation.deliveries import Deliveries
from coach.voice.conversation.floor import FloorControl
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.member_input import MemberInput
from coach.voice.conversation.page_state import PageStateTracker
from coach.voice.conversation.pictures import Pictures
from coach.voice.conversation.push_to_talk import PushToTalk
from coach.voice.conversation.response_recovery import ResponseRecovery
from coach.voice.conversation.responses import Responses
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.tool_calls import ToolCalls
from coach.voice.conversation.usage_gate import UsageGate
from coach.voice.conversation.verbatim import greeting_request
from coach.voice.engine_events import (
    EngineDialled,
    EngineFault,
    EngineGone,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SessionClosed,
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
    PersonSound,
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
    WordGiven,
)

Handler = Callable[[Any], None]


class EventHandlers:
    """The parts of one conversation. `table` has one handler for each type of event."""

    def __init__(
        self,
        state: ConversationState,
        answered_ids: Iterable[str],
        *,
        budgeted: bool,
        reads_only: Collection[str],
    ) -> None:
        self._state = state
        self.member = MemberInput(state, answered_ids)
        self.tools = ToolCalls(state, reads_only)
        self.page_state = PageStateTracker(state, self.member, self.tools)
        self.usage = UsageGate(state, budgeted=budgeted)
        recovery = ResponseRecovery(state)
        self._output = CoachOutput(state, recovery, self._on_response_started)
        self._responses = Responses(state, self._output, recovery)
        self._floor = FloorControl(state)
        self._deliveries = Deliveries(state)
        self._push_to_talk = PushToTalk(state, self.member.speech)
        self._pictures = Pictures(state, self.member.answers)
        self.table: dict[type[Event], Handler] = {
            **self._of_engine(),
            **self._of_page(),
            **self._of_host(),
        }

    def _of_engine(self) -> dict[type[Event], Handler]:
        return {
            SpokenAudio: self._output.on_audio,
            SpokenDelta: self._output.on_delta,
            SpokenText: self._output.on_text,
            ItemDone: self._output.on_item_done,
            ResponseCreated: self._output.on_response_created,
            ResponseDone: self._on_response_done,
            ToolCalled: self._on_tool_called,
            SpeechStarted: self._on_speech_started,
            SpeechStopped: self.member.speech.on_speech_stopped,
            InputCommitted: self._on_committed,
            InputDelta: self.member.on_delta,
            InputTranscript: self.member.utterances.on_transcript,
            InputFailed: self.member.utterances.on_failed,
            EngineFault: self._on_engine_fault,
            SessionClosed: lambda event: None,  # of translations; a talk's connection just ends
            EngineDialled: lambda event: self.page_state.on_engine_dialled(),
            EngineReady: self._on_engine_ready,
            EngineLost: self._on_engine_lost,
            EngineGone: self._floor.on_engine_gone,
            SoundReplayed: self._on_sound_replayed,
        }

    def _of_page(self) -> dict[type[Event], Handler]:
        return {
            PlaybackProgress: self._output.on_playback_progress,
            MemberVoice: self.member.on_member_voice,
            TextTyped: self.member.typed.on_text_typed,
            PictureShown: self._pictures.on_picture_shown,
            TalkMode: self._push_to_talk.on_talk_mode,
            ButtonHeld: self._push_to_talk.on_button_held,
            Interrupt: self._on_interrupt,
            MicrophoneMuted: self.member.on_microphone_muted,
        }

    def _of_host(self) -> dict[type[Event], Handler]:
        return {
            Tick: self._on_tick,
            ToolFinished: self.tools.on_tool_finished,
            FloorChanged: self._on_floor_changed,
            HandedBack: self._floor.on_handed_back,
            GuidanceGiven: self._floor.on_guidance_given,
            ScriptGiven: self._floor.on_script_given,
            WordGiven: self._floor.on_word_given,
            PersonSaid: self._floor.on_person_said,
            PersonSound: self._floor.on_person_sound,
            NoteAdded: self._floor.on_note_added,
            ScreeningDone: self._on_screening_done,
            HoldReleased: self._floor.on_hold_released,
            TalkClosing: self.usage.on_talk_closing,
            UsageCounted: self.usage.on_usage_counted,
            TalkEnded: self._on_talk_ended,
        }

    # --- the engine's connection ----------------------------------------------------------------

    def _on_engine_ready(self, event: EngineReady) -> None:
        state = self._state
        state.connected = True
        state.pace.on_engine_ready()
        self.page_state.on_engine_ready()
        self.member.hearing.on_engine_ready()
        self._push_to_talk.on_engine_ready()
        self._floor.on_engine_ready()
        self.tools.on_engine_ready()
        self._pictures.on_engine_ready()
        if state.greeting and not event.resumed and not state.fenced:
            state.sequencer.request(greeting_request(state.greeting))
        state.greeting = ""

    def _on_engine_lost(self, event: EngineLost) -> None:
        self._state.connected = False
        self.page_state.on_engine_lost()
        self._responses.on_engine_lost()
        self.member.on_engine_lost()
        self.tools.on_engine_lost()

    def _on_sound_replayed(self, event: SoundReplayed) -> None:
        self._push_to_talk.on_sound_replayed()
        self.member.on_sound_replayed()

    def _on_engine_fault(self, event: EngineFault) -> None:
        self._push_to_talk.on_engine_fault(event)
        self._deliveries.on_engine_fault(event)
        self._responses.on_engine_fault(event)

    # --- the member and the coach ---------------------------------------------------------------

    def _on_speech_started(self, event: SpeechStarted) -> None:
        self._push_to_talk.on_speech_started()
        self.member.on_speech_started(event)

    def _on_committed(self, event: InputCommitted) -> None:
        self._push_to_talk.on_committed()
        self.member.on_committed(event)

    def _on_interrupt(self, event: Interrupt) -> None:
        self.member.on_interrupt(event)
        self.tools.on_interrupt()

    def _on_response_started(self) -> None:
        """A response began that may speak."""
        self.member.on_response_started()
        self._pictures.on_response_started()
        self.tools.on_response_started()

    def _on_response_done(self, event: ResponseDone) -> None:
        for call in event.calls:
            self.tools.on_tool_called(call)
        progress = self._state.progress
        under_way = event.response_id == self._state.sequencer.response_id
        if under_way and (progress.acted or event.calls):
            self._pictures.on_answered()
            if event.status == "completed" and progress.spoke and not event.calls:
                self.tools.on_answered()
        self.usage.on_response_done(event)
        self._responses.on_done(event)

    def _on_tool_called(self, event: ToolCalled) -> None:
        self._output.on_tool_called(event.response_id)
        self.tools.on_tool_called(event)

    # --- the host -------------------------------------------------------------------------------

    def _on_floor_changed(self, event: FloorChanged) -> None:
        stops = event.stopped > self._state.epoch
        self._floor.on_floor_changed(event)
        if self._state.fenced:
            self._state.questions.close()  # the coach owes no answer any more
        elif stops:  # under the new epoch, so that what was heard of it is written down
            self._on_interrupt(Interrupt())

    def _on_screening_done(self, event: ScreeningDone) -> None:
        self._floor.on_screening_done(event)
        if event.speaker == "coach":
            if event.hold:
                self._state.sequencer.drop_pending()
                self._state.tell("coach_stopped")
        elif event.final:
            self.member.typed.on_screening_done(event)
            self._pictures.on_screening_done(event)

    def _on_tick(self, event: Tick) -> None:
        self._floor.tick()
        self._push_to_talk.tick()
        self.member.tick()
        self._responses.tick()
        if (done := self._responses.presumed_done()) is not None:
            self._on_response_done(done)

    def _on_talk_ended(self, event: TalkEnded) -> None:
        state = self._state
        state.ended = True
        state.questions.close()
        state.sequencer.drop_pending(scripts=True, hand_backs=True)
        interrupt(state, cut_in=False)  # whoever left, nobody spoke over it
