"""Channels' layer on Redis pub/sub, with publishes that leave together.

The layer's own publish holds one lock of its loop until Redis has answered, and so does each
subscription. Whatever many talks and desks tell at the same moment goes out one by one, and the
last of them is too late. Here all that is published while Redis answers leaves with the next
question, in its order, and nobody stands in line with who subscribes.
"""

import asyncio
from collections import deque
from typing import Any, NamedTuple

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisSingleShardConnection
from redis.exceptions import ConnectionError as RedisConnectionError

ANSWER_S = 2.0  # Redis answers by then, or what was asked is lost
TOGETHER = 200  # publishes in one question
WAITING_PUBLISHES = 2000  # of one loop


class TooManyError(OSError):
    """More is published than Redis takes."""


class PushLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """The layer of one process; each loop has its own connections."""

    def _get_layer(self) -> Any:
        known = asyncio.get_running_loop() in self._layers
        layer = super()._get_layer()
        if not known:
            layer._shards = [_Shard(shard.host, layer) for shard in layer._shards]
        return layer


class _Publish(NamedTuple):
    channel: str
    message: bytes
    left: "asyncio.Future[None]"


class _Shard(RedisSingleShardConnection):  # type: ignore[misc]
    """One Redis, for one loop."""

    def __init__(self, host: Any, layer: Any) -> None:
        super().__init__(host, layer)
        self._waiting: deque[_Publish] = deque()
        self._sending: asyncio.Task[None] | None = None

    async def publish(self, channel: str, message: bytes) -> None:
        """Returns when it has left. Who is cancelled before does not send it."""
        if len(self._waiting) >= WAITING_PUBLISHES:
            raise TooManyError
        left = asyncio.get_running_loop().create_future()
        self._waiting.append(_Publish(channel, message, left))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send(), name="pushes")
        await left

    async def flush(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])
        await super().flush()

    async def _send(self) -> None:
        while self._waiting:
            count = min(len(self._waiting), TOGETHER)
            batch = [self._waiting.popleft() for _ in range(count)]
            batch = [one for one in batch if not one.left.done()]
            try:
                await self._publish_all(batch)
            except Exception as error:  # noqa: BLE001  it is told to each who waits
                _tell(batch, error)
            except asyncio.CancelledError:
                _tell([*batch, *self._waiting], RedisConnectionError("flushed"))
                self._waiting.clear()
                raise
            else:
                _tell(batch, None)

    async def _publish_all(self, batch: list[_Publish]) -> None:
        """A connection that Redis closed, as it does at a restart, says so at its next use: that
        would be an offer which rings only when its desk looks by itself. So it is tried again,
        before anything newer.
        """
        async with asyncio.timeout(ANSWER_S):
            try:
                await self._ask(batch)
            except RedisConnectionError:
                await self._ask(batch)

    async def _ask(self, batch: list[_Publish]) -> None:
        self._ensure_redis()
        async with self._redis.pipeline(transaction=False) as question:
            for one in batch:
                question.publish(one.channel, one.message)
            await question.execute()


def _tell(batch: list[_Publish], error: Exception | None) -> None:
    for one in batch:
        if one.left.done():
            continue
        if error is None:
            one.left.set_result(None)
        else:
            one.left.set_exception(error)
