"""The other sides of a relay, recorded: its page, its host, and a talk with a scripted engine."""

import asyncio
import heapq
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

from coach import wire
from coach.voice.clock import Clock
from coach.voice.conversation import Conversation
from coach.voice.effects import (
    CountUsage,
    DirectiveDelivered,
    RecordTurn,
    RunTool,
    ScreenText,
    ShowCaption,
)
from coach.voice.interfaces import HistoryLine
from coach.voice.realtime import EngineSettings, EngineTarget, connect
from coach.voice.relay import Relay

SETTINGS = EngineSettings("Be kind.")
LOUD = struct.pack("<480h", *([8000, -8000] * 240))


class ManualClock(Clock):
    """Stands still until the test advances it; sleepers wake in the order of their times."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = 0

    def now(self) -> float:
        return self._now

    def wall(self) -> float:
        return 1_800_000_000.0 + self._now

    async def sleep(self, seconds: float) -> None:
        self._number += 1
        waking = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, self._number, waking))
        await waking

    async def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        end = self._now + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, waking = heapq.heappop(self._sleepers)
            self._now = max(self._now, due)
            if not waking.done():
                waking.set_result(None)
                for _ in range(5):  # let it do what it woke for, and sleep again
                    await asyncio.sleep(0)
        self._now = end

    async def until(self, condition: Callable[[], Any], *, within: float = 60.0) -> None:
        """Advance until the condition holds; fails after `within` seconds of this clock."""
        end = self._now + within
        while not condition():
            assert self._now < end, "it never came"
            await self.advance(0.25)
            await asyncio.sleep(0.002)


class Page:
    """Implements `interfaces.Page`: records what it is sent, at once if it is `direct`."""

    direct = True

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.frames: list[tuple[int, int, int]] = []
        self.log: list[str] = []

    def send_now(self, message: wire.ToPage) -> bool:
        taken = self.direct
        if taken:
            self.keep(message)
        return taken

    def send_audio_now(self, frame: bytes) -> bool:
        taken = self.direct
        if taken:
            self.keep_audio(frame)
        return taken

    async def send(self, message: wire.ToPage) -> None:
        self.keep(message)

    async def send_audio(self, frame: bytes) -> None:
        self.keep_audio(frame)

    def keep(self, message: wire.ToPage) -> None:
        self.messages.append(json.loads(wire.encode(message)))
        self.log.append(self.messages[-1]["type"])

    def keep_audio(self, frame: bytes) -> None:
        generation, index, _ = struct.unpack("<IHH", frame[:8])
        self.frames.append((generation, index, len(frame) - 8))
        self.log.append("audio")

    @property
    def errors(self) -> list[tuple[str, bool]]:
        return [(m["code"], m["fatal"]) for m in self.of("error")]

    @property
    def states(self) -> list[str]:
        return [m["state"] for m in self.of("state")]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [m for m in self.messages if m["type"] == kind]


class Host:
    """Implements `interfaces.Host`: records what it is asked, and answers as its fields say."""

    def __init__(self) -> None:
        self.turns: list[RecordTurn] = []
        self.calls: list[tuple[str, str, str]] = []
        self.lines: list[HistoryLine] = []
        self.hold_on = ""
        self.refuse = False
        self.tool_s = 0.0
        self.broken = False
        self.delivered: list[int] = []
        self.shown_errors: list[str] = []
        self.counted: list[CountUsage] = []

    @property
    def written(self) -> list[tuple[str, str, bool]]:
        return [(t.speaker, t.text, t.interrupted) for t in self.turns if not t.notice]

    @property
    def notices(self) -> list[str]:
        return [t.notice for t in self.turns if t.notice]

    async def record_turn(self, turn: RecordTurn) -> bool:
        self.turns.append(turn)
        if not turn.notice:
            self.lines.append(HistoryLine(turn.speaker, turn.text))
        return not self.refuse

    async def run_tool(self, call: RunTool) -> str:
        self.calls.append((call.call_id, call.name, call.arguments))
        if self.broken:
            raise RuntimeError("broken")
        await asyncio.sleep(self.tool_s)
        return '{"say": "Done."}'

    def screen(self, text: ScreenText) -> bool:
        return bool(self.hold_on) and self.hold_on in text.text

    def show_caption(self, caption: ShowCaption) -> None:
        pass

    async def history(self) -> list[HistoryLine]:
        return list(self.lines)

    def count_usage(self, usage: CountUsage) -> None:
        self.counted.append(usage)

    def directive_delivered(self, delivered: DirectiveDelivered) -> None:
        self.delivered.append(delivered.ref)

    def error_message(self, code: str) -> str:
        return f"words for {code}"

    def error_shown(self, code: str) -> None:
        self.shown_errors.append(code)


def relay_of(url: str, page: Page, host: Host, clock: Clock | None = None, **options: Any) -> Relay:
    """A relay to the engine at `url`; `options` are the conversation's."""
    return Relay(
        conversation=Conversation(**options),
        page=page,
        host=host,
        connect=lambda: connect(EngineTarget(url, "", "m")),
        settings=SETTINGS,
        clock=clock,
    )


class Listening(Protocol):
    """A server that can be dialled."""

    @property
    def url(self) -> str: ...


@asynccontextmanager
async def talking(
    engine: Listening,
    host: Host,
    *,
    page: Page | None = None,
    clock: Clock | None = None,
    **options: Any,
) -> AsyncIterator[tuple[Relay, Page, asyncio.Task[None]]]:
    """A running relay, its page, which shows a state already, and the task of `run`."""
    page = page or Page()
    relay = relay_of(engine.url, page, host, clock, **options)
    task = asyncio.create_task(relay.run())
    async with asyncio.timeout(10):
        while not page.of("state"):  # noqa: ASYNC110  the same
            await asyncio.sleep(0.005)
    try:
        yield relay, page, task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait until the condition holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  nothing to wait on in a recorded list
            await asyncio.sleep(0.005)
