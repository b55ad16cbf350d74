"""Which refusals of an engine are final: those that repeat.

A server that is being replaced refuses for a while what it takes before and after: with 401, 403
or 404 by the proxy before it, or with a close that says «policy» and means «full».
"""

from coach.voice import limits
from coach.voice.realtime import EngineError
from coach.voice.realtime.errors import CERTAIN_CODES


class Refusals:
    """Counts the refusals of one talk. `resumed`: an engine has served the talk before."""

    def __init__(self, *, resumed: bool) -> None:
        self._served = resumed
        self._code = ""
        self._times = 0
        self._since = 0.0

    def on_served(self) -> None:
        """An engine has taken the talk: what refuses it from now on may take it again."""
        self._served = True

    def forget(self) -> None:
        """A connection lasted: the next refusal is a first one again."""
        self._times = 0

    def is_final(self, error: EngineError, now: float) -> bool:
        """Whether to give up at this error, which is counted. `now`: in seconds of a clock."""
        if error.retryable:
            self._times = 0
            return False
        if error.code in CERTAIN_CODES:
            return True
        if self._times == 0 or error.code != self._code:
            self._code, self._times, self._since = error.code, 0, now
        self._times += 1
        least_s = limits.REFUSED_BACK_S if self._served else limits.REFUSED_FIRST_S
        return self._times >= limits.REFUSALS and now - self._since >= least_s
