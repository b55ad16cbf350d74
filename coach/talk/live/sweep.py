"""One look at the rows for all live talks of a process, since a push may have been lost.

A talk in which nothing happens asks nothing by the clock; it is told by pushes, and by this.
"""

import asyncio
from collections.abc import Callable, Collection
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from coach.database import reading
from coach.talk.live.window_cache import WINDOW_KEY_S, window_cache
from coach.talk.models import Directive, Picture, Session
from coach.watch import Watch

SWEEP_S = 2.0  # a lost push costs no more than this


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


async def _look_at_rows(talks: list[SweptTalk]) -> None:
    states = await reading.run(states_of, {talk.pk for talk in talks})
    for talk in talks:
        state = states.get(talk.pk)
        if state is not None and talk.is_behind(state):
            talk.nudge()


async def _look_at_windows(talks: list[SweptTalk]) -> None:
    """Each writes its own name over that of an older window, and gives up to a newer one.

    A write may come late, over a newer name: the newer window writes again at its next look. Where
    no name stood, it does not even come: another window may have written since.
    """
    cache = window_cache()
    owners = await asyncio.to_thread(cache.get_many, {talk.key for talk in talks})
    for talk in talks:
        owner = owners.get(talk.key, "")
        if owner < talk.window:
            write = cache.set if owner else cache.add
            await asyncio.to_thread(write, talk.key, talk.window, WINDOW_KEY_S)
            owners[talk.key] = talk.window
    for talk in talks:
        if owners[talk.key] > talk.window:
            talk.taken.set()


talk_sweep = Watch("talk_sweep", _look_at_rows, _look_at_windows, every=lambda: SWEEP_S)


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
