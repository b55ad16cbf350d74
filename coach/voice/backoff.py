"""Growing pauses between attempts to reconnect."""

import random

from coach.voice import limits


class Backoff:
    """Exponential backoff with jitter, for `RECONNECT_FOR_S` from the first failure on."""

    def __init__(self) -> None:
        self.attempts = 0
        self._failing_since = 0.0

    def reset(self) -> None:
        """A connection lasted: the next failure is a first one again."""
        self.attempts = 0

    def next_pause(self, now: float, asked_s: float = 0.0) -> float | None:
        """Seconds to wait before the next attempt; None: it is time to give up.

        `now` is in seconds of any steady clock. `asked_s`: the server wants at least so many.
        """
        if self.attempts == 0:
            self._failing_since = now
        if now - self._failing_since > limits.RECONNECT_FOR_S:
            return None
        pause = min(limits.BACKOFF_MAX_S, limits.BACKOFF_FIRST_S * 2.0**self.attempts)
        self.attempts += 1
        least = min(asked_s, limits.RETRY_AFTER_MAX_S)
        return max(pause * random.uniform(0.75, 1.0), least * random.uniform(1.0, 1.1))
