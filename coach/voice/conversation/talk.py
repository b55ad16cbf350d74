"""What the parts of a conversation share: time, effects, floor, and how to fall silent."""

from coach.voice.conversation.playback import Item, Playback
from coach.voice.conversation.sequencer import Sequencer, Wish
from coach.voice.conversation.transcript import Transcript
from coach.voice.events import (
    ClearPlayback,
    DeleteItem,
    Delivered,
    DropCaption,
    Effect,
    Floor,
    Guided,
    RecordTurn,
    ShowError,
    Truncate,
)


class Talk:
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
        self.ended = False
        self.push = False  # a button says when the member speaks
        self.asked = ""  # instructions for the next answer, of what the member showed
        # A screener found something: say nothing more until what it asks for was done.
        self.held_since: float | None = None
        self.member_speaking = False
        self.guidance: dict[str, Guided] = {}  # by engine item, until an answer was shaped by it

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
            self.emit(Delivered(ref))

    def may_speak(self, wish: Wish) -> bool:
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
        for item in list(playback.items.values()):
            self._cut(item)

    def finish(self, item: Item) -> None:
        """The item is over: write down what was heard of it."""
        text = item.heard_text()
        self.playback.close(item)
        whole = item.complete and item.all_heard
        if item.ref and text and (whole or not item.script):
            self.emit(Delivered(item.ref))
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

    def _cut(self, item: Item) -> None:
        """End an item in the middle, and make the engine remember no more than was heard."""
        if not item.over and item.spoken:
            heard = min(item.heard_ms, item.received_ms)
            item.complete = item.complete and item.done
            if heard == 0:
                self.emit(DeleteItem(self.sequencer.event_id("delete"), item.item_id))
            elif heard < item.received_ms or not item.done:
                event_id = self.sequencer.event_id("truncate")
                self.emit(Truncate(event_id, item.item_id, heard))
        elif not item.done:
            item.complete = False
            if not item.text:
                self.emit(DeleteItem(self.sequencer.event_id("delete"), item.item_id))
        item.done = True
        self.finish(item)
