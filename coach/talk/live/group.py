"""The channel-layer group of a talk, as its live socket hears it, and which window has the talk.

Pushes and the cache are only bells: a talk goes on without them, on its poll.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import RedisError

from coach.voice.cancel import cancel

log = structlog.get_logger(__name__)
T = TypeVar("T")

AGAIN_S = 2.0  # how long after a failure the group is listened to again
KEY_S = 60


class Group:
    """One socket's ear at the group `name`: `join` it first, and `leave` it in any case."""

    def __init__(self, name: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            raise ImproperlyConfigured("a live talk needs a channel layer")
        self._layer: Any = layer
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
        waiting = asyncio.create_task(self._never())
        await asyncio.sleep(0)
        await cancel([waiting])

    async def take_over(self) -> None:
        """One live socket per talk: the newest. The others are told, twice over."""
        await _tolerate(cache.aset(self._key, self._me, KEY_S))
        event = {"type": "taken", "by": self._me}
        await _tolerate(self._layer.group_send(self._name, {"type": "push", "event": event}))

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """What the group is told. `taken`: another window has the talk now."""
        while True:
            message = await _tolerate(self._layer.receive(self._channel))
            if message is None:
                await asyncio.sleep(AGAIN_S)
                await _tolerate(self._layer.group_add(self._name, self._channel))
            elif message["event"].get("by") != self._me:
                yield message["event"]

    async def taken(self, every_s: float) -> None:
        """Look every `every_s` seconds, until another window has the talk: its push may be lost."""
        while True:
            await asyncio.sleep(every_s)
            if await _tolerate(cache.aget(self._key)) not in (None, self._me):
                return
            await _tolerate(cache.aset(self._key, self._me, KEY_S))

    async def _never(self) -> None:
        while True:
            await self._layer.receive(self._channel)


def live_key(name: str) -> str:
    """Where the cache says which window has the talk of group `name`."""
    return f"talk.live.{name}"


async def _tolerate(asked: Awaitable[T]) -> T | None:
    try:
        return await asked
    except (RedisError, OSError) as error:
        log.warning("bell_broken", error=type(error).__name__)
        return None
