"""Which of the member's sound is in words: what another engine has to hear again."""

from coach.voice import limits
from coach.voice.conversation.state import ConversationState


class Sound:
    """The utterances whose words have not come, by the time at which they were made."""

    def __init__(self, talk: ConversationState) -> None:
        self.talk = talk
        self._spans: dict[str, tuple[float, float]] = {}  # item -> it began, it was committed
        self._done_until = 0.0  # sound before then is in words, or never will be
        self._owed_since: float | None = None  # what the next engine is to hear again begins here

    @property
    def owed(self) -> bool:
        """An engine was lost with words of the member, and the next has not heard them yet."""
        return self._owed_since is not None

    def committed(self, item_id: str, began: float) -> None:
        if self._owed_since is not None:
            began, self._owed_since = self._owed_since, None
        self._spans[item_id] = (began, self.talk.at)

    def settled(self, item_id: str) -> None:
        """Its words have come, or never will."""
        span = self._spans.pop(item_id, None)
        if span is not None:
            self._done_until = max(self._done_until, span[1])

    def since(self, speaking_since: float | None) -> float:
        """Since when the sound is neither in words nor answered without them."""
        begins = self._unanswered(speaking_since)
        early = 0.0 if self.talk.push else limits.MIC_PREROLL_S
        return max(self._done_until, min(begins, default=self.talk.at) - early)

    def lost(self, speaking_since: float | None) -> None:
        """Every item is void; what is not in words is owed to the next engine."""
        since = self.since(speaking_since)
        self._owed_since = since if self._unanswered(speaking_since) else None
        self._done_until = since
        self._spans.clear()

    def forget(self) -> None:
        """Nothing came of it."""
        self._owed_since = None

    def _unanswered(self, speaking_since: float | None) -> list[float]:
        until = self.talk.answered_until
        begins = [began for began, committed in self._spans.values() if committed > until]
        begins += [at for at in (self._owed_since, speaking_since) if at is not None]
        return begins
