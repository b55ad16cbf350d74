"""The coach's words and audio, let through while their response is the one that may speak."""

from collections.abc import Callable

from coach.voice import limits
from coach.voice.conversation.interruption import finish_item
from coach.voice.conversation.output_item import OutputItem, part_id
from coach.voice.conversation.request_queue import ResponseRequest
from coach.voice.conversation.response_recovery import ResponseRecovery
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.verbatim import deviates
from coach.voice.effects import ScreenText, ShowCaption
from coach.voice.engine_events import (
    ItemDone,
    ResponseCreated,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
)
from coach.voice.inputs import PlaybackProgress


class CoachOutput:
    """Opens an item for each part that is spoken, and closes it when it was played.

    `on_started` is called when a response begins that may speak.
    """

    def __init__(
        self,
        state: ConversationState,
        recovery: ResponseRecovery,
        on_started: Callable[[], None],
    ) -> None:
        self._state = state
        self._recovery = recovery
        self._on_started = on_started

    def on_response_created(self, event: ResponseCreated) -> None:
        """A response began: let it speak, or cancel it."""
        state, sequencer = self._state, self._state.sequencer
        if sequencer.has_seen(event.response_id):
            return
        due = state.unanswered
        state.emit(*sequencer.created(event.response_id, event.tag, state.at, answer_due=due))
        if event.response_id == sequencer.response_id:
            state.response_began(event.response_id)
        if not sequencer.accepts_output(event.response_id):
            return
        state.progress.reset()
        state.progress.started_at = state.at
        state.progress.guidance_ids = list(state.guidance)
        if self._may_speak():
            self._on_started()
        else:
            state.emit(*sequencer.cancel(state.at))

    def on_delta(self, event: SpokenDelta) -> None:
        """More of the coach's words."""
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.delta:
            return
        if event.spoken:
            item.spoken = True
        if len(item.text) < limits.CAPTION_MAX_CHARS:
            item.add_text(event.delta)
        self._on_words(item, final=False)

    def on_text(self, event: SpokenText) -> None:
        """All words of an item."""
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.text:
            return
        if not item.text:
            item.add_text(event.text[: limits.CAPTION_MAX_CHARS])
        else:
            item.text = event.text[: limits.CAPTION_MAX_CHARS]
        item.spoken = item.spoken or event.spoken
        item.text_complete = True
        self._on_words(item, final=True)

    def on_audio(self, event: SpokenAudio) -> None:
        """More of the coach's audio."""
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.pcm:
            return
        state = self._state
        state.sequencer.touch(state.at)
        state.emit(*state.playback.receive(item, event.pcm, state.at))
        if state.playback.queued_ms > limits.SPEECH_QUEUED_MAX_MS:
            state.emit(*state.sequencer.cancel(state.at))  # what came of it is played
            state.tell("incomplete")

    def on_tool_called(self, response_id: str) -> None:
        """A response that calls a tool is not silent."""
        state = self._state
        if state.sequencer.accepts_output(response_id):
            state.progress.called = state.progress.acted = state.progress.item_ended = True
            state.answered_until = state.progress.started_at
            state.sequencer.touch(state.at)

    def on_item_done(self, event: ItemDone) -> None:
        """No more comes for any part of this item."""
        for item in list(self._state.playback.items.values()):
            if item.engine_item_id == event.item_id and not item.orphaned:
                self._state.progress.item_ended = True
                self.end(item, complete=event.complete)

    def on_playback_progress(self, event: PlaybackProgress) -> None:
        """The page has played more: more may follow, and an item may be over."""
        state = self._state
        item = state.playback.report(event.generation, event.index, event.ms, state.at)
        if item is not None:
            state.emit(*state.playback.release(state.at))
            if item.finished:
                finish_item(state, item)

    def end(self, item: OutputItem, *, complete: bool) -> None:
        """The engine sends no more of this item. `complete`: it was not cut off."""
        if not item.done:
            item.done = True
            item.complete = complete
        if item.finished:
            finish_item(self._state, item)

    def tick(self) -> None:
        """Go by the clock where the page reports nothing."""
        state = self._state
        state.playback.presume_played(state.at)
        state.emit(*state.playback.release(state.at))
        for item in list(state.playback.items.values()):
            if item.finished:
                finish_item(state, item)

    def _may_speak(self) -> bool:
        state = self._state
        request = state.sequencer.current or ResponseRequest()
        return state.held_since is None and state.floor_allows(request)

    def _item(self, response_id: str, item_id: str, content_index: int) -> OutputItem | None:
        """The part that this output belongs to; None if it must not be said."""
        state, sequencer = self._state, self._state.sequencer
        if sequencer.state == "requested":  # and it speaks without having said that it begins
            self.on_response_created(ResponseCreated(response_id))
        sequencer.resume(response_id, state.at)
        key = part_id(item_id, content_index)
        if not sequencer.accepts_output(response_id) or key in state.playback.closed:
            return None
        if not self._may_speak():
            return None
        return state.playback.items.get(key) or self._open(key, response_id, item_id, content_index)

    def _open(self, key: str, response_id: str, item_id: str, content_index: int) -> OutputItem:
        state = self._state
        request = state.sequencer.current or ResponseRequest()
        item = state.playback.open(key, response_id, state.epoch, request.script, state.at)
        item.engine_item_id, item.content_index = item_id, content_index
        item.ref, item.began_at = request.ref, state.progress.started_at
        state.transcript.reserve(key, state.at)
        state.progress.acted = state.progress.spoke = True
        state.progress.item_id = key
        state.answered_until = state.progress.started_at
        return item

    def _on_words(self, item: OutputItem, *, final: bool) -> None:
        """More of the coach's words are known: check, screen and show them."""
        state = self._state
        state.sequencer.touch(state.at)
        if item.script and deviates(item.script, item.text, final=final):
            self._on_deviation(item)
            return
        if item.script and not deviates(item.script, item.text, final=True):
            state.progress.script_said = True
        if final or len(item.text) - item.screened_chars >= limits.SCREEN_COACH_CHARS:
            item.screened_chars = len(item.text)
            if not item.script:
                state.emit(ScreenText(item.item_id, "coach", item.text, final))
        state.emit(ShowCaption("coach", item.item_id, item.text))

    def _on_deviation(self, item: OutputItem) -> None:
        """A reviewed text was not spoken as it is: stop, try once more, then show it instead."""
        state = self._state
        request = state.sequencer.current or ResponseRequest(kind="script", script=item.script)
        item.text = ""  # whatever it said, it is not the coach's word
        self._recovery.interrupt_undelivered(request)
        if request.attempt == 0:
            state.sequencer.request(request.retry())
            return
        key = f"script-{item.item_id}"[:80]
        state.directive_delivered(request.ref, key)
        self._recovery.write_script(item.script, key)
