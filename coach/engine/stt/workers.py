"""Which recording is transcribed next: finals before partials, streams in turn, a worker a core."""

import asyncio
import os
from collections.abc import Callable, Hashable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from coach.engine.stt.scheduling import LOOK_SECONDS, FairQueue
from coach.engine.stt.types import SttBusy, SttClosed

MOST_FINALS = 256
"""Finals that may wait, of all streams together."""


@dataclass(slots=True, eq=False)
class Job:
    """One recording to be transcribed. ``stop`` tells a running one that nobody waits any more, or,
    with ``yielded``, that others wait who matter more."""

    key: Hashable
    call: Callable[[Callable[[], bool]], str]
    partial: bool
    future: asyncio.Future[str]
    stop: bool = False
    yielded: bool = False

    def run(self) -> str:
        """The work itself, in a worker thread."""
        return self.call(lambda: self.stop)


class Workers:
    """Runs jobs on an executor, as many at once as there are workers.

    Partials are run only while there is time to spare. Under load each is therefore later, and
    since a stream asks for its next one when it has the last, there are fewer.
    """

    def __init__(
        self, executor: Executor, workers: int, spare: Callable[[], bool] = lambda: True
    ) -> None:
        """``spare`` says whether there is time for what could be done without."""
        self._executor = executor
        self.spare = spare
        self._again: asyncio.TimerHandle | None = None
        self._idle = workers
        # One worker is kept free of partials, so that a final seldom waits for one.
        self._partials_left = max(1, workers - 1)
        self._finals: FairQueue[Job] = FairQueue()
        self._partials: FairQueue[Job] = FairQueue()
        self._running: set[Job] = set()
        self._closed = False

    async def submit(
        self, key: Hashable, call: Callable[[Callable[[], bool]], str], *, partial: bool
    ) -> str:
        """Run the call in its turn and return its text.

        A partial gives way: it returns "" when a newer request of the same key comes first, and
        raises SttBusy when it is stopped for a final that would have to wait.
        Raises SttBusy too when too many finals wait, SttClosed after ``close``.
        """
        if self._closed:
            raise SttClosed("speech to text is closed")
        if not partial and len(self._finals) >= MOST_FINALS:
            raise SttBusy(f"{MOST_FINALS} utterances wait already")
        job = Job(key, call, partial, asyncio.get_running_loop().create_future())
        self._overtake(key)
        if not partial and not self._idle:
            self._make_room()
        (self._partials if partial else self._finals).push(key, job)
        self._pump()
        try:
            return await job.future
        finally:
            job.stop = True

    def close(self) -> None:
        """Refuse new jobs, fail the waiting ones, ask the running ones to stop."""
        self._closed = True
        if self._again is not None:
            self._again.cancel()
        for queue in (self._finals, self._partials):
            while (job := queue.pop()) is not None:
                if not job.future.done():
                    job.future.set_exception(SttClosed("speech to text is closed"))
        for job in self._running:
            job.stop = True

    def _overtake(self, key: Hashable) -> None:
        for job in self._partials.drop(key):
            if not job.future.done():
                job.future.set_result("")
        for job in self._running:
            if job.partial and job.key == key:
                job.stop = True

    def _make_room(self) -> None:
        for job in self._running:
            if job.partial and not job.stop:
                job.stop = job.yielded = True
                return

    def _pump(self) -> None:
        while self._idle and (job := self._next()) is not None:
            if job.future.done():
                continue
            self._idle -= 1
            self._partials_left -= job.partial
            self._running.add(job)
            work = asyncio.get_running_loop().run_in_executor(self._executor, job.run)
            work.add_done_callback(partial(self._finish, job))

    def _next(self) -> Job | None:
        job = self._finals.pop()
        if job is None and self._partials_left and len(self._partials):
            if self.spare():
                job = self._partials.pop()
            elif self._again is None:
                self._again = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._retry)
        return job

    def _retry(self) -> None:
        self._again = None
        self._pump()

    def _finish(self, job: Job, done: asyncio.Future[str]) -> None:
        self._idle += 1
        self._partials_left += job.partial
        self._running.discard(job)
        error = None if done.cancelled() else done.exception()
        if not job.future.done():
            if done.cancelled():
                job.future.set_exception(SttClosed("speech to text is closed"))
            elif error is not None:
                job.future.set_exception(error)
            elif job.yielded:
                job.future.set_exception(SttBusy("a final was more urgent"))
            else:
                job.future.set_result(done.result())
        if not self._closed:
            self._pump()


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
