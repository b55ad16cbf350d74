"""A course of talks with any Realtime server, as the relay has it with one; with figures.

    python -m tests.bench.try_engine [--url ws://…/v1/realtime] [--model m] [--key k] [--turns 4]

Without an address our own engine is tried. The member types, speaks recorded sentences in real
time, is answered in real time, cuts the coach off by tap and by voice, and speaks under the button;
with «answers speech by itself» and without. «First word»: from the last sound of the member to the
first of the coach, or to their first written word where nothing is spoken.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from coach import wire
from coach.engine.server.run import serve
from coach.voice.conversation import Conversation
from coach.voice.inputs import Interrupt, PlaybackProgress, TalkMode, TextTyped
from coach.voice.pcm import to_bytes
from coach.voice.realtime import EngineSettings, EngineTarget, connect
from coach.voice.relay import Relay
from tests.bench.openai_parts import LONG
from tests.bench.sounds import Said, recordings
from tests.support.relay_stage import Host, until

FRAME = 960  # bytes of 20 ms
FRAME_S = 0.02
REPORT_S = 0.1
START_S = 60.0
ANSWER_S = 40.0
SOUND_S = 3.0  # its words may come so much earlier than its sound
QUIET_S = 0.6  # nothing more was played for so long: the answer is over
INSTRUCTIONS = f"You are a friendly coach. Answer in one short sentence. If asked «{LONG}», do so."


class RealTimePage:
    """Implements `interfaces.Page`: plays what comes as fast as one hears it, and says so."""

    def __init__(self) -> None:
        self.relay: Relay | None = None
        self.state = ""
        self.errors: list[str] = []
        self.cleared = 0
        self.heard_at = 0.0  # the first sound of the answer that is waited for
        self.written_at = 0.0  # its first word
        self.sounded_at = 0.0
        self._queue: list[tuple[int, int, float]] = []  # generation, item, ms
        self._heard: dict[tuple[int, int], float] = {}

    async def send(self, message: wire.ToPage) -> None:
        self.send_now(message)

    async def send_audio(self, frame: bytes) -> None:
        self.send_audio_now(frame)

    def send_now(self, message: wire.ToPage) -> bool:
        told = json.loads(wire.encode(message))
        match told["type"]:
            case "state":
                self.state = told["state"]
            case "error":
                self.errors.append(told["code"])
            case "clear":
                self.cleared += 1
                self._queue.clear()
            case "caption" if told["speaker"] == "coach":
                self.written_at = self.written_at or time.perf_counter()
        return True

    def send_audio_now(self, frame: bytes) -> bool:
        generation, item, _ = struct.unpack("<IHH", frame[:8])
        self.heard_at = self.heard_at or time.perf_counter()
        self._queue.append((generation, item, (len(frame) - 8) / 48))
        return True

    def await_answer(self) -> None:
        """What comes from now on belongs to the next answer."""
        self.heard_at = self.written_at = 0.0

    @property
    def playing(self) -> bool:
        """The member hears the coach."""
        return bool(self._queue)

    async def play(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(REPORT_S)
            left = 1000 * REPORT_S
            while self._queue and left > 0:
                generation, item, ms = self._queue.pop(0)
                played = min(ms, left)
                left -= played
                if played < ms:
                    self._queue.insert(0, (generation, item, ms - played))
                self.sounded_at = time.perf_counter()
                key = generation, item
                self._heard[key] = self._heard.get(key, 0.0) + played
                assert self.relay
                await self.relay.dispatch(PlaybackProgress(*key, int(self._heard[key])))


class Member:
    """Speaks into one talk, in real time; silence is sound, too."""

    def __init__(self, relay: Relay, page: RealTimePage, host: Host) -> None:
        self.relay, self.page, self.host = relay, page, host
        self._mouth = b""
        self._spoken = asyncio.Event()
        self._typed = 0

    async def live(self) -> None:
        """Until cancelled."""
        begun, sent = time.perf_counter(), 0
        while True:
            frame, self._mouth = self._mouth[:FRAME].ljust(FRAME, b"\0"), self._mouth[FRAME:]
            self.relay.page_audio(frame)
            if not self._mouth:
                self._spoken.set()
            sent += 1
            await asyncio.sleep(max(0.0, begun + sent * FRAME_S - time.perf_counter()))

    async def say(self, said: Said) -> float:
        """Returns the moment of the last sound."""
        self._spoken.clear()
        self._mouth = to_bytes(said.pcm)
        self.page.await_answer()
        await self._spoken.wait()
        return time.perf_counter()

    async def type(self, text: str) -> float:
        self._typed += 1
        self.page.await_answer()
        await self.relay.dispatch(TextTyped(f"t{self._typed}", text))
        return time.perf_counter()

    async def first_word(self, since: float) -> float:
        """Seconds until the coach's answer begins. Raises TimeoutError."""
        page = self.page
        await until(lambda: page.heard_at or page.written_at, ANSWER_S)
        with contextlib.suppress(TimeoutError):
            await until(lambda: page.heard_at, SOUND_S)
        return (page.heard_at or page.written_at) - since

    async def hear_out(self) -> None:
        await until(
            lambda: (
                not self.page.playing
                and time.perf_counter() - self.page.sounded_at > QUIET_S
                and self.relay.settled
            ),
            ANSWER_S,
        )


