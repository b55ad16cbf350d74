"""`Conversation`: every rule of a talk. No I/O, no clock of its own, no framework."""

from collections.abc import Collection, Iterable

from coach.voice.conversation.event_handlers import EventHandlers
from coach.voice.conversation.pace import Pace, ReadPace, reads_none
from coach.voice.conversation.request_queue import OF_EXPERTS, ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.unasked import UnaskedAnswers
from coach.voice.effects import Effect, Play
from coach.voice.engine_commands import SetPace
from coach.voice.engine_events import SpokenAudio
from coach.voice.inputs import Event, PlaybackProgress
from coach.voice.types import Floor, PageState


class Conversation:
    """One talk: events in, effects out.

    Arguments:
        floor, epoch: those of the stored session.
        greeting: what the coach says first; empty: it waits for the member.
        silence_ms: the engine's end-of-speech window, in milliseconds.
        answered_ids: the page's ids of typed texts that are in the history already.
        answer_pending: the last of the member's texts was never answered.
        budgeted: the host confirms each `CountUsage` with `UsageCounted`.
        answers_itself: the engine is told to answer each utterance without being asked. What it
            does is learnt from its first turn.
        reads_only: the names of the tools that change nothing; others are not called twice for
            the same words.
        read_pace: what the member's words wish of the voice's pace. `pace`: the step of `PACES` at
            which the talk stands.
    """

    def __init__(
        self,
        *,
        floor: Floor = "coach",
        epoch: int = 1,
        greeting: str = "",
        silence_ms: int = 500,
        answered_ids: Iterable[str] = (),
        answer_pending: bool = False,
        budgeted: bool = False,
        answers_itself: bool = False,
        reads_only: Collection[str] = (),
        read_pace: ReadPace = reads_none,
        pace: int = 0,
    ) -> None:
        state = ConversationState(
            epoch=epoch, floor=floor, greeting=greeting, silence_ms=silence_ms
        )
        state.unasked = UnaskedAnswers(expected=answers_itself)
        state.pace = Pace(read_pace, pace)
        if answer_pending:  # what else is said before there is an engine joins it
            state.sequencer.request(ResponseRequest())
            state.questions.ask("before", float("-inf"))
        self._state = state
        self._parts = EventHandlers(state, answered_ids, budgeted=budgeted, reads_only=reads_only)
        self._handlers = self._parts.table

    def handle(self, event: Event, at: float) -> list[Effect]:
        """What is to be done about `event`; `at` is its time in seconds of any steady clock."""
        state = self._state
        state.at = at
        state.effects = []
        self._handlers[type(event)](event)
        self._set_pace()
        self._send_next()
        self._parts.page_state.update()
        return state.effects

    def pass_on(self, audio: SpokenAudio, at: float) -> Play | None:
        """The short way for sound in the middle of what the coach says.

        Where `handle` would return one `Play`, this returns it, and the state is the same. None:
        it is for `handle`, and nothing has changed.
        """
        state = self._state
        sequencer = state.sequencer
        if not self._coach_goes_on or audio.response_id != sequencer.response_id:
            return None
        item = state.playback.items.get(audio.item_id)
        if item is None or item.done or audio.content_index or state.held_since is not None:
            return None
        play = state.playback.pass_on(item, audio.pcm)
        if play is not None:
            state.at = at
            sequencer.touch(at)
        return play

    def note_played(self, progress: PlaybackProgress, at: float) -> bool:
        """The short way for a report in the middle of what the coach says.

        Where `handle` would return no effect, this leaves the same state. False: it is for
        `handle`, and nothing has changed.
        """
        playback = self._state.playback
        if not self._coach_goes_on or not playback.only_notes(progress.index):
            return False
        self._state.at = at
        playback.report(progress.generation, progress.index, progress.ms, at)
        return True

    @property
    def _coach_goes_on(self) -> bool:
        """A response is under way, and the page knows: no more of it makes anything else due."""
        state = self._state
        speaking = self._parts.page_state.shown == "speaking"
        return speaking and state.connected and state.sequencer.state == "active"

    @property
    def speech_in_progress(self) -> bool:
        """The member speaks: send `MemberVoice` for each loud microphone frame."""
        return self._state.member_speaking

    @property
    def member_turn_pending(self) -> bool:
        """Final words of the member still wait for their place in the thread."""
        return self._state.transcript.member_turn_pending()

    @property
    def idle(self) -> bool:
        """Nothing is under way: a good moment to change the engine's connection."""
        state = self._state
        return (
            state.sequencer.state == "free"
            and not state.sequencer.queue
            and not state.playback.items
            and not state.member_speaking
            and not state.transcript.awaiting_text()
            and not self._parts.tools.pending
            and (state.closing or not state.questions)
        )

    @property
    def unheard_since(self) -> float:
        """Since when the member's sound is not in words: an engine that takes over must hear it.

        In the seconds of `handle`.
        """
        return self._parts.member.unheard_since()

    @property
    def push_to_talk(self) -> bool:
        """A button says when the member speaks."""
        return self._state.push_to_talk

    @property
    def generation(self) -> int:
        """The playback generation; audio of an older one is void."""
        return self._state.playback.generation

    @property
    def page_state(self) -> PageState:
        """What the page shows of the talk."""
        return self._parts.page_state.shown

    @property
    def floor(self) -> Floor:
        """Who may speak."""
        return self._state.floor

    @property
    def epoch(self) -> int:
        """The floor's epoch, which fences late output."""
        return self._state.epoch

    def _set_pace(self) -> None:
        """Tell the engine a new pace, before it is asked for what it says next."""
        state = self._state
        free = state.sequencer.state == "free" and state.connected and not state.ended
        if state.pace.due and free:
            state.emit(SetPace(state.sequencer.event_id("pace"), state.pace.take()))

    def _send_next(self) -> None:
        """Send the next request, if nothing stands against it."""
        state, parts = self._state, self._parts
        parts.usage.drop_when_closing()
        request = state.sequencer.peek(state.at)
        if request is None or not state.connected or state.ended or state.held_since is not None:
            return
        speech = parts.member.speech
        speaking = (state.member_speaking and speech.counts) or speech.commit_pending
        if request.kind != "script" and (parts.tools.pending or speaking):
            return
        if not state.floor_allows(request) or not parts.usage.allows(request):
            return
        if state.playback.playing and (request.kind == "greeting" or request.kind in OF_EXPERTS):
            return
        if state.playback.items and request.after_playback:
            return
        if request.kind == "word" and state.questions:
            return  # the answer comes first
        state.emit(state.sequencer.send(state.at))
        state.progress.reset()
        state.progress.asked = state.asked
