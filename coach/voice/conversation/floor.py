"""Who may speak: the floor, holds, and what experts tell the coach."""

from math import inf

from coach.voice import limits
from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.state import ConversationState, Guidance, Word
from coach.voice.conversation.verbatim import (
    hand_back_request,
    verbatim_request,
    word_request,
)
from coach.voice.effects import ClearPlayback, Play, ShowFloor
from coach.voice.engine_commands import DeleteItem
from coach.voice.engine_events import EngineGone
from coach.voice.inputs import (
    FloorChanged,
    GuidanceGiven,
    HandedBack,
    HoldReleased,
    NoteAdded,
    PersonSaid,
    PersonSound,
    ScreeningDone,
    ScriptGiven,
    WordGiven,
)


class FloorControl:
    """Fences the engine off while the floor is not the coach's."""

    def __init__(self, state: ConversationState) -> None:
        self._state = state
        self._guidance_count = 0
        self._told_gone = 0  # the epoch in which all were told that there is no engine

    def on_floor_changed(self, event: FloorChanged) -> None:
        """Somebody else may speak now; changes of an old epoch are ignored."""
        state = self._state
        if event.epoch <= state.epoch:
            return
        state.floor = event.floor
        state.coach_ended_at = None  # others speak from now on
        if state.playback.live:
            state.emit(ClearPlayback(state.playback.clear()))
        if state.fenced:
            # Flushed under the old epoch: whatever still comes of it is void.
            scripts = state.floor == "expert"
            for request in state.sequencer.drop_pending(scripts=scripts, hand_backs=True):
                state.directive_delivered(request.ref, void="floor")
            interrupt(state, void="floor")
        else:
            # What the coach is saying it may say to its end, now under the new epoch.
            for item in state.playback.items.values():
                item.epoch = event.epoch
        state.epoch = event.epoch
        state.emit(ShowFloor(event.floor, event.epoch, event.name, event.voice))

    def on_handed_back(self, event: HandedBack) -> None:
        """The coach takes the talk up again, with the expert's note.

        Words of the expert's own that nobody has heard yet outlive a question that cuts in.
        """
        self._add_system_message(event.note)
        if event.verbatim and event.ref:
            word = word_request(event.spoken, event.ref)
            self._state.words[event.ref] = Word(word, inf)
        self._state.sequencer.request(
            hand_back_request(event.spoken, event.ref, verbatim=event.verbatim)
        )

    def on_guidance_given(self, event: GuidanceGiven) -> None:
        """An expert's private instruction waits for the next answer."""
        state = self._state
        self._guidance_count += 1
        item_id = f"guide_{state.epoch}_{self._guidance_count}"
        until = inf if event.life_s is None else state.at + event.life_s
        state.guidance[item_id] = Guidance(event, until)
        if state.connected:
            self._add_guidance(item_id, event)

    def on_word_given(self, event: WordGiven) -> None:
        """An expert's sentence is to be said, after the answer to what the member has asked."""
        state = self._state
        if state.fenced:
            state.directive_delivered(event.ref, void="floor")
            return
        request = word_request(event.text, event.ref)
        if event.ref:
            until = inf if event.life_s is None else state.at + event.life_s
            state.words[event.ref] = Word(request, until)
        state.sequencer.request(request)

    def on_engine_ready(self) -> None:
        """A new engine knows nothing yet of the guidance that still waits for an answer."""
        for item_id, guidance in self._state.guidance.items():
            self._add_guidance(item_id, guidance.given)

    def on_engine_gone(self, event: EngineGone) -> None:
        """None can be reached: in the thread the member and the person read what that means.

        Once for each epoch.
        """
        state = self._state
        if self._told_gone != state.epoch:
            self._told_gone = state.epoch
            state.write_notice("person_stays" if state.floor == "expert" else "person_comes")

    def on_script_given(self, event: ScriptGiven) -> None:
        """Reviewed words cut off whatever the coach was saying."""
        state = self._state
        state.sequencer.drop_pending()
        current = state.sequencer.current
        if state.interruptible and not (current and current.script):
            interrupt(state)
        state.sequencer.request(verbatim_request(event.text, event.ref))

    def on_person_said(self, event: PersonSaid) -> None:
        """The engine should know what an expert said."""
        self._add_system_message(
            f'{event.name}, a human expert, said to the member: "{event.text}"'
        )

    def on_person_sound(self, event: PersonSound) -> None:
        """An expert's voice is heard while they have the floor, and of no other epoch."""
        state = self._state
        if state.floor != "expert" or event.epoch != state.epoch or state.ended:
            return
        state.playback.live = True
        state.emit(Play(state.playback.generation, limits.LIVE_INDEX, event.pcm, live=True))

    def on_note_added(self, event: NoteAdded) -> None:
        """The engine should know what was said in a voice note."""
        self._state.add_message(event.role, event.text)

    def on_screening_done(self, event: ScreeningDone) -> None:
        """A hold silences the coach, unless nothing but reviewed words is spoken anyway."""
        state = self._state
        if not event.hold or (event.speaker == "member" and state.script_protected):
            return
        state.held_since = state.at
        if event.speaker == "member" and event.final and state.sequencer.busy:
            # The answer is still due if the floor stays the coach's.
            state.sequencer.request(ResponseRequest())
        interrupt(state)

    def on_hold_released(self, event: HoldReleased) -> None:
        """What the hold was for has been done."""
        self._state.held_since = None

    def tick(self) -> None:
        """A hold that nobody releases ends by itself, and so does what was to be told or said."""
        since = self._state.held_since
        if since is not None and self._state.at - since > limits.HOLD_MAX_S:
            self._state.held_since = None
        if self._state.guidance:
            self._forget_old_guidance()
        if self._state.words:
            self._forget_old_words()

    def _forget_old_guidance(self) -> None:
        state = self._state
        for item_id, guidance in list(state.guidance.items()):
            if state.at < guidance.until:
                continue
            del state.guidance[item_id]
            state.directive_delivered(guidance.given.ref, void="expired")
            if state.connected:
                state.emit(DeleteItem(state.sequencer.event_id("delete"), item_id))

    def _forget_old_words(self) -> None:
        """What is being said is said to its end."""
        state = self._state
        said = {item.ref for item in state.playback.items.values()}
        if state.sequencer.current is not None and state.sequencer.busy:
            said.add(state.sequencer.current.ref)
        for ref, word in list(state.words.items()):
            if state.at >= word.until and ref not in said:
                state.sequencer.queue.remove_word(ref)
                state.directive_delivered(ref, void="expired")

    def _add_guidance(self, item_id: str, event: GuidanceGiven) -> None:
        text = (
            "A human expert tells you privately, for your next answer only (do not mention it): "
            + event.text
        )
        self._state.add_message("system", text, item_id)

    def _add_system_message(self, text: str) -> None:
        self._state.add_message("system", text)
