"""What is asked of the channel layer ends: Redis answers, or the asker is told that it does not."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

import structlog
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
T = TypeVar("T")

ANSWER_S = 2.0  # Redis answers by then

_stopping: "set[asyncio.Task[Any]]" = set()  # cancelled, and not over yet


class NoAnswerError(Exception):
    """Redis refuses, or says nothing for `ANSWER_S`. It has been logged."""


async def ask(asked: Awaitable[T]) -> T:
    """What `asked` returns. Raises NoAnswerError.

    Whatever the client makes of being cancelled, this ends: Redis' swallows it while it subscribes.
    """
    asking = asyncio.ensure_future(asked)
    try:
        done, _ = await asyncio.wait([asking], timeout=ANSWER_S)
    except asyncio.CancelledError:
        await stop(asking)
        raise
    if not done:
        log.warning("bell_broken", error="timeout")
        await stop(asking)
        raise NoAnswerError
    try:
        return asking.result()
    except (RedisError, OSError) as error:
        log.warning("bell_broken", error=type(error).__name__)
        raise NoAnswerError from error


async def tolerate(asked: Coroutine[Any, Any, T]) -> T | None:
    """What `asked` returns, or None when Redis does not answer."""
    try:
        return await ask(asked)
    except NoAnswerError:
        return None


async def stop(task: "asyncio.Task[Any]") -> None:
    """Cancel a task, and wait until it has cleaned up; one that takes long goes on behind us."""
    task.cancel()
    _stopping.add(task)
    task.add_done_callback(_on_stopped)
    if not (await asyncio.wait([task], timeout=ANSWER_S))[0]:
        log.warning("bell_stuck", stopping=len(_stopping))


def _on_stopped(task: "asyncio.Task[Any]") -> None:
    _stopping.discard(task)
    if not task.cancelled():
        task.exception()  # it concerns nobody any more
