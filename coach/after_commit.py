"""The one door out: what leaves the process, leaves after the commit.

Rows are the truth and these are only bells. A lost bell costs seconds (pages refetch, the sweeper
walks), so a broker that is down is logged and never turns a committed change into an error.
"""

from typing import Any, Protocol

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from coach import wire

log = structlog.get_logger(__name__)


class Task(Protocol):
    """A Celery task, as far as this door needs it."""

    name: str

    def apply_async(self, args: tuple[Any, ...] = ..., **options: Any) -> Any: ...


def publish(group: str, event: wire.Push) -> None:
    """Tell every socket of `group` about `event` once the current transaction has committed.

    Delivery is at most once.
    """
    transaction.on_commit(lambda: _send(group, event))


def enqueue(task: Task, *args: int | str) -> None:
    """Nudge a worker once the current transaction has committed. Arguments are ids only."""
    transaction.on_commit(lambda: _nudge(task, args))


def _send(group: str, event: wire.Push) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group, wire.pack(event))
    except (RedisError, OSError) as error:
        log.warning("push_lost", group=group.split(".")[0], error=type(error).__name__)


def _nudge(task: Task, args: tuple[int | str, ...]) -> None:
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("nudge_lost", task=task.name, error=type(error).__name__)
