"""Who writes next: a line in which the first to come is the first to write."""

import threading
from collections import deque


class Turns:
    """One has the turn; it goes on to whoever waits longest, at the moment in which it is left."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False: it has not come within `seconds`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            if mine.wait(seconds):
                return True
        except BaseException:  # a signal's: nobody would ever leave a turn that came to it
            if not self._quit(mine):
                self.leave()
            raise
        return not self._quit(mine)

    def _quit(self, mine: threading.Event) -> bool:
        """Stand in line no more; False: the turn has come at the last moment."""
        with self._guard:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def leave(self) -> None:
        """The next one has it. Only who has the turn calls this."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
