"""One look at the rows for all live talks of a process, since a push may have been lost.

A talk in which nothing happens asks nothing by the clock; it is told by pushes, and by this.
"""

import asyncio
from collections.abc import Callable, Collection
from uuid import UUID
from weakref import WeakKeyDictionary

import msgspec
import structlog
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from coach.database import reading
from coach.talk.models import Directive, Picture, Session

log = structlog.get_logger(__name__)

SWEEP_S = 2.0  # a lost push costs no more than this
WINDOW_KEY_S = 60  # how long the cache remembers which window has a talk


class TalkState(msgspec.Struct, frozen=True):
    """What moves in a talk's row. `waiting`: something is there to be claimed."""

    last_seq: int
    floor_epoch: int
    ended: bool
    waiting: bool


class SweptTalk(msgspec.Struct, eq=False, weakref=True):
    """One socket: the `window` of the talk `pk`, whose `key` in the cache names who has it."""

    pk: UUID
    key: str
    window: str
    is_behind: Callable[[TalkState], bool]
    nudge: Callable[[], None]
    taken: asyncio.Event


class TalkSweep:
    """Of one loop. It looks every `SWEEP_S` seconds while it has talks."""

    def __init__(self) -> None:
        self._talks: set[SweptTalk] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, talk: SweptTalk) -> None:
        self._talks.add(talk)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="talk sweep")

    def discard(self, talk: SweptTalk) -> None:
        self._talks.discard(talk)

    async def _run(self) -> None:
        while self._talks:
            await asyncio.sleep(SWEEP_S)
            for look in (self._look_at_rows, self._look_at_windows):
                try:
                    await look(list(self._talks))
                except Exception as error:  # noqa: BLE001  whatever it is, the next look comes
                    log.error("sweep_failed", error=type(error).__name__)

    async def _look_at_rows(self, talks: list[SweptTalk]) -> None:
        states = await reading.run(states_of, {talk.pk for talk in talks})
        for talk in talks:
            state = states.get(talk.pk)
            if state is not None and talk.is_behind(state):
                talk.nudge()

    async def _look_at_windows(self, talks: list[SweptTalk]) -> None:
        owners = await asyncio.to_thread(cache.get_many, {talk.key for talk in talks})
        for talk in talks:
            if talk.key not in owners:
                # Not set: another window may have come since the look.
                await asyncio.to_thread(cache.add, talk.key, talk.window, WINDOW_KEY_S)
        for talk in talks:
            if owners.get(talk.key, talk.window) != talk.window:
                talk.taken.set()


_sweeps: WeakKeyDictionary[asyncio.AbstractEventLoop, TalkSweep] = WeakKeyDictionary()


def sweep_of_loop() -> TalkSweep:
    """The sweep of the running loop."""
    return _sweeps.setdefault(asyncio.get_running_loop(), TalkSweep())


def states_of(pks: Collection[UUID]) -> dict[UUID, TalkState]:
    """How the talks `pks` stand, in one query."""
    here = {"session": OuterRef("pk")}
    directives = Directive.objects.waiting(Now()).filter(**here)
    pictures = Picture.objects.filter(told_at=None, **here)
    rows = (
        Session.objects.filter(pk__in=pks)
        .order_by()
        .annotate(waiting=Exists(directives) | Exists(pictures))
        .values_list("pk", "last_seq", "floor_epoch", "ended_at", "waiting")
    )
    return {
        pk: TalkState(last_seq, epoch, ended_at is not None, waiting)
        for pk, last_seq, epoch, ended_at, waiting in rows
    }
