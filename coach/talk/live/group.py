"""The channel-layer group of a talk, as its live socket hears it, and which window has the talk.

Pushes and the cache are only bells: a talk goes on without them, on its sweep.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

import structlog
from channels.layers import get_channel_layer
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import RedisError

from coach import wire
from coach.after_commit import publish_now
from coach.channel_layer import stop, tolerate
from coach.talk.live.window_cache import WINDOW_KEY_S, live_key, window_cache, window_name

log = structlog.get_logger(__name__)

RETRY_S = 2.0  # after a failure, until the group is listened to again


class TalkGroup:
    """One socket's membership of the group `name`: `join` it first, and `leave` it in any case.

    One live socket per talk: the newest. `opened_at` is the database's time: it says which is.
    """

    def __init__(self, name: str, opened_at: datetime) -> None:
        layer = get_channel_layer()
        if layer is None:
            raise ImproperlyConfigured("a live talk needs a channel layer")
        self._layer = layer
        self._name = name
        self._channel = ""  # none yet
        self._forgotten = False  # by the layer
        self.key = live_key(name)
        self.window = window_name(opened_at)

    async def join(self) -> None:
        """Tell the others of this window, and hear what is published from now on."""
        # What is published leaves nothing: only who was answered asks for a channel.
        if not self._channel and await publish_now(self._name, wire.SocketReplaced(self.window)):
            self._channel = await self._open_channel()
        if self._channel:
            await tolerate(self._layer.group_add(self._name, self._channel))

    async def leave(self) -> None:
        if not self._channel:
            return
        await tolerate(self._layer.group_discard(self._name, self._channel))
        if not self._forgotten:
            await self._forget(self._channel)

    async def take_over(self) -> None:
        """Tell the others a second time, in the cache: a push may be lost."""
        await tolerate(asyncio.to_thread(self._claim))

    def _claim(self) -> None:
        window_cache().set(self.key, self.window, WINDOW_KEY_S)

    async def pushes(self) -> AsyncIterator[wire.TalkPush | None]:
        """What the group is told by others. `SocketReplaced`: a newer window has the talk now.

        None: something that is not known here. It rings all the same: a newer version sent it, and
        the rows say what has changed.
        """
        while True:
            message = await self._receive()
            if message is None:
                await asyncio.sleep(RETRY_S)
                await self.join()
                continue
            try:
                push = wire.read_talk_push(message)
            except wire.UnknownMessage as error:
                log.warning("push_unknown", kind=error.kind)
                yield None
                continue
            if not (isinstance(push, wire.SocketReplaced) and push.by <= self.window):
                yield push

    async def _receive(self) -> dict[str, Any] | None:
        """The next message; None: Redis does not answer."""
        if not self._channel:
            return None
        receiving = asyncio.create_task(self._layer.receive(self._channel))
        try:
            await asyncio.wait([receiving])
        except asyncio.CancelledError:
            # A layer keeps a channel, and all that comes for it, until a wait on it is cancelled.
            # To wait on a channel that it has forgotten would subscribe to it again. A wait that a
            # message has ended can be cancelled no more.
            self._forgotten = not receiving.done()
            await stop(receiving)
            raise
        try:
            message: dict[str, Any] = receiving.result()
        except (RedisError, OSError) as error:
            log.warning("bell_broken", error=type(error).__name__)
            return None
        return message

    async def _open_channel(self) -> str:
        """A channel of this socket alone; empty: Redis takes none."""
        # A channel that Redis does not take stays in the layer: it is known by how its name begins.
        mark = f"specific.{uuid4().hex}."
        layer = cast(Any, self._layer)  # the stubs have older ones
        channel = await tolerate(layer.new_channel(mark))
        if channel is None:
            for left in [name for name in layer.channels if mark in name]:
                await self._forget(left)
        return channel or ""

    async def _forget(self, channel: str) -> None:
        """Make the layer forget a channel, with all that came for it: by a wait that ends."""
        waiting = asyncio.create_task(self._drain(channel))
        await asyncio.sleep(0)
        await stop(waiting)

    async def _drain(self, channel: str) -> None:
        while True:
            await self._layer.receive(channel)
