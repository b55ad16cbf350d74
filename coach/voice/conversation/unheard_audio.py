"""Which of the member's audio is not in words yet: what another engine has to hear again."""

from coach.voice import limits
from coach.voice.conversation.state import ConversationState

REPLAYED = "replayed"  # the question that a lost engine has taken along


class UnheardAudio:
    """The utterances whose words have not come, by the time at which they were made.

    What a lost engine had of them is one open question, until the next engine has heard it. If none
    does, `tell_lost` is the only one to say so.
    """

    def __init__(self, state: ConversationState) -> None:
        self._state = state
        self._spans: dict[str, tuple[float, float]] = {}  # item -> it began, it was committed
        self._done_until = 0.0  # audio before then is in words, or never will be
        self._replay_since: float | None = None  # what the next engine is to hear again
        self._losses = 0  # engines lost in a row with words of the member

    @property
    def replay_pending(self) -> bool:
        """An engine was lost with words of the member, and the next has not heard them yet."""
        return self.replay_since is not None

    @property
    def replay_since(self) -> float | None:
        """Since when the next engine is to hear the audio; None: there is nothing in it."""
        return self._replay_since if REPLAYED in self._state.questions else None

    def will_be_replayed(self, item_id: str) -> bool:
        """Whether the next engine is to hear this utterance again, should this one be lost."""
        span = self._spans.get(item_id)
        return span is not None and span[1] > self._state.answered_until

    def add(self, item_id: str, started_at: float) -> None:
        """An utterance is committed that began at `started_at`."""
        if (since := self.replay_since) is not None:
            started_at, self._replay_since = since, None
        self._spans[item_id] = (started_at, self._state.at)

    def settle(self, item_id: str) -> None:
        """Its words have come, or never will."""
        span = self._spans.pop(item_id, None)
        if span is not None:
            self._losses = 0
            self._done_until = max(self._done_until, span[1])

    def since(self, speaking_since: float | None) -> float:
        """Since when the audio is neither in words nor answered without them."""
        starts = self._unanswered(speaking_since)
        preroll = 0.0 if self._state.push_to_talk else limits.MIC_PREROLL_S
        return max(self._done_until, min(starts, default=self._state.at) - preroll)

    def on_engine_lost(self, speaking_since: float | None) -> bool:
        """Every item is void. Returns whether words of the member went with it.

        The next engine hears them again, unless it may be they that engines break over.
        """
        since, lost = self.since(speaking_since), bool(self._unanswered(speaking_since))
        self._spans.clear()
        self._done_until = since
        self._replay_since = since if lost else None
        self._losses = self._losses + 1 if lost else 0
        if self._losses >= limits.ENGINES_PER_ANSWER:
            self.tell_lost()
        elif lost:
            self._state.questions.ask(REPLAYED, self._state.at)
        return lost

    def tell_lost(self) -> None:
        """No engine has put it into words, and none will: the member must say it again."""
        self._replay_since = None
        self._losses = 0
        self._done_until = self._state.at
        self._state.questions.withdraw(REPLAYED)
        self._state.write_notice("speech_lost")

    def _unanswered(self, speaking_since: float | None) -> list[float]:
        until = self._state.answered_until
        starts = [start for start, committed in self._spans.values() if committed > until]
        starts += [at for at in (self.replay_since, speaking_since) if at is not None]
        return starts
