"""The coach's side: responses, what they say, and what goes wrong with them."""

from collections.abc import Callable

import msgspec

from coach.voice import limits
from coach.voice.conversation.playback import Item, part_id
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.verbatim import deviates
from coach.voice.effects import RecordTurn, ScreenText, ShowCaption
from coach.voice.engine_commands import DeleteItem
from coach.voice.engine_events import (
    EngineFault,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
)
from coach.voice.inputs import PlaybackProgress
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.recent_ids import RecentIds

# Codes of a response that would fail in the same way again.
HOPELESS_CODES = frozenset(
    {
        "content_filter",
        "context_length_exceeded",
        "invalid_event",
        "invalid_request_error",
        "invalid_value",
        "missing_required_parameter",
        "unknown_parameter",
    }
)
BUSY_CODES = frozenset(
    {
        "inference_rate_limit_exceeded",
        "rate_limit_exceeded",
        "rate_limit_error",
        "too_many_requests",
        "overloaded_error",
        "429",
    }
)


def _words_for(complaint: str) -> str:
    """What the member is told of an answer that did not come."""
    if not complaint:
        return "no_answer"
    return "busy" if complaint in BUSY_CODES else "failed"


class Coach:
    """Lets the coach's words and sound through while its response is the one that may speak."""

    def __init__(self, talk: ConversationState, begun: Callable[[], None]) -> None:
        self.talk = talk
        self._begun = begun  # called when a response that may speak begins
        self._begun_at = 0.0
        self.said_something = False  # spoke, or called a tool
        self.spoke = False
        self._item_over = False  # an item of the response under way has ended
        self.guided_by: list[str] = []

    def asked(self) -> None:
        """A response was asked for: nothing of it has come."""
        self.said_something = self.spoke = self._item_over = False

    def created(self, event: ResponseCreated) -> None:
        talk, sequencer = self.talk, self.talk.sequencer
        if sequencer.knows(event.response_id):
            return
        owed = talk.unanswered
        talk.emit(*sequencer.created(event.response_id, event.tag, talk.at, owed=owed))
        if not sequencer.passes(event.response_id):
            return
        self.asked()
        self._begun_at = talk.at
        self.guided_by = list(talk.guidance)
        if talk.held_since is not None or not talk.may_speak(
            sequencer.current or ResponseRequest()
        ):
            talk.emit(*sequencer.cancel(talk.at))
        else:
            self._begun()

    def spoken_delta(self, event: SpokenDelta) -> None:
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.delta:
            return
        if event.spoken:
            item.spoken = True
        if len(item.text) < limits.CAPTION_MAX_CHARS:
            item.add_text(event.delta)
        self._words(item, final=False)

    def spoken_text(self, event: SpokenText) -> None:
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.text:
            return
        if not item.text:
            item.add_text(event.text[: limits.CAPTION_MAX_CHARS])
        else:
            item.text = event.text[: limits.CAPTION_MAX_CHARS]
        item.spoken = item.spoken or event.spoken
        item.worded = True
        self._words(item, final=True)

    def spoken_audio(self, event: SpokenAudio) -> None:
        item = self._item(event.response_id, event.item_id, event.content_index)
        if item is None or not event.pcm:
            return
        talk = self.talk
        talk.sequencer.touch(talk.at)
        talk.emit(*talk.playback.receive(item, event.pcm, talk.at))
        if talk.playback.held_ms > limits.SPEECH_HELD_MAX_MS:
            talk.emit(*talk.sequencer.cancel(talk.at))  # what came of it is played
            talk.error("incomplete")

    def acted(self, response_id: str) -> None:
        """A response that calls a tool is not silent."""
        if self.talk.sequencer.passes(response_id):
            self.said_something = self._item_over = True
            self.talk.answered_until = self._begun_at
            self.talk.sequencer.touch(self.talk.at)

    def item_done(self, event: ItemDone) -> None:
        for item in list(self.talk.playback.items.values()):
            if item.engine_id == event.item_id and not item.orphan:
                self._item_over = True
                self._end(item, complete=event.complete)

    def heard(self, event: PlaybackProgress) -> None:
        talk = self.talk
        item = talk.playback.heard(event.generation, event.index, event.ms)
        if item is not None:
            talk.emit(*talk.playback.release(talk.at))
            if item.over:
                talk.finish(item)

    def done(self, event: ResponseDone) -> None:
        talk = self.talk
        wish = talk.sequencer.done(event.response_id, talk.at, event.tag)
        for item in list(talk.playback.items.values()):
            if item.response_id == event.response_id and not item.orphan:
                self._end(item, complete=event.status == "completed")
        if wish is not None:
            self._ended(wish, event)

    def fault(self, event: EngineFault) -> None:
        talk = self.talk
        wish = talk.sequencer.refused(event.event_id, event.code, talk.at)
        if wish is not None:
            self._failed(wish, event.code)
        elif event.code in FATAL_CODES:
            talk.error(event.code, fatal=True)

    def tick(self) -> None:
        talk = self.talk
        talk.playback.presume(talk.at)
        talk.emit(*talk.playback.release(talk.at))
        for item in list(talk.playback.items.values()):
            if item.over:
                talk.finish(item)
        complaint = talk.sequencer.complaint
        lost = talk.sequencer.overdue(talk.at)
        if lost is not None:
            self._retry(lost, _words_for(complaint))
        if talk.sequencer.stuck(talk.at) and not talk.playback.playing:
            self._stuck()

    def presumed_over(self) -> ResponseDone | None:
        """The end of a response of which all has come but the end: some servers tell of none."""
        sequencer = self.talk.sequencer
        if not (sequencer.rests(self.talk.at) and self.said_something):
            return None
        open_now = [
            item
            for item in self.talk.playback.items.values()
            if item.response_id == sequencer.response_id and not item.done
        ]
        if not all(item.whole for item in open_now) or not (open_now or self._item_over):
            return None
        return ResponseDone(sequencer.presume(), "completed")

    def _stuck(self) -> None:
        """Nothing more comes: what was said stands, and what an error kept back is asked for again.

        Reviewed words the member reads at once: half of them is not what a danger asks for.
        """
        talk = self.talk
        wish, code = talk.sequencer.current, _words_for(talk.sequencer.complaint)
        complained = bool(talk.sequencer.complaint)
        if wish is not None and wish.script:
            self._stop_and_owe(wish)
            self._give_up(wish, code)
            return
        talk.silence()
        if self.said_something:
            talk.error("incomplete")
        elif complained and wish is not None:
            self._retry(wish, code)
        else:
            talk.error(code)

    def lost(self) -> None:
        """The engine is gone. What the page has of the coach's speech plays on to its end."""
        talk = self.talk
        wish = talk.sequencer.current
        if wish is not None and self._owed(wish):
            if wish.losses < limits.ENGINES_PER_ANSWER - 1:
                talk.sequencer.want(wish.lost())
            else:
                self._give_up(wish, "failed")
        talk.sequencer.reset(talk.at)
        talk.playback.closed = RecentIds(talk.playback.items)
        self.guided_by = []
        for item in list(talk.playback.items.values()):
            item.orphan = True
            self._end(item, complete=item.done and item.complete)

    def _owed(self, wish: ResponseRequest) -> bool:
        """An answer that was begun is left at that; reviewed words are owed to their last one."""
        if not self.talk.sequencer.busy:
            return False  # it was stopped
        if not self.said_something:
            return True
        whole = any(item.script and item.done for item in self.talk.playback.items.values())
        return bool(wish.script) and not whole

    def cut_off(self, key: str) -> None:
        """What the coach is saying must not be said."""
        if key in self.talk.playback.items:
            self.talk.sequencer.forget()
            self.talk.silence()

    def _item(self, response_id: str, item_id: str, content_index: int) -> Item | None:
        """The part that this output belongs to; None if it must not be said."""
        talk, sequencer = self.talk, self.talk.sequencer
        if sequencer.state == "requested":  # and it speaks without having said that it begins
            self.created(ResponseCreated(response_id))
        sequencer.resume(response_id, talk.at)
        key = part_id(item_id, content_index)
        if not sequencer.passes(response_id) or key in talk.playback.closed:
            return None
        wish = sequencer.current or ResponseRequest()
        if talk.held_since is not None or not talk.may_speak(wish):
            return None
        item = talk.playback.items.get(key)
        if item is None:
            item = talk.playback.open(key, response_id, talk.epoch, wish.script, talk.at)
            item.engine_id, item.content_index = item_id, content_index
            item.ref = wish.ref
            talk.transcript.open(key, talk.at)
            self.said_something = self.spoke = True
            talk.answered_until = self._begun_at
        return item

    def _words(self, item: Item, *, final: bool) -> None:
        """More of the coach's words are known: check, screen and show them."""
        talk = self.talk
        talk.sequencer.touch(talk.at)
        if item.script and deviates(item.script, item.text, final=final):
            self._off_script(item)
            return
        if final or len(item.text) - item.screened_chars >= limits.SCREEN_COACH_CHARS:
            item.screened_chars = len(item.text)
            if not item.script:
                talk.emit(ScreenText(item.item_id, "coach", item.text, final))
        talk.emit(ShowCaption("coach", item.item_id, item.text))

    def _off_script(self, item: Item) -> None:
        """A reviewed text was not spoken as it is: stop, try once more, then show it instead."""
        talk = self.talk
        wish = talk.sequencer.current or ResponseRequest(kind="script", script=item.script)
        item.text = ""  # whatever it said, it is not the coach's word
        self._stop_and_owe(wish)
        if wish.attempt == 0:
            talk.sequencer.want(wish.again())
            return
        talk.delivered(wish.ref)
        self._write_script(item.script, f"script-{item.item_id}"[:80])

    def _stop_and_owe(self, wish: ResponseRequest) -> None:
        """Stop what speaks this; it is not delivered by that."""
        talk = self.talk
        talk.sequencer.current = msgspec.structs.replace(wish, ref=0)
        for item in talk.playback.items.values():
            if item.script == wish.script:
                item.ref = 0
        talk.silence()

    def _write_script(self, text: str, key: str) -> None:
        talk = self.talk
        talk.transcript.open(key, talk.at)
        turn = RecordTurn("coach", text, key, "script", talk.epoch)
        talk.emit(*talk.transcript.settle(key, turn))

    def _end(self, item: Item, *, complete: bool) -> None:
        if not item.done:
            item.done = True
            item.complete = complete
        if item.over:
            self.talk.finish(item)

    def _ended(self, wish: ResponseRequest, event: ResponseDone) -> None:
        """A response that nobody stopped is over: what it did not say the member must know."""
        match event.status:
            case "completed":
                if not (self.said_something or event.calls):
                    self._retry(wish, "silent")
                elif self.spoke and not event.calls:  # else the answer comes after the tools
                    self._spend_guidance()
            case "failed":
                self._failed(wish, event.code)
            case "incomplete":
                self._give_up(
                    wish, "filtered" if event.reason == "content_filter" else "incomplete"
                )
            case "cancelled":  # by the engine itself
                self.talk.unanswered = True  # it may go on with another one
                if not (self.said_something or event.calls):
                    self._retry(wish, "failed")

    def _failed(self, wish: ResponseRequest, code: str) -> None:
        if code in FATAL_CODES:
            self.talk.error(code, fatal=True)
            self._give_up(wish, "")
        elif code in HOPELESS_CODES:
            self._give_up(wish, "filtered" if code == "content_filter" else "failed")
        else:
            self._retry(wish, "busy" if code in BUSY_CODES else "failed")

    def _retry(self, wish: ResponseRequest, code: str) -> None:
        """Once more after a pause; then the member is told."""
        talk = self.talk
        if wish.attempt == 0 and not self.said_something:
            talk.sequencer.not_before = talk.at + limits.RETRY_PAUSE_S
            talk.sequencer.want(wish.again())
        else:
            self._give_up(wish, code)

    def _give_up(self, wish: ResponseRequest, code: str) -> None:
        """Tell the member; reviewed words that could not be spoken they read."""
        self.talk.answer_due = None
        if wish.script:
            number = wish.ref or self.talk.sequencer.event_id(str(self.talk.epoch))
            self._write_script(wish.script, f"script-{number}")
            self.talk.delivered(wish.ref)
        elif code:
            self.talk.error(code)

    def _spend_guidance(self) -> None:
        """A private instruction counts once: the engine forgets it after the answer it shaped."""
        talk = self.talk
        for item_id in self.guided_by:
            talk.delivered(talk.guidance.pop(item_id).ref)
            talk.emit(DeleteItem(talk.sequencer.event_id("delete"), item_id))
        self.guided_by = []
