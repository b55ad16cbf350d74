"""What a talk holds while it goes on, in bytes that Python counts."""

import asyncio
import tracemalloc

from coach.voice import limits
from coach.voice.conversation import Conversation
from coach.voice.relay import Relay
from tests.support.relay_stage import SETTINGS, Host, ManualClock, Page

TALKS = 5
FRAME = bytes(40 * limits.BYTES_PER_MS)
SECONDS = 4  # of sound: far more than is kept
KEPT_S = limits.MIC_PREROLL_S + 2 * limits.TICK_S
OF_ITS_OWN = 48 * 1024  # rules, queues, tasks and timers


class Mute:
    """An engine that takes all, and says nothing."""

    expires_at = None
    congested = False
    silent_s = 0.0

    def offer_to(self, take, is_ready):
        pass

    async def configure(self, settings):
        pass

    async def send(self, command):
        pass

    def append(self, pcm):
        pass

    async def events(self):
        await asyncio.Event().wait()
        yield

    def abort(self):
        pass

    async def close(self):
        pass


async def talk(clock):
    async def connect():
        return Mute()

    relay = Relay(
        conversation=Conversation(),
        page=Page(),
        host=Host(),
        connect=connect,
        settings=SETTINGS,
        clock=clock,
    )
    running = asyncio.create_task(relay.run())
    await clock.until(lambda: relay.connected)
    return relay, running


async def test_a_talk_keeps_a_second_of_sound_and_little_else():
    clock = ManualClock()
    first = await talk(clock)  # what is made once
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        talks = [await talk(clock) for _ in range(TALKS)]
        for _ in range(SECONDS * 25):
            for relay, _ in talks:
                relay.page_audio(bytes(bytearray(FRAME)))  # each is another one
            await clock.advance(0.04)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    sound = KEPT_S * 1000 * limits.BYTES_PER_MS
    held = (after - before) / TALKS
    assert held < sound + OF_ITS_OWN
    running = [task for _, task in [first, *talks]]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
