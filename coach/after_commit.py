"""The one door out: what leaves the process, leaves after the commit, and nobody waits for it.

Rows are the truth and these are only bells. A lost bell costs seconds (pages refetch, the sweeper
walks), so a broker that is down or hangs is logged and never turns a committed change into an
error, nor holds up who made it.
"""

import asyncio
import threading
from functools import partial

import structlog
from channels.layers import get_channel_layer
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from coach import wire
from coach.bells import Bells
from coach.celery import app

log = structlog.get_logger(__name__)

PUBLISH_S = 2.0  # Redis answers by then, or the push is lost

_pushes = Bells("pushes")
_nudges = Bells("nudges")


def publish(group: str, event: wire.Push, *others: str) -> None:
    """Tell every socket of `group`, and of `others`, about `event` once the current transaction has
    committed.

    Returns at once. Delivery is at most once, in the order of the commits.
    """
    transaction.on_commit(lambda: _send((group, *others), event))


async def publish_now(group: str, event: wire.Push) -> bool:
    """Tell every socket of `group` about what no row holds: captions, and which window has a talk.

    Delivery is at most once. False: it has not left.
    """
    layer = get_channel_layer()
    if layer is None:
        return False
    try:
        async with asyncio.timeout(PUBLISH_S):
            await layer.group_send(group, wire.pack(event))
    except (RedisError, OSError) as error:  # a TimeoutError is an OSError
        log.warning("push_lost", group=group.split(".")[0], error=type(error).__name__)
        return False
    return True


def enqueue(task: str, *args: int | str) -> None:
    """Nudge a worker once the current transaction has committed. Arguments are ids only.

    `task` is a Celery task's name: tasks call verbs, so verbs cannot import tasks.
    """
    transaction.on_commit(lambda: _nudge(task, args))


def wait_for_bells(seconds: float) -> bool:
    """Until what was published and enqueued has left; False: it has not within `seconds`."""
    return _pushes.finish(seconds) and _nudges.finish(seconds)


def _send(groups: tuple[str, ...], event: wire.Push) -> None:
    _pushes.ring(partial(_push, groups, event))


def _nudge(task: str, args: tuple[int | str, ...]) -> None:
    _nudges.ring(partial(_apply, task, args))


class _OwnLoop(threading.local):
    """A channel layer's connections belong to a loop: the thread of the pushes has its own."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()


_own_loop = _OwnLoop()


def _push(groups: tuple[str, ...], event: wire.Push) -> None:
    _own_loop.runner.run(_publish_together(groups, event))


async def _publish_together(groups: tuple[str, ...], event: wire.Push) -> None:
    """What is published at the same moment leaves in one question to Redis."""
    await asyncio.gather(*(publish_now(group, event) for group in groups))


def _apply(task: str, args: tuple[int | str, ...]) -> None:
    try:
        app.signature(task).apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("nudge_lost", task=task, error=type(error).__name__)
