"""The one door out: what leaves the process, leaves after the commit.

Rows are the truth and these are only bells. A lost bell costs seconds (pages refetch, the sweeper
walks), so a broker that is down is logged and never turns a committed change into an error.
"""

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from coach import wire
from coach.celery import app

log = structlog.get_logger(__name__)


def publish(group: str, event: wire.Push) -> None:
    """Tell every socket of `group` about `event` once the current transaction has committed.

    Delivery is at most once.
    """
    transaction.on_commit(lambda: _send(group, event))


async def publish_now(group: str, event: wire.Push) -> None:
    """Tell every socket of `group` about what no row holds: captions, and which window has a talk.

    Delivery is at most once.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group, wire.pack(event))
    except (RedisError, OSError) as error:
        log.warning("push_lost", group=group.split(".")[0], error=type(error).__name__)


def enqueue(task: str, *args: int | str) -> None:
    """Nudge a worker once the current transaction has committed. Arguments are ids only.

    `task` is a Celery task's name: tasks call verbs, so verbs cannot import tasks.
    """
    transaction.on_commit(lambda: _nudge(task, args))


def _send(group: str, event: wire.Push) -> None:
    async_to_sync(publish_now)(group, event)


def _nudge(task: str, args: tuple[int | str, ...]) -> None:
    try:
        app.signature(task).apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("nudge_lost", task=task, error=type(error).__name__)
