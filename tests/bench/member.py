"""A member in a talk, as the page plays them: speaks in real time, hears in real time, types,
interrupts the coach, loses the connection and comes back."""

import asyncio
import json
import random
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from coach.voice.pcm import to_bytes
from tests.bench.sounds import Said

FRAME = 960  # bytes of 20 ms
SILENCE = bytes(FRAME)
REPORT_S = 0.1
PAUSE_S = 12.0  # between one turn and the next, on average
ANSWER_S = 45.0
QUIET_S = 0.5
BEHIND_S = 1.0
DOES = {"speak": 12, "type": 3, "interrupt": 3, "reconnect": 2}


@dataclass
class Tally:
    """What came of all that the members did."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)  # seconds, end of a turn to the coach's sound


class Member:
    """One member with one talk."""

    def __init__(
        self, url: str, cookie: str, sounds: Sequence[Said], tally: Tally, number: int
    ) -> None:
        self._url, self._sounds, self._tally = url, sounds, tally
        origin = url.replace("ws:", "http:").partition("/ws/")[0]
        self._headers = {"Cookie": f"sessionid={cookie}", "Origin": origin}
        self._random = random.Random(number)
        self._since = 0
        self._turns: list[str] = []  # who spoke, in the thread's order
        self._forget()

    def _forget(self) -> None:
        self._mouth: deque[bytes] = deque()
        self._sound: deque[tuple[int, int, float]] = deque()  # generation, item, ms
        self._heard: Counter[tuple[int, int]] = Counter()
        self._quiet_since = time.monotonic()

    async def live(self) -> None:
        """Talks until cancelled."""
        while True:
            self._forget()
            try:
                async with connect(
                    self._url, additional_headers=self._headers, compression=None, max_size=None
                ) as socket:
                    await self._visit(socket)
                    continue
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                self._tally.counts[f"closed by the server {code}"] += 1
            except (OSError, InvalidHandshake) as error:
                self._tally.counts[f"refused {type(error).__name__}"] += 1
            await asyncio.sleep(2)

    async def _visit(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"type": "hello", "since": self._since}))
        pumps = [self._listen(socket), self._play(socket), self._speak(socket), self._will(socket)]
        tasks = [asyncio.create_task(pump) for pump in pumps]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # --- the page ------------------------------------------------------------------------------

    async def _listen(self, socket: ClientConnection) -> None:
        async for raw in socket:
            if isinstance(raw, bytes):
                generation, item = int.from_bytes(raw[:4], "little"), raw[4] + 256 * raw[5]
                self._sound.append((generation, item, (len(raw) - 8) / 48))
            else:
                self._told(json.loads(raw))
        raise ConnectionClosed(None, None)

    def _told(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "turn":
                self._since = max(self._since, message["seq"])
                self._turns.append(message["speaker"])
                self._tally.counts["cut short"] += bool(message["interrupted"])
            case "clear":
                self._sound.clear()
            case "error":
                self._tally.counts[f"error {message['code']}"] += 1
            case "waiting":
                self._tally.counts["in the waiting line"] += 1

    async def _play(self, socket: ClientConnection) -> None:
        """Plays what came, in real time, and reports it as the page does."""
        while True:
            await asyncio.sleep(REPORT_S)
            left, report = 1000 * REPORT_S, None
            while self._sound and left > 0:
                generation, item, ms = self._sound.popleft()
                played = min(ms, left)
                left -= played
                self._heard[generation, item] += played
                report = generation, item
                if ms > played:
                    self._sound.appendleft((generation, item, ms - played))
            if report is not None:
                self._quiet_since = time.monotonic()
                ms = self._heard[report]
                heard = {"type": "heard", "generation": report[0], "item": report[1], "ms": ms}
                await socket.send(json.dumps(heard))

    async def _speak(self, socket: ClientConnection) -> None:
        """The microphone: a frame each 20 ms, silence where nothing is said."""
        begun, sent = time.monotonic(), 0
        while True:
            await socket.send(self._mouth.popleft() if self._mouth else SILENCE)
            sent += 1
            early = begun + sent * 0.02 - time.monotonic()
            if early < -BEHIND_S:  # the page drops what the network does not take
                self._tally.counts["seconds of sound dropped"] += int(-early)
                begun -= early
            await asyncio.sleep(max(0.0, early))

    # --- the member ----------------------------------------------------------------------------

    async def _will(self, socket: ClientConnection) -> None:
        await asyncio.sleep(self._random.uniform(2, PAUSE_S))
        while True:
            await self._until_quiet()
            await asyncio.sleep(self._random.expovariate(1 / PAUSE_S))
            [what] = self._random.choices(list(DOES), list(DOES.values()))
            self._tally.counts[f"does {what}"] += 1
            if what == "reconnect":
                return
            await self._until_quiet()
            before = len(self._turns)
            if what == "type":
                text, id_ = self._random.choice(self._sounds).text, f"{self._random.random()}"
                await socket.send(json.dumps({"type": "text", "id": id_, "text": text}))
            else:
                await self._say()
            if what == "interrupt":
                await self._interrupt()
            await self._answer(before)

    async def _say(self) -> None:
        data = to_bytes(self._random.choice(self._sounds).pcm)
        frames = (data[at : at + FRAME] for at in range(0, len(data), FRAME))
        self._mouth.extend(frame.ljust(FRAME, b"\0") for frame in frames)
        while self._mouth:  # noqa: ASYNC110  emptied by the microphone
            await asyncio.sleep(0.02)

    async def _interrupt(self) -> None:
        """Speaks over the answer, if one comes."""
        until = time.monotonic() + ANSWER_S / 3
        while not self._sound and time.monotonic() < until:  # noqa: ASYNC110  filled by the reader
            await asyncio.sleep(0.05)
        await asyncio.sleep(self._random.uniform(0.3, 1.0))
        await self._say()

    async def _answer(self, before: int) -> None:
        """Waits for the member's own turn in the thread and the coach's after it."""
        begun = time.monotonic()
        sounded = False
        while time.monotonic() - begun < ANSWER_S:
            if self._sound and not sounded:
                sounded = True
                self._tally.waits.append(time.monotonic() - begun)
            fresh = self._turns[before:]
            if "member" in fresh and "coach" in fresh[fresh.index("member") :]:
                self._tally.counts["answered"] += 1
                return
            await asyncio.sleep(0.05)
        lost = "unanswered" if "member" in self._turns[before:] else "unheard"
        self._tally.counts[f"lost: {lost}"] += 1

    async def _until_quiet(self) -> None:
        while self._sound or time.monotonic() - self._quiet_since < QUIET_S:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
