"""Push to talk: an utterance is what comes between the press of a button and its release."""

from coach.voice import limits
from coach.voice.conversation.member import Member
from coach.voice.conversation.talk import Talk
from coach.voice.events import (
    ClearInput,
    CommitInput,
    EngineFault,
    Held,
    SetTurnDetection,
    TalkMode,
)


class Button:
    """Turns the engine's own hearing for beginnings and ends off, and says them instead."""

    def __init__(self, talk: Talk, member: Member) -> None:
        self.talk = talk
        self._member = member
        self._down = False
        self._commit_due = False  # let go while there was no engine

    def mode(self, event: TalkMode) -> None:
        talk = self.talk
        if event.push == talk.push:
            return
        talk.push = event.push
        self._down = False
        self._member.fall_silent()
        if talk.connected:
            talk.emit(SetTurnDetection(talk.sequencer.event_id("detection"), not talk.push))
            self._clear()  # what was half heard has no end any more

    def held(self, event: Held) -> None:
        if not self.talk.push or event.down == self._down:
            return
        self._down = event.down
        if event.down:
            self._commit_due = False
            self._clear()
            self._member.pressed()
        else:
            self._release(event.ms)

    def ready(self) -> None:
        """A new engine hears by itself until it is told not to."""
        if self.talk.push:
            self.talk.emit(SetTurnDetection(self.talk.sequencer.event_id("detection"), False))
            self.talk.member_speaking = self._down

    def retold(self) -> None:
        """The new engine has the sound of the press that the old one took along."""
        if self._commit_due:
            self._commit_due = False
            self._commit()

    def refused(self, event: EngineFault) -> None:
        """The engine found nothing to commit."""
        if event.event_id.startswith("commit-"):
            self._member.fall_silent()
            self.talk.error("too_short")

    def _release(self, ms: int) -> None:
        if ms < limits.PRESS_MIN_MS:
            self._clear()
            self._member.fall_silent()
            self.talk.error("too_short")
        elif self.talk.connected:
            self._commit()
        else:
            self._commit_due = True

    def _commit(self) -> None:
        self._member.released()
        self.talk.emit(CommitInput(self.talk.sequencer.event_id("commit")))

    def _clear(self) -> None:
        if self.talk.connected:
            self.talk.emit(ClearInput(self.talk.sequencer.event_id("clear")))
