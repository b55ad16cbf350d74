"""The channel-layer group of a talk, as its live socket hears it, and which window has the talk.

Pushes and the cache are only bells: a talk goes on without them, on its poll.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar
from uuid import uuid4

import structlog
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import RedisError

from coach import wire
from coach.after_commit import publish_now
from coach.voice.cancel import cancel

log = structlog.get_logger(__name__)
T = TypeVar("T")

RETRY_S = 2.0  # after a failure, until the group is listened to again
WINDOW_KEY_S = 60  # how long the cache remembers which window has the talk


class TalkGroup:
    """One socket's membership of the group `name`: `join` it first, and `leave` it in any case."""

    def __init__(self, name: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            raise ImproperlyConfigured("a live talk needs a channel layer")
        self._layer = layer
        self._name = name
        self._channel = ""
        self._key = live_key(name)
        self._me = uuid4().hex

    async def join(self) -> None:
        self._channel = await self._layer.new_channel()
        await _tolerate(self._layer.group_add(self._name, self._channel))

    async def leave(self) -> None:
        await _tolerate(self._layer.group_discard(self._name, self._channel))
        # A layer keeps a channel, and all that comes for it, until a wait on it is cancelled.
        waiting = asyncio.create_task(self._drain())
        await asyncio.sleep(0)
        await cancel([waiting])

    async def take_over(self) -> None:
        """One live socket per talk: the newest. The others are told, twice over."""
        await _tolerate(cache.aset(self._key, self._me, WINDOW_KEY_S))
        await publish_now(self._name, wire.SocketReplaced(self._me))

    async def pushes(self) -> AsyncIterator[wire.TalkPush | None]:
        """What the group is told by others. `SocketReplaced`: another window has the talk now.

        None: something that is not known here. It rings all the same: a newer version sent it, and
        the rows say what has changed.
        """
        while True:
            message = await _tolerate(self._layer.receive(self._channel))
            if message is None:
                await asyncio.sleep(RETRY_S)
                await _tolerate(self._layer.group_add(self._name, self._channel))
                continue
            try:
                push = wire.read_talk_push(message)
            except wire.UnknownMessage as error:
                log.warning("push_unknown", kind=error.kind)
                yield None
                continue
            if not (isinstance(push, wire.SocketReplaced) and push.by == self._me):
                yield push

    async def until_taken(self, every_s: float) -> None:
        """Look every `every_s` seconds, until another window has the talk: its push may be lost."""
        while True:
            await asyncio.sleep(every_s)
            if await _tolerate(cache.aget(self._key)) not in (None, self._me):
                return
            # Kept, or put where there is none: another window may have come since the look.
            if not await _tolerate(cache.atouch(self._key, WINDOW_KEY_S)):
                await _tolerate(cache.aadd(self._key, self._me, WINDOW_KEY_S))

    async def _drain(self) -> None:
        while True:
            await self._layer.receive(self._channel)


def live_key(name: str) -> str:
    """Where the cache says which window has the talk of group `name`."""
    return f"talk.live.{name}"


async def _tolerate(asked: Awaitable[T]) -> T | None:
    """What was asked for, or None when Redis does not answer."""
    try:
        return await asked
    except (RedisError, OSError) as error:
        log.warning("bell_broken", error=type(error).__name__)
        return None