# --- the course ---------------------------------------------------------------------------------


async def typed(member: Member, said: list[Said]) -> str:
    took = await member.first_word(await member.type("I had a banana."))
    await member.hear_out()
    return f"first word after {1000 * took:.0f} ms"


async def spoken(member: Member, said: list[Said]) -> str:
    times = []
    for one in said:
        times.append(1000 * await member.first_word(await member.say(one)))
        await member.hear_out()
    each = " ".join(f"{ms:.0f}" for ms in times)
    return f"first word after median {statistics.median(times):.0f} ms ({each})"


async def tapped(member: Member, said: list[Said]) -> str:
    await member.first_word(await member.type(LONG))
    await asyncio.sleep(1.0)
    await member.relay.dispatch(Interrupt())
    await until(lambda: not member.page.playing, 2.0)
    await member.hear_out()
    return "silent at once"


async def talked_over(member: Member, said: list[Said]) -> str:
    await member.first_word(await member.type(LONG))
    await asyncio.sleep(1.0)
    cleared, begun = member.page.cleared, time.perf_counter()
    speaking = asyncio.create_task(member.say(said[0]))
    await until(lambda: member.page.cleared > cleared, ANSWER_S)
    silent = time.perf_counter() - begun
    member.page.await_answer()
    took = await member.first_word(await speaking)
    return f"silent after {1000 * silent:.0f} ms of speech, first word after {1000 * took:.0f} ms"


async def pressed(member: Member, said: list[Said]) -> str:
    await member.relay.dispatch(TalkMode(push=True))
    await asyncio.sleep(1.0)
    await member.relay.button_held(True)
    ended = await member.say(said[0])
    await member.relay.button_held(False)
    took = await member.first_word(ended)
    await member.hear_out()
    return f"first word after {1000 * took:.0f} ms"


STEPS: dict[str, Callable[[Member, list[Said]], Awaitable[str]]] = {
    "typed": typed,
    "spoken": spoken,
    "cut off by a tap": tapped,
    "cut off by voice": talked_over,
    "under the button": pressed,
}


@asynccontextmanager
async def talk(target: EngineTarget, *, answers_itself: bool) -> AsyncIterator[Member]:
    """A talk with its member, once the engine listens."""
    page, host = RealTimePage(), Host()
    relay = Relay(
        conversation=Conversation(answers_itself=answers_itself),
        page=page,
        host=host,
        connect=lambda: connect(target),
        settings=EngineSettings(INSTRUCTIONS, answers_itself=answers_itself),
    )
    page.relay = relay
    member = Member(relay, page, host)
    tasks = [asyncio.create_task(work) for work in (relay.run(), page.play(), member.live())]
    try:
        await until(lambda: page.state == "listening" or tasks[0].done(), START_S)
        yield member
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def step(target: EngineTarget, name: str, said: list[Said], *, box: bool) -> bool:
    """One step in a talk of its own; tells what came of it."""
    try:
        async with talk(target, answers_itself=box) as member:
            try:
                result, good = await STEPS[name](member, said), True
            except TimeoutError:
                result, good = "nothing came", False
            errors = member.page.errors
            heard = [turn.text for turn in member.host.turns if turn.speaker == "member"]
    except TimeoutError:
        result, good, errors, heard = "no talk began", False, [], []
    told = f"; told: {', '.join(errors)}" if errors else ""
    print(f"  {'ok' if good else '--'}  {name:18} {result}{told}", flush=True)
    if not good:
        print(f"      in the thread of the member: {heard}", flush=True)
    return good


async def course(target: EngineTarget, turns: int) -> bool:
    """Both settings of the box. True: everything was answered."""
    said = recordings(("slt",))[:turns]
    good = True
    for box in (False, True):
        print(f"«answers speech by itself» {'ticked' if box else 'not ticked'}:", flush=True)
        for name in STEPS:
            good = await step(target, name, said, box=box) and good
    return good


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", default=os.environ.get("ENGINE_URL", ""))
    parser.add_argument("--model", default=os.environ.get("ENGINE_MODEL", "gpt-realtime-2.1"))
    parser.add_argument("--key", default=os.environ.get("ENGINE_KEY", ""))
    parser.add_argument("--turns", type=int, default=4)
    options = parser.parse_args()
    async with contextlib.AsyncExitStack() as stack:
        url = options.url
        if not url:
            url = f"ws://127.0.0.1:{await stack.enter_async_context(serve(key=''))}/v1/realtime"
        print(f"{url}, {options.turns} spoken turns", flush=True)
        good = await course(EngineTarget(url, options.key, options.model), options.turns)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    asyncio.run(main())
