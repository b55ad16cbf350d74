"""The coach's side: responses, what they say, and what goes wrong with them."""

import msgspec

from coach.voice import limits
from coach.voice.conversation.playback import Item
from coach.voice.conversation.scripts import deviates
from coach.voice.conversation.sequencer import Wish
from coach.voice.conversation.talk import Talk
from coach.voice.events import (
    CountUsage,
    DeleteItem,
    EngineFault,
    Heard,
    ItemDone,
    RecordTurn,
    ResponseCreated,
    ResponseDone,
    Screen,
    ShowCaption,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
)
from coach.voice.known import Known

# Codes of a failed response after which asking again at once can only fail again.
FATAL_CODES = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "invalid_api_key",
        "account_deactivated",
        "billing_hard_limit_reached",
    }
)


class Coach:
    """Lets the coach's words and sound through while its response is the one that may speak."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.said_something = False  # spoke, or called a tool
        self.spoke = False
        self.guided_by: list[str] = []
        self._counted = Known()  # responses whose cost was told

    def created(self, event: ResponseCreated) -> None:
        talk, sequencer = self.talk, self.talk.sequencer
        talk.emit(*sequencer.created(event.response_id, event.tag, talk.at))
        if not sequencer.passes(event.response_id):
            return
        self.said_something = self.spoke = False
        self.guided_by = list(talk.guidance)
        if talk.held_since is not None or not talk.may_speak(sequencer.current or Wish()):
            talk.emit(*sequencer.cancel(talk.at))

    def spoken_delta(self, event: SpokenDelta) -> None:
        item = self._item(event.response_id, event.item_id)
        if item is None or not event.delta:
            return
        if event.spoken:
            item.spoken = True
        if len(item.text) < limits.CAPTION_MAX_CHARS:
            item.add_text(event.delta)
        self._words(item, final=False)

    def spoken_text(self, event: SpokenText) -> None:
        item = self._item(event.response_id, event.item_id)
        if item is None or not event.text:
            return
        if not item.text:
            item.add_text(event.text[: limits.CAPTION_MAX_CHARS])
        else:
            item.text = event.text[: limits.CAPTION_MAX_CHARS]
        item.spoken = item.spoken or event.spoken
        self._words(item, final=True)

    def spoken_audio(self, event: SpokenAudio) -> None:
        item = self._item(event.response_id, event.item_id)
        if item is not None and event.pcm:
            talk = self.talk
            talk.sequencer.touch(talk.at)
            talk.emit(*talk.playback.receive(item, event.pcm, talk.at))

    def acted(self, response_id: str) -> None:
        """A response that calls a tool is not silent."""
        if self.talk.sequencer.passes(response_id):
            self.said_something = True

    def item_done(self, event: ItemDone) -> None:
        item = self.talk.playback.items.get(event.item_id)
        if item is not None:
            self._end(item, complete=event.complete)

    def heard(self, event: Heard) -> None:
        talk = self.talk
        item = talk.playback.heard(event.generation, event.index, event.ms)
        if item is not None:
            talk.emit(*talk.playback.release(talk.at))
            if item.over:
                talk.finish(item)

    def done(self, event: ResponseDone) -> None:
        talk = self.talk
        if event.usage and event.response_id not in self._counted:
            self._counted.add(event.response_id)
            talk.emit(CountUsage("response", event.response_id, event.usage, event.status))
        wish = talk.sequencer.done(event.response_id, talk.at)
        for item in list(talk.playback.items.values()):
            if item.response_id == event.response_id:
                self._end(item, complete=event.status == "completed")
        if wish is None:
            return
        if event.status == "completed":
            if not (self.said_something or event.calls):
                self._retry(wish, "silent")
            elif self.spoke and not event.calls:  # else the answer comes after the tools
                self._spend_guidance()
        elif event.status == "failed":
            self._failed(wish, event.code)
        elif event.status == "incomplete":
            talk.error("incomplete")

    def fault(self, event: EngineFault) -> None:
        talk = self.talk
        wish = talk.sequencer.refused(event.event_id, event.code, talk.at)
        if wish is not None:
            self._failed(wish, event.code)

    def tick(self) -> None:
        talk = self.talk
        talk.playback.presume(talk.at)
        talk.emit(*talk.playback.release(talk.at))
        for item in list(talk.playback.items.values()):
            if item.over:
                talk.finish(item)
        lost = talk.sequencer.overdue(talk.at)
        if lost is not None:
            self._retry(lost, "no_answer")
        if talk.sequencer.stuck(talk.at) and not talk.playback.playing:
            talk.error("no_answer")
            talk.silence()

    def lost(self) -> None:
        """The engine is gone. What the page has of the coach's speech plays on to its end."""
        talk = self.talk
        wish = talk.sequencer.current
        if wish is not None and self._owed(wish):
            if wish.kind != "answer" or not talk.transcript.unheard():
                talk.sequencer.want(wish)
            else:
                talk.error("not_heard")  # the words it would answer went with the engine
        talk.sequencer.reset(talk.at)
        talk.playback.closed.clear()
        self.guided_by = []
        for item in list(talk.playback.items.values()):
            self._end(item, complete=item.done and item.complete)

    def _owed(self, wish: Wish) -> bool:
        """An answer that was begun is left at that; reviewed words are owed to their last one."""
        if not self.said_something:
            return True
        whole = any(item.script and item.done for item in self.talk.playback.items.values())
        return bool(wish.script) and self.talk.sequencer.busy and not whole

    def cut_off(self, key: str) -> None:
        """What the coach is saying must not be said."""
        if key in self.talk.playback.items:
            self.talk.sequencer.forget()
            self.talk.silence()

    def _item(self, response_id: str, item_id: str) -> Item | None:
        talk, sequencer = self.talk, self.talk.sequencer
        if not sequencer.passes(response_id) or item_id in talk.playback.closed:
            return None
        wish = sequencer.current or Wish()
        if talk.held_since is not None or not talk.may_speak(wish):
            return None
        item = talk.playback.items.get(item_id)
        if item is None:
            item = talk.playback.open(item_id, response_id, talk.epoch, wish.script, talk.at)
            item.ref = wish.ref
            talk.transcript.open(item_id, talk.at)
            self.said_something = self.spoke = True
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
                talk.emit(Screen(item.item_id, "coach", item.text, final))
        talk.emit(ShowCaption("coach", item.item_id, item.text))

    def _off_script(self, item: Item) -> None:
        """A reviewed text was not spoken as it is: stop, try once more, then show it instead."""
        talk = self.talk
        wish = talk.sequencer.current or Wish(kind="script", script=item.script)
        talk.sequencer.current = msgspec.structs.replace(wish, ref=0)  # still owed
        item.ref = 0
        item.text = ""  # whatever it said, it is not the coach's word
        talk.silence()
        if wish.attempt == 0:
            talk.sequencer.want(wish.again())
            return
        talk.delivered(wish.ref)
        key = f"script-{item.item_id}"[:80]
        talk.transcript.open(key, talk.at)
        turn = RecordTurn("coach", item.script, key, "script", talk.epoch)
        talk.emit(*talk.transcript.settle(key, turn))

    def _end(self, item: Item, *, complete: bool) -> None:
        if not item.done:
            item.done = True
            item.complete = complete
        if item.over:
            self.talk.finish(item)

    def _failed(self, wish: Wish, code: str) -> None:
        if code in FATAL_CODES:
            self.talk.error(code, fatal=True)
            return
        self._retry(wish, "failed")

    def _retry(self, wish: Wish, code: str) -> None:
        """Once more after a pause; then the member is told."""
        talk = self.talk
        if wish.attempt == 0 and not self.said_something:
            talk.sequencer.not_before = talk.at + limits.RETRY_PAUSE_S
            talk.sequencer.want(wish.again())
        else:
            talk.error(code)

    def _spend_guidance(self) -> None:
        """A private instruction counts once: the engine forgets it after the answer it shaped."""
        talk = self.talk
        for item_id in self.guided_by:
            talk.delivered(talk.guidance.pop(item_id).ref)
            talk.emit(DeleteItem(talk.sequencer.event_id("delete"), item_id))
        self.guided_by = []
