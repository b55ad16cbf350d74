"""Who may speak: the floor, holds, and what experts tell the coach."""

from coach.voice import limits
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.conversation.verbatim import hand_back, verbatim
from coach.voice.effects import ShowFloor
from coach.voice.engine_commands import AddMessage
from coach.voice.inputs import (
    FloorChanged,
    GuidanceGiven,
    HandedBack,
    HoldReleased,
    NoteAdded,
    PersonSaid,
    ScreeningDone,
    ScriptGiven,
)


class FloorKeeper:
    """Fences the engine off while the floor is not the coach's."""

    def __init__(self, talk: ConversationState) -> None:
        self.talk = talk
        self._guides = 0

    def changed(self, event: FloorChanged) -> None:
        talk = self.talk
        if event.epoch <= talk.epoch:
            return
        talk.floor, talk.floor_name = event.floor, event.name
        if talk.fenced:
            # Flushed under the old epoch: whatever still comes of it is void.
            for wish in talk.sequencer.forget(scripts=talk.floor == "expert", hand_backs=True):
                talk.delivered(wish.ref)
            talk.silence()
        else:
            # What the coach is saying it may say to its end, now under the new epoch.
            for item in talk.playback.items.values():
                item.epoch = event.epoch
        talk.epoch = event.epoch
        talk.emit(ShowFloor(event.floor, event.epoch, event.name))

    def handed_back(self, event: HandedBack) -> None:
        self._tell(event.note)
        self.talk.sequencer.want(hand_back(event.spoken, event.ref))

    def guided(self, event: GuidanceGiven) -> None:
        talk = self.talk
        self._guides += 1
        item_id = f"guide_{talk.epoch}_{self._guides}"
        talk.guidance[item_id] = event
        if talk.connected:
            self._guide(item_id, event)

    def ready(self) -> None:
        """A new engine: it knows nothing yet of the guidance that still waits for an answer."""
        for item_id, event in self.talk.guidance.items():
            self._guide(item_id, event)

    def scripted(self, event: ScriptGiven) -> None:
        """Reviewed words cut off whatever the coach was saying."""
        talk = self.talk
        talk.sequencer.forget()
        current = talk.sequencer.current
        if talk.interruptible and not (current and current.script):
            talk.silence()
        talk.sequencer.want(verbatim(event.text, event.ref))

    def person_said(self, event: PersonSaid) -> None:
        self._tell(f'{event.name}, a human expert, said to the member: "{event.text}"')

    def noted(self, event: NoteAdded) -> None:
        event_id = self.talk.sequencer.event_id("item")
        self.talk.emit(AddMessage(event_id, "", event.role, event.text))

    def screened(self, event: ScreeningDone) -> None:
        talk = self.talk
        if event.hold and event.speaker == "member" and talk.script_stands:
            return  # nothing but reviewed words is spoken now, and those go on
        if event.hold:
            talk.held_since = talk.at
            if event.speaker == "member" and event.final and talk.sequencer.busy:
                talk.sequencer.want(ResponseRequest())  # still owed, if the floor stays the coach's
            talk.silence()

    def released(self, event: HoldReleased) -> None:
        self.talk.held_since = None

    def tick(self) -> None:
        since = self.talk.held_since
        if since is not None and self.talk.at - since > limits.HOLD_MAX_S:
            self.talk.held_since = None

    def _guide(self, item_id: str, event: GuidanceGiven) -> None:
        text = (
            "A human expert tells you privately, for your next answer only (do not mention it): "
            + event.text
        )
        self.talk.emit(AddMessage(self.talk.sequencer.event_id("item"), item_id, "system", text))

    def _tell(self, text: str) -> None:
        self.talk.emit(AddMessage(self.talk.sequencer.event_id("item"), "", "system", text))
