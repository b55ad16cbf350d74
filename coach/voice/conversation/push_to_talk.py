"""Push to talk: an utterance is what comes between the press of a button and its release."""

from collections.abc import Callable

from coach.voice import limits
from coach.voice.conversation.member_input import Member
from coach.voice.conversation.state import ConversationState
from coach.voice.engine_commands import ClearInput, CommitInput, SetTurnDetection
from coach.voice.engine_events import EngineFault
from coach.voice.inputs import ButtonHeld, TalkMode


class Button:
    """Turns the engine's own hearing for beginnings and ends off, and says them instead.

    Some engines refuse to turn it off, or take no notice, and then refuse to be told an end. One
    that is heard to find a beginning under the button is one of them: it is given the silence by
    which it finds the end.
    """

    def __init__(self, talk: ConversationState, member: Member) -> None:
        self.talk = talk
        self._member = member
        self._down = False
        self._commit_due = False  # let go while there was no engine
        self._forget()

    def _forget(self) -> None:
        """Of the last press, nothing counts any more."""
        self._hears = False  # the engine has found a beginning by itself
        self._open = False  # and not its end yet
        self._ended = False  # it has found an end while the button was down
        self._otherwise: Callable[[], None] | None = None  # what else may end the utterance

    def mode(self, event: TalkMode) -> None:
        talk = self.talk
        if event.push == talk.push:
            return
        talk.push = event.push
        self._down = False
        self._forget()
        self._member.fall_silent()
        if talk.connected:
            talk.emit(SetTurnDetection(talk.sequencer.event_id("detection"), not talk.push))
            self._clear()  # what was half heard has no end any more

    def held(self, event: ButtonHeld) -> None:
        if not self.talk.push or event.down == self._down:
            return
        self._down = event.down
        if event.down:
            self._commit_due = False
            self._forget()
            self._clear()
            self._member.pressed()
        else:
            self._release(event.ms)

    def ready(self) -> None:
        """A new engine hears by itself until it is told not to."""
        self._forget()
        if self.talk.push:
            self.talk.emit(SetTurnDetection(self.talk.sequencer.event_id("detection"), False))
            self.talk.member_speaking = self._down

    def retold(self) -> None:
        """The new engine has the sound of the press that the old one took along."""
        if self._commit_due:
            self._commit_due = False
            self._finish()

    def engine_hears(self) -> None:
        """The engine has found a beginning of speech."""
        if self.talk.push:
            self._hears = self._open = True

    def engine_ended(self) -> None:
        """The engine has an utterance."""
        self._open = False
        self._ended = self._ended or self._down

    def refused(self, event: EngineFault) -> None:
        """The engine found nothing to commit."""
        if event.event_id.startswith("commit-"):
            self._member.fall_silent()
            if not self._ended:  # else it has all of it, and answers
                self.talk.error("too_short")

    def tick(self) -> None:
        """An engine that finds ends by itself, and has not ended this one, is asked otherwise."""
        if self._hears and self._otherwise is not None and self._member.overdue:
            otherwise, self._otherwise = self._otherwise, None
            otherwise()

    def _release(self, ms: int) -> None:
        if ms < limits.PRESS_MIN_MS:
            self._clear()
            self._member.fall_silent()
            self.talk.error("too_short")
        elif self.talk.connected:
            self._finish()
        else:
            self._commit_due = True

    def _finish(self) -> None:
        ways = [self._commit, self._let_end]
        if self._hears:
            ways.reverse()
        first, self._otherwise = ways
        first()

    def _commit(self) -> None:
        self._member.released()
        self.talk.emit(CommitInput(self.talk.sequencer.event_id("commit")))

    def _let_end(self) -> None:
        self._member.end_utterance()
        if self._open:
            self._member.released()
        else:  # all that was said has its end
            self._member.fall_silent()

    def _clear(self) -> None:
        if self.talk.connected:
            self.talk.emit(ClearInput(self.talk.sequencer.event_id("clear")))
