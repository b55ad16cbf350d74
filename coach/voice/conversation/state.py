"""What the parts of a conversation share: time, effects, floor, and how to fall silent."""

from coach.voice.conversation.playback import Item, Playback
from coach.voice.conversation.sequencer import ResponseRequest, Sequencer
from coach.voice.conversation.transcript import Transcript
from coach.voice.effects import (
    ClearPlayback,
    DirectiveDelivered,
    DropCaption,
    Effect,
    RecordTurn,
    ShowError,
)
from coach.voice.engine_commands import AddMessage, DeleteItem, Truncate
from coach.voice.inputs import GuidanceGiven
from coach.voice.types import Floor


class ConversationState:
    """The state of one talk. `at` is the time of the event being handled, in seconds."""

    def __init__(self, *, epoch: int, floor: Floor, greeting: str, silence_ms: int) -> None:
        self.at = 0.0
        self.out: list[Effect] = []
        self.sequencer = Sequencer()
        self.playback = Playback()
        self.transcript = Transcript()
        self.floor: Floor = floor
        self.epoch = epoch
        self.floor_name = ""
        self.greeting = greeting
        self.silence_s = silence_ms / 1000
        self.connected = False
        self.answers_itself = False  # the engine, whatever it is told: after each utterance
        self.ended = False
        self.push = False  # a button says when the member speaks
        self.asked = ""  # instructions for the next answer, of what the member showed
        self.answered_until = float("-inf")  # what was said before then has been reacted to
        self.answer_due: float | None = None  # a response to the member is to begin by then
        self.unanswered = False  # no response has begun since the member said something
        self.tool_rounds = 0  # responses to tool results since the member's last word
        # A screener found something: say nothing more until what it asks for was done.
        self.held_since: float | None = None
        self.member_speaking = False
        self.guidance: dict[
            str, GuidanceGiven
        ] = {}  # by engine item, until an answer was shaped by it

    def emit(self, *effects: Effect) -> None:
        self.out.extend(effects)

    @property
    def fenced(self) -> bool:
        """Nothing of the engine's own may be heard."""
        return self.floor in ("expert", "safety_hold")

    @property
    def interruptible(self) -> bool:
        """The coach is speaking, or about to."""
        return self.sequencer.busy or self.playback.playing

    @property
    def script_stands(self) -> bool:
        """Reviewed words for a danger are being spoken: neither a tap nor a voice cuts them."""
        if self.floor != "safety_hold":
            return False
        current = self.sequencer.current
        asked = self.sequencer.busy and current is not None and bool(current.script)
        return asked or any(item.script for item in self.playback.items.values())

    def delivered(self, ref: int) -> None:
        """Tell the host that this need not be said again; at the talk's end nothing is."""
        if ref and not self.ended:
            self.emit(DirectiveDelivered(ref))

    def may_speak(self, wish: ResponseRequest) -> bool:
        """Whether the floor lets the coach speak this."""
        if self.floor == "expert":
            return False
        return self.floor != "safety_hold" or wish.kind == "script"

    def silence(self) -> None:
        """Stop the coach now: clear the page, cancel the response, keep only what was heard."""
        playback = self.playback
        if self.interruptible:
            self.emit(ClearPlayback(playback.clear()))
        if not self.ended:
            self._void()
        self.emit(*self.sequencer.cancel(self.at))
        self._cut(list(playback.items.values()))

    def finish(self, item: Item) -> None:
        """The item is over: write down what was heard of it."""
        text = item.heard_text()
        self.playback.close(item)
        whole = item.complete and item.all_heard
        if item.ref and text and (whole or not item.script):
            self.emit(DirectiveDelivered(item.ref))
        if not text:
            self.emit(DropCaption(item.item_id))
            self.emit(*self.transcript.settle(item.item_id, None))
            return
        turn = RecordTurn(
            speaker="coach",
            text=text,
            item_id=item.item_id,
            source="script" if item.script else "voice" if item.spoken else "text",
            epoch=item.epoch,
            interrupted=not whole,
            heard_ms=item.heard_ms if item.spoken else None,
        )
        self.emit(*self.transcript.settle(item.item_id, turn))
        if item.orphan:
            # The engine that said it is gone, and the next may have been told the history before.
            self.emit(AddMessage(self.sequencer.event_id("item"), "", "assistant", text))

    def error(self, code: str, *, fatal: bool = False) -> None:
        self.emit(ShowError(code, fatal))

    def _void(self) -> None:
        """What is being said is cut off for a reason: it is not to be said again."""
        wish = self.sequencer.current if self.sequencer.busy else None
        refs = {wish.ref} if wish else set()
        for item in self.playback.items.values():
            refs.add(item.ref)
            item.ref = 0
        for ref in sorted(refs):
            self.delivered(ref)

    def _cut(self, items: list[Item]) -> None:
        """End items in the middle, and make the engine remember no more than was heard."""
        heard = {item.engine_id for item in items if item.heard_ms}
        deleted: set[str] = set()
        for item in items:
            if item.spoken and not item.over:
                self._trim(item, heard, deleted)
            elif not item.done:
                item.complete = False
                if not item.text:
                    self._delete(item, deleted)
            item.done = True
            self.finish(item)

    def _trim(self, item: Item, heard: set[str], deleted: set[str]) -> None:
        """Tell the engine how much of this audio was heard; `heard`: items with any that was."""
        ms = min(item.heard_ms, item.received_ms)
        item.complete = item.complete and item.done
        if item.orphan:
            return  # its engine is gone
        if ms == 0 and item.engine_id not in heard:
            self._delete(item, deleted)  # engines refuse to truncate to nothing
        elif ms < item.received_ms or not item.done:
            event_id = self.sequencer.event_id("truncate")
            self.emit(Truncate(event_id, item.engine_id, ms, item.content_index))

    def _delete(self, item: Item, deleted: set[str]) -> None:
        if item.engine_id not in deleted and not item.orphan:
            deleted.add(item.engine_id)
            self.emit(DeleteItem(self.sequencer.event_id("delete"), item.engine_id))
