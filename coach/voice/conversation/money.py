"""Whether another answer may be begun, as far as money goes. Reviewed words ask nobody."""

from coach.voice import limits
from coach.voice.conversation.sequencer import Sequencer, Wish
from coach.voice.events import Closing, Counted


class Money:
    """`budgeted`: an answer waits until the last one is counted, so that two never run past a
    limit; not for ever, for a slow database must not silence the coach."""

    def __init__(self, sequencer: Sequencer, *, budgeted: bool) -> None:
        self._sequencer = sequencer
        self._budgeted = budgeted
        self._closing = False
        self._uncounted_since: float | None = None

    def close(self, event: Closing) -> None:
        self._closing = event.on

    def reported(self, at: float) -> None:
        """A response ended and said what it cost."""
        if self._budgeted:
            self._uncounted_since = at

    def counted(self, event: Counted) -> None:
        self._uncounted_since = None

    def tidy(self) -> None:
        """A talk that closes wants no more answers."""
        if self._closing:
            self._sequencer.forget()

    def lets(self, wish: Wish, at: float) -> bool:
        """Whether `wish` may be sent now."""
        since = self._uncounted_since
        waits = since is not None and at - since < limits.COUNTED_S
        return not waits or wish.kind in ("script", "hand_back")
