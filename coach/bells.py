"""Rings bells on a thread of its own, so that nobody waits for a broker that is slow or hangs."""

import atexit
import os
import queue
import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

STALE_S = 5.0  # a bell that waited longer rings for what pages have found by themselves
WAITING_BELLS = 1000
LAST_BELLS_S = 1.0  # how long a process that ends waits for its last bells


class Bells:
    """One broker's. What `ring` takes is called in order, one after the other; it may be lost.

    The thread begins with the first bell: a process that rings nothing has none.
    """

    _thread: threading.Thread | None
    _starting: threading.Lock
    _waiting: queue.Queue[tuple[float, Callable[[], None]]]

    def __init__(self, name: str, stale_s: float = STALE_S) -> None:
        """One that waited longer than `stale_s` seconds rings no more."""
        self._name = name
        self._stale_s = stale_s
        self._begin()
        atexit.register(self.finish)
        os.register_at_fork(after_in_child=self._begin)  # a child has no thread of its parent's

    def ring(self, bell: Callable[[], None]) -> None:
        """Call `bell` soon. Returns at once."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait((time.monotonic(), bell))
        except queue.Full:
            log.warning("bell_lost", bells=self._name, error="too_many")

    def finish(self, seconds: float = LAST_BELLS_S) -> bool:
        """Wait until all have rung; False: they have not within `seconds`."""
        until = time.monotonic() + seconds
        while self._waiting.unfinished_tasks:
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        return True

    def _begin(self) -> None:
        self._starting = threading.Lock()
        self._thread = None
        self._waiting = queue.Queue(WAITING_BELLS)

    def _run(self) -> None:
        while True:
            since, bell = self._waiting.get()
            try:
                if time.monotonic() - since > self._stale_s:
                    log.warning("bell_lost", bells=self._name, error="stale")
                else:
                    bell()
            except Exception as error:  # noqa: BLE001  the next bell rings whatever this one did
                log.error("bell_lost", bells=self._name, error=type(error).__name__)
            finally:
                self._waiting.task_done()
