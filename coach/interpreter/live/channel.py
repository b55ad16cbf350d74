"""One translation session: the sound of one direction goes in, its events come out."""

import asyncio
from collections import deque
from collections.abc import Callable

import structlog

from coach.interpreter import limits
from coach.interpreter.direction import Heard, Input, Lost, Side, Sounded, Translated
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.engine_events import (
    EngineEvent,
    EngineFault,
    InputDelta,
    SessionClosed,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.interfaces import Connect, Engine
from coach.voice.limits import BYTES_PER_MS
from coach.voice.realtime import EngineError, EngineSettings, TranslationEngine
from coach.voice.reconnect import EngineConnector

log = structlog.get_logger(__name__)


class Channel:
    """Implements `EngineUser`. `take` is called with what the session of `side` tells.

    A session hears time by its sound: where none comes, it is sent silence, or it would take what
    was said before and after a pause for one sentence.
    """

    def __init__(
        self,
        side: Side,
        connect: Connect,
        settings: EngineSettings,
        take: Callable[[Input], None],
        clock: Clock,
    ) -> None:
        self._side = side
        self._take = take
        self._clock = clock
        self._connector = EngineConnector(self, connect, settings, clock)
        self._engine: Engine | None = None
        self._chunk = bytearray()
        self._waiting: deque[bytes] = deque(maxlen=limits.CHUNKS_WAITING)
        self._heard_at = clock.now()
        self._spoke_at = float("-inf")  # when an event came last
        self._finishing = False
        self._closed = asyncio.Event()  # as we have asked
        self._sent_ms = 0

    @property
    def available(self) -> bool:
        """There is a session: what is said is being translated."""
        return self._engine is not None

    async def run(self) -> None:
        """Keep a session at hand until it was asked for its last words.

        Raises the EngineError after which no attempt is left.
        """
        running = asyncio.create_task(self._connector.run())
        closed = asyncio.create_task(self._closed.wait())
        try:
            await asyncio.wait({running, closed}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
        finally:
            await cancel([running, closed])

    def hear(self, frame: bytes) -> None:
        """A frame of the microphone, or as much silence. Never waits."""
        self._heard_at = self._clock.now()
        self._chunk += frame
        if len(self._chunk) >= limits.CHUNK_BYTES:
            self._waiting.append(bytes(self._chunk))
            self._chunk.clear()
            self._send()

    def tick(self) -> None:
        """Where no sound comes, send silence in its place."""
        now = self._clock.now()
        if self._engine is not None and now - self._heard_at > limits.QUIET_S:
            silent_ms = int((now - self._heard_at) * 1000)
            self.hear(bytes(min(silent_ms, limits.CHUNK_MS * 5) * BYTES_PER_MS))
        self._send()

    async def finish(self) -> None:
        """Ask the session for its last words, and wait for them, but not long."""
        engine = self._engine
        self._finishing = True
        if not isinstance(engine, TranslationEngine):
            return
        try:
            async with asyncio.timeout(limits.DRAIN_S):
                if self._chunk:
                    engine.append(bytes(self._chunk))
                await engine.finish()
                await self._closed.wait()
        except (EngineError, TimeoutError) as error:
            log.info("translation_not_drained", error=type(error).__name__)

    def take_sent_ms(self) -> int:
        """Milliseconds of sound that were sent since the last time."""
        sent, self._sent_ms = self._sent_ms, 0
        return sent

    def _send(self) -> None:
        engine = self._engine
        try:
            while engine is not None and self._waiting and not engine.congested:
                chunk = self._waiting.popleft()
                engine.append(chunk)
                self._sent_ms += len(chunk) // BYTES_PER_MS
        except EngineError:
            return  # the engine's reader sees the same end

    # --- EngineUser -----------------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        """Nothing has been said for a while: a good moment to change the session."""
        return self._clock.now() - self._spoke_at > limits.LINE_QUIET_S

    async def on_dialling(self) -> None:
        """A session is dialled."""

    async def on_connected(self, engine: Engine) -> None:
        """Go on with this session, which hears what was said while there was none."""
        self._engine = engine
        self._send()

    async def on_disconnected(self) -> None:
        """What the session had heard and not said is lost."""
        if self._engine is not None:
            self._engine = None
            self._take(Lost(self._side))

    def is_ready(self, engine: Engine) -> bool:
        """This session is in use."""
        return engine is self._engine

    async def on_event(self, engine: Engine, event: EngineEvent) -> bool:
        """False: this session is not in use any more."""
        if engine is not self._engine:
            return False
        self.take(event)
        return True

    def take(self, event: EngineEvent) -> None:
        """What of an event concerns a translation."""
        match event:
            case InputDelta(delta=delta):
                self._tell(Heard(self._side, delta))
            case SpokenDelta(delta=delta):
                self._tell(Translated(self._side, delta))
            case SpokenAudio(pcm=pcm):
                self._take(Sounded(self._side, pcm))
            case SessionClosed() if self._finishing:
                self._closed.set()
            case EngineFault(code=code):
                log.info("translation_fault", code=code[:64])

    def _tell(self, given: Input) -> None:
        self._spoke_at = self._clock.now()
        self._take(given)
