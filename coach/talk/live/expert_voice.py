"""An expert's voice in a live talk: to the member's page, into words, and the member's sound back.

Nothing of this exists in a talk in which no expert speaks.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

from coach.sound_bus import SoundBus, to_expert, to_member
from coach.talk.live.admission import Admission
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.expert_turns import PersonSpeaks
from coach.voice import dictation, limits
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.dictation import Dictation, Words
from coach.voice.effects import CountUsage, DropCaption, ShowCaption
from coach.voice.inputs import PersonSound
from coach.voice.interfaces import Connect, Engine
from coach.voice.live_sound import LiveEnd
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.relay import Relay
from coach.wire import LiveSound

PAGE_AGAIN_S = 0.02  # a page that took nothing is offered the sound again


class ExpertHost(Protocol):
    """What the application does with an expert's words."""

    async def record_expert(self, speaks: PersonSpeaks, item_id: str, text: str) -> None:
        """Write a turn down."""

    def show_caption(self, caption: ShowCaption) -> None:
        """What is being said, for those who read along."""

    def count_usage(self, usage: CountUsage) -> None:
        """What the transcription cost."""


class ExpertVoice:
    """Follows the floor: opens a line while an expert speaks. One for each connection of a talk."""

    def __init__(
        self,
        group: str,
        relay: Relay,
        host: ExpertHost,
        connect: Connect,
        settings: EngineSettings,
        tasks: BackgroundTasks,
        place: Callable[[], Admission],
    ) -> None:
        """`connect` and `settings` are those of the talk's engine; all runs in `tasks`.

        `place` makes a further place with that engine, for the transcription.
        """
        self._group = group
        self._relay = relay
        self._host = host
        self._connect = connect
        self._settings = settings
        self._tasks = tasks
        self._place = place
        self._speaks: PersonSpeaks | None = None
        self._line: _Line | None = None
        self._running: asyncio.Task[None] | None = None  # the line's
        self.ending: set[asyncio.Task[None]] = set()  # lines whose last words are waited for

    @property
    def open(self) -> bool:
        """An expert speaks."""
        return self._line is not None

    def follow(self, speaks: PersonSpeaks | None) -> None:
        """Who has the floor by voice now. The same again changes nothing."""
        if speaks == self._speaks:
            return
        self._speaks = speaks
        self.hang_up()
        bus = SoundBus.here()
        if speaks is not None and bus is not None:
            words = self._words(speaks)
            place = self._place()
            connect = partial(_dial, place, self._connect)
            hears = Dictation(connect, self._settings, words)
            self._line = _Line(self._group, bus, speaks, self._relay, hears, place)
            self._running = self._tasks.start(self._line.run())

    def hang_up(self) -> None:
        """From this moment on no sound goes either way; `ending` waits for the last words."""
        line, self._line = self._line, None
        running, self._running = self._running, None
        if line is not None and running is not None:
            line.hang_up()
            running.cancel()
            self.ending.add(running)
            running.add_done_callback(self.ending.discard)

    async def close(self) -> None:
        """Hang up, and wait for the last words."""
        self.hang_up()
        await asyncio.gather(*self.ending, return_exceptions=True)

    def _words(self, speaks: PersonSpeaks) -> Words:
        host, relay = self._host, self._relay

        def partial(item: str, text: str) -> None:
            caption = ShowCaption("expert", item, text)
            host.show_caption(caption)
            relay.show(caption)

        def final(item: str, text: str) -> None:
            self._tasks.start(host.record_expert(speaks, item, text))

        return Words(partial, final, lambda item: relay.show(DropCaption(item)), host.count_usage)


async def _dial(place: Admission, connect: Connect) -> Engine:
    """Transcription takes a place with the engine, too. It goes behind every talk that waits.

    Raises EngineError where all places are taken: the voice is heard all the same.
    """
    if not await place.take_now():
        raise EngineError("all places of the engine are taken", "no_place", True)
    return await connect()


class _Line:
    """Between the member's socket and the expert's, under one epoch of the floor."""

    def __init__(
        self,
        group: str,
        bus: SoundBus,
        speaks: PersonSpeaks,
        relay: Relay,
        hears: Dictation,
        place: Admission,
    ) -> None:
        self._bus = bus
        self._from, self._to = to_member(group), to_expert(group)
        self._epoch = speaks.epoch
        self._relay = relay
        self._hears = hears
        self._place = place
        self._clock = Clock()
        self._end = LiveEnd(speaks.epoch, self._clock)
        self._waiting: deque[LiveSound] = deque(maxlen=limits.LIVE_FRAMES)
        self._again: asyncio.TimerHandle | None = None
        self._over = False  # a cancellation may be lost on its way; this is not

    async def run(self) -> None:
        """Until `hang_up`, or cancelled; then the last words are waited for."""
        running = asyncio.create_task(self._hears.run(), name="dictation")
        keeping = asyncio.create_task(self._place.keep(lambda: 0.0), name="dictation's place")
        try:
            async with self._bus.subscription(self._from, self._on_frame):
                if not self._over:
                    self._relay.listener = self._on_member
                    self._relay.person_played = self._end.page_plays
                while not self._over:
                    self._bus.publish(self._to, self._end.send(words=self._hears.available))
                    await self._clock.sleep(limits.LIVE_STATUS_S)
                    self._hears.tick()
        finally:
            self.hang_up()
            try:
                await dictation.stop(self._hears, running)
            finally:
                await cancel([keeping])
                await self._place.leave(for_good=True)

    def hang_up(self) -> None:
        """Neither hears the other any more, whatever Redis still has to be told."""
        self._over = True
        if self._relay.listener == self._on_member:  # and not a newer line's
            self._relay.listener = self._relay.person_played = None
        if self._again is not None:
            self._again.cancel()
            self._again = None
        self._waiting.clear()

    def _on_member(self, frame: bytes) -> None:
        self._bus.publish(self._to, self._end.send(frame, words=self._hears.available))

    def _on_frame(self, frame: bytes) -> None:
        if self._over:
            return
        sound = self._end.receive(frame)
        if sound is None or not sound.pcm:
            return
        self._hears.hear(sound.pcm)
        self._waiting.append(sound)
        if self._again is None:
            self._play()

    def _play(self) -> None:
        """Give the page what waits; a page that takes nothing loses the oldest."""
        self._again = None
        while self._waiting and self._relay.page_idle:
            sound = self._waiting.popleft()
            self._relay.take(PersonSound(self._epoch, sound.pcm))
            self._end.given(sound.number)
        if self._waiting:
            loop = asyncio.get_running_loop()
            self._again = loop.call_later(PAGE_AGAIN_S, self._play)
