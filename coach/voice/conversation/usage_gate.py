"""What answers cost, and whether another may be begun. Reviewed words ask nobody."""

from coach.voice import limits
from coach.voice.conversation.sequencer import ResponseRequest
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import CountUsage
from coach.voice.engine_events import ResponseDone
from coach.voice.inputs import TalkClosing, UsageCounted
from coach.voice.recent_ids import RecentIds


class UsageGate:
    """`budgeted`: an answer waits until the last one is counted, so that two never run past a
    limit; not for ever, for a slow database must not silence the coach."""

    def __init__(self, talk: ConversationState, *, budgeted: bool) -> None:
        self._talk = talk
        self._budgeted = budgeted
        self._closing = False
        self._reported = RecentIds()  # responses whose cost was told
        self._uncounted_since: float | None = None

    def close(self, event: TalkClosing) -> None:
        self._closing = event.on

    def done(self, event: ResponseDone) -> None:
        """A response ended: what it cost is told, once."""
        if not event.usage or event.response_id in self._reported:
            return
        self._reported.add(event.response_id)
        self._talk.emit(CountUsage("response", event.response_id, event.usage, event.status))
        if self._budgeted:
            self._uncounted_since = self._talk.at

    def counted(self, event: UsageCounted) -> None:
        self._uncounted_since = None

    def tidy(self) -> None:
        """A talk that closes wants no more answers."""
        if self._closing:
            self._talk.sequencer.forget()

    def lets(self, wish: ResponseRequest) -> bool:
        """Whether `wish` may be sent now."""
        since = self._uncounted_since
        waits = since is not None and self._talk.at - since < limits.COUNTED_S
        return not waits or wish.kind in ("script", "hand_back")
