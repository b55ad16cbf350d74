"""Live sound between the processes of a site, over Redis pub/sub.

It is no channel layer: frames are bytes, each is worth some milliseconds, and one that cannot be
sent now is dropped. All talks of a process share one connection that listens and one that sends.
Neither is opened, and no task runs, before somebody subscribes or sends.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from weakref import WeakKeyDictionary

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from coach.channel_layer import NoAnswerError, ask, stop
from coach.voice.cancel import finish

log = structlog.get_logger(__name__)

ANSWER_S = 2.0  # Redis takes a command by then, or it is lost
RETRY_S = 0.5  # after a failure
SILENT_S = 5.0  # without a message Redis is pinged; as long again, and the connection is dead
WAITING_FRAMES = 10  # of one channel while Redis is slow, 0.2 s; the oldest is dropped
CHANNELS = 1_000  # that frames wait for at once; more are dropped

Take = Callable[[bytes], None]


def to_member(group: str) -> str:
    """The channel of an expert's sound to the member, by the talk's group."""
    return f"sound.{group}.to_member"


def to_expert(group: str) -> str:
    """The channel of the member's sound to the expert, by the talk's group."""
    return f"sound.{group}.to_expert"


class SoundBus:
    """Of one event loop: `SoundBus.here()`."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S, socket_keepalive=True
        )
        self._pubsub: PubSub = self._redis.pubsub()
        self._takers: dict[bytes, list[Take]] = {}
        self._subscribing = asyncio.Lock()  # who listens to what changes one after the other
        self._listening: asyncio.Task[None] | None = None
        self._waiting: dict[str, deque[bytes]] = {}
        self._sending: asyncio.Task[None] | None = None

    @classmethod
    def here(cls) -> "SoundBus | None":
        """The bus of the running loop; None: no Redis is set."""
        if not settings.SOUND_URL:
            return None
        loop = asyncio.get_running_loop()
        if loop not in _of_loop:
            _of_loop[loop] = cls(settings.SOUND_URL)
        return _of_loop[loop]

    @property
    def idle(self) -> bool:
        """Nobody listens and nothing is sent: no task runs."""
        return self._listening is None and self._sending is None

    def publish(self, channel: str, frame: bytes, waiting_max: int = WAITING_FRAMES) -> None:
        """Send a frame to who listens now. Returns at once; at most once delivered, in order.

        `waiting_max`: so many of the channel wait. What a microphone gives is worth less with each
        moment; what a machine has said comes faster than it is heard, and is to be heard whole.
        """
        waiting = self._waiting.get(channel)
        if waiting is None:
            if len(self._waiting) >= CHANNELS:
                return
            waiting = self._waiting[channel] = deque(maxlen=waiting_max)
        waiting.append(frame)
        if self._sending is None:
            self._sending = asyncio.create_task(self._send(), name="sound out")

    @asynccontextmanager
    async def subscription(self, channel: str, take: Take) -> AsyncIterator[None]:
        """Meanwhile `take` is called with each frame that is published in `channel`.

        While Redis is away nothing comes; once it is back, it goes on. What `take` raises is
        logged, and concerns nobody else.
        """
        key = channel.encode()
        try:
            async with self._subscribing:
                takers = self._takers.setdefault(key, [])
                takers.append(take)
                if len(takers) == 1:
                    await self._also(channel)
            yield
        finally:
            self._drop(key, take)
            await finish(self._no_more(channel))

    async def close(self) -> None:
        """End both connections, whoever still uses them."""
        if self._sending is not None:
            await stop(self._sending)
        await self._hang_up()
        await self._redis.aclose()

    # --- inside -----------------------------------------------------------------------------------

    async def _also(self, channel: str) -> None:
        """Listen to one channel more. Where that fails, a new connection listens to all."""
        if self._listening is not None and not self._listening.done():
            try:
                await ask(self._pubsub.subscribe(channel))
                return
            except NoAnswerError as error:
                log.warning("sound_bus_broken", error=type(error).__name__)
                await self._hang_up()
        subscribed = asyncio.Event()
        self._listening = asyncio.create_task(self._listen(subscribed), name="sound in")
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_S):
                await subscribed.wait()

    def _drop(self, key: bytes, take: Take) -> None:
        takers = self._takers.get(key, [])
        if take in takers:
            takers.remove(take)
        if not takers:
            self._takers.pop(key, None)

    async def _no_more(self, channel: str) -> None:
        """Listen no longer to a channel without takers."""
        async with self._subscribing:
            if not self._takers:
                await self._hang_up()
            elif channel.encode() not in self._takers:
                try:
                    await ask(self._pubsub.unsubscribe(channel))
                except NoAnswerError as error:  # what comes of it finds no taker
                    log.warning("sound_bus_broken", error=type(error).__name__)

    async def _listen(self, subscribed: asyncio.Event) -> None:
        """Pass on what comes, by one connection after the other.

        A cancellation may be lost in the client: it ends, too, once another has taken its place.
        """
        while self._is_listener():
            try:
                await self._renew()
                await ask(self._pubsub.subscribe(*self._takers))
                subscribed.set()
                await self._pass_on(self._pubsub)
            except Exception as error:  # noqa: BLE001  no failure may leave all talks deaf
                log.warning("sound_bus_broken", error=type(error).__name__)
                await asyncio.sleep(RETRY_S)

    def _is_listener(self) -> bool:
        return self._listening is asyncio.current_task()

    async def _pass_on(self, pubsub: PubSub) -> None:
        """Raises what the connection does, and TimeoutError when it is dead."""
        pinged = False
        while self._is_listener():
            message = await pubsub.get_message(timeout=SILENT_S)
            if message is None:
                if pinged:
                    raise TimeoutError
                await ask(pubsub.ping())
            elif message["type"] == "message":
                self._give(message["channel"], message["data"])
            pinged = message is None

    def _give(self, key: bytes, frame: bytes) -> None:
        for take in list(self._takers.get(key, ())):
            try:
                take(frame)
            except Exception as error:  # noqa: BLE001  one talk's, and the others hear on
                log.error("sound_not_taken", error=type(error).__name__)

    async def _hang_up(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            await stop(listening)
        await self._renew()

    async def _renew(self) -> None:
        """The next subscription makes a new connection."""
        with suppress(RedisError, OSError):
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]
        self._pubsub = self._redis.pubsub()

    async def _send(self) -> None:
        """Send all that waits, together, until nothing does."""
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, {}
                try:
                    async with asyncio.timeout(ANSWER_S), self._redis.pipeline(False) as pipe:
                        for channel, frames in waiting.items():
                            for frame in frames:
                                pipe.publish(channel, frame)
                        await pipe.execute()
                except (RedisError, OSError) as error:
                    log.warning("sound_lost", error=type(error).__name__)
                    await asyncio.sleep(RETRY_S)
        finally:
            self._sending = None


_of_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, SoundBus]" = WeakKeyDictionary()
