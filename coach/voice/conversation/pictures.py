"""Pictures: shown to the engine like a typed text, with instructions for the one answer to them."""

from coach.voice import limits
from coach.voice.conversation.member_input import Member
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import RecordTurn, ScreenText
from coach.voice.engine_commands import AddMessage, AddPicture
from coach.voice.engine_events import EngineFault
from coach.voice.inputs import PictureShown, ScreeningDone
from coach.voice.recent_ids import RecentIds


class Pictures:
    """Adds them, and shows the last one again to an engine that comes before it was answered."""

    def __init__(self, talk: ConversationState, member: Member) -> None:
        self.talk = talk
        self._member = member
        self._ids = RecentIds()
        self._unread: dict[str, PictureShown] = {}  # until the screeners have read the text
        self._number = 0
        self._unanswered: PictureShown | None = None
        self._engines = 0  # that were shown it
        self._answering: PictureShown | None = None

    def shown(self, event: PictureShown) -> None:
        if event.id in self._ids:
            return
        if len(event.data_uri) > limits.PICTURE_MAX_CHARS:
            self.talk.error("picture_too_large")
            return
        self._ids.add(event.id)
        text = event.text.strip()[: limits.TYPED_MAX_CHARS]
        if not text:
            self._show(event, "")
            return
        key = f"picture-{event.id}"[:80]
        self._unread[key] = event
        self.talk.emit(ScreenText(key, "member", text, final=True))

    def screened(self, event: ScreeningDone) -> None:
        """The text with a picture was read by the screeners: now both count."""
        picture = self._unread.pop(event.key, None)
        if picture is None:
            return
        talk = self.talk
        text = picture.text.strip()[: limits.TYPED_MAX_CHARS]
        self._show(picture, text)
        talk.transcript.open(event.key, talk.at)
        turn = RecordTurn("member", text, event.key, "text", talk.epoch, client_id=picture.id)
        talk.emit(*talk.transcript.settle(event.key, turn))

    def ready(self) -> None:
        """A new engine: it was told the words as history, but has not seen the picture."""
        if self._unanswered is not None and self._engines < limits.ENGINES_PER_ANSWER:
            self._add(self._unanswered, "")
        elif self._unanswered is not None:  # those before went away over it
            self._unanswered = self._answering = None
            self.talk.asked = ""
            self.talk.error("picture_refused")

    def refused(self, event: EngineFault) -> None:
        """The engine takes no such picture: the member must know, and what they said still counts.

        A model that sees nothing, or sees not this one, refuses the whole message.
        """
        if not event.event_id.startswith("picture-") or self._unanswered is None:
            return
        talk, text = self.talk, self._unanswered.text.strip()[: limits.TYPED_MAX_CHARS]
        self._unanswered = self._answering = None
        talk.asked = ""
        talk.error("picture_refused")
        if text:
            talk.emit(AddMessage(talk.sequencer.event_id("item"), "", "user", text))

    def answering(self) -> None:
        """A response began, which has seen all pictures so far."""
        self._answering = self._unanswered

    def answered(self) -> None:
        """It said something: its instructions have done their work."""
        if self._answering is not None and self._answering is self._unanswered:
            self._unanswered = None
            self.talk.asked = ""
        self._answering = None

    def _show(self, picture: PictureShown, text: str) -> None:
        self._member.yield_to()
        self._unanswered = picture
        self._engines = 0
        self.talk.asked = picture.instructions
        if self.talk.connected:
            self._add(picture, text)
        self._member.ask_for_answer()

    def _add(self, picture: PictureShown, text: str) -> None:
        self._number += 1
        self._engines += 1
        event_id = self.talk.sequencer.event_id("picture")
        item_id = f"picture_{self._number}"
        self.talk.emit(AddPicture(event_id, item_id, picture.data_uri, text))
