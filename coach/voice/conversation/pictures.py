"""Pictures: shown to the engine like a typed text, with instructions for the one answer to them."""

from coach.voice import limits
from coach.voice.conversation.answers import Answers
from coach.voice.conversation.state import ConversationState, Delivery
from coach.voice.effects import RecordTurn, ScreenText
from coach.voice.engine_commands import AddPicture
from coach.voice.inputs import PictureShown, ScreeningDone
from coach.voice.recent_ids import RecentIds


class Pictures:
    """Adds pictures, and shows the last unanswered one again to each new engine connection."""

    def __init__(self, state: ConversationState, answers: Answers) -> None:
        self._state = state
        self._answers = answers
        self._ids = RecentIds()
        self._unscreened: dict[str, PictureShown] = {}  # their texts are with the screeners
        self._added = 0
        self._unanswered: PictureShown | None = None
        self._engines_shown = 0  # connections that were shown it
        self._answering: PictureShown | None = None

    def on_picture_shown(self, event: PictureShown) -> None:
        """Add a new picture, once its text is screened."""
        if event.id in self._ids:
            return
        if len(event.data_uri) > limits.PICTURE_MAX_CHARS:
            self._state.show_error("picture_too_large")
            return
        self._ids.add(event.id)
        text = _text_of(event)
        if not text:
            self._show(event, "")
            return
        key = _key_of(event)
        self._unscreened[key] = event
        self._state.emit(ScreenText(key, "member", text, final=True))

    def on_screening_done(self, event: ScreeningDone) -> None:
        """The text with a picture was read by the screeners: now both count."""
        picture = self._unscreened.pop(event.key, None)
        if picture is None:
            return
        state, text = self._state, _text_of(picture)
        self._show(picture, text)
        state.transcript.reserve(event.key, state.at)
        turn = RecordTurn("member", text, event.key, "text", state.epoch, client_id=picture.id)
        state.emit(*state.transcript.settle(event.key, turn))

    def on_engine_ready(self) -> None:
        """A new engine has the words as history, but has not seen the picture."""
        if self._unanswered is not None and self._engines_shown < limits.ENGINES_PER_ANSWER:
            self._add(self._unanswered, "")
        elif self._unanswered is not None:  # those before went away over it
            self._forget(self._unanswered)
            self._state.show_error("picture_refused")

    def on_response_started(self) -> None:
        """A response began, which has seen all pictures so far."""
        self._answering = self._unanswered

    def on_answered(self) -> None:
        """It said something: its instructions have done their work."""
        if self._answering is not None and self._answering is self._unanswered:
            self._unanswered = None
            self._state.picture_instructions = ""
        self._answering = None

    def _forget(self, picture: PictureShown) -> None:
        """No engine is shown it any more; another one may be waiting."""
        if self._unanswered is picture:
            self._unanswered = self._answering = None
            self._state.picture_instructions = ""

    def _show(self, picture: PictureShown, text: str) -> None:
        self._answers.barge_in(typed=True)
        self._unanswered = picture
        self._engines_shown = 0
        self._state.picture_instructions = picture.instructions
        if self._state.connected:
            self._add(picture, text)
        self._answers.request(_key_of(picture))

    def _add(self, picture: PictureShown, text: str) -> None:
        """A model that sees nothing, or cannot take this one, refuses it with its words."""
        self._added += 1
        self._engines_shown += 1
        event_id = self._state.sequencer.event_id("picture")
        message = AddPicture(event_id, f"picture_{self._added}", picture.data_uri, text)
        delivery = Delivery(
            message,
            "picture_refused",
            question=_key_of(picture),
            as_text=_text_of(picture),
            on_refused=lambda: self._forget(picture),
        )
        self._state.deliver(delivery)


def _text_of(picture: PictureShown) -> str:
    return picture.text.strip()


def _key_of(picture: PictureShown) -> str:
    """The key of the question that it asks, and of the turn of its words."""
    return f"picture-{picture.id}"[:80]
