"""Which of the member's audio is not in words yet: what another engine has to hear again."""

from coach.voice import limits
from coach.voice.conversation.state import ConversationState


class UnheardAudio:
    """The utterances whose words have not come, by the time at which they were made."""

    def __init__(self, state: ConversationState) -> None:
        self._state = state
        self._spans: dict[str, tuple[float, float]] = {}  # item -> it began, it was committed
        self._done_until = 0.0  # audio before then is in words, or never will be
        self._replay_since: float | None = None  # what the next engine is to hear again

    @property
    def replay_pending(self) -> bool:
        """An engine was lost with words of the member, and the next has not heard them yet."""
        return self._replay_since is not None

    @property
    def replay_since(self) -> float | None:
        """Since when the next engine is to hear the audio; None: there is nothing in it."""
        return self._replay_since

    def will_be_replayed(self, item_id: str) -> bool:
        """Whether the next engine is to hear this utterance again, should this one be lost."""
        span = self._spans.get(item_id)
        return span is not None and span[1] > self._state.answered_until

    def add(self, item_id: str, started_at: float) -> None:
        """An utterance is committed that began at `started_at`."""
        if self._replay_since is not None:
            started_at, self._replay_since = self._replay_since, None
        self._spans[item_id] = (started_at, self._state.at)

    def settle(self, item_id: str) -> None:
        """Its words have come, or never will."""
        span = self._spans.pop(item_id, None)
        if span is not None:
            self._done_until = max(self._done_until, span[1])

    def since(self, speaking_since: float | None) -> float:
        """Since when the audio is neither in words nor answered without them."""
        starts = self._unanswered(speaking_since)
        preroll = 0.0 if self._state.push_to_talk else limits.MIC_PREROLL_S
        return max(self._done_until, min(starts, default=self._state.at) - preroll)

    def on_engine_lost(self, speaking_since: float | None) -> None:
        """Every item is void; what is not in words the next engine hears again."""
        since = self.since(speaking_since)
        self._replay_since = since if self._unanswered(speaking_since) else None
        self._done_until = since
        self._spans.clear()

    def cancel_replay(self) -> None:
        """Nothing came of it."""
        self._replay_since = None

    def _unanswered(self, speaking_since: float | None) -> list[float]:
        until = self._state.answered_until
        starts = [start for start, committed in self._spans.values() if committed > until]
        starts += [at for at in (self._replay_since, speaking_since) if at is not None]
        return starts
