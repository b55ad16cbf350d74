"""Members in a talk, over real sockets: they type, call for a person, are cut off, come back."""

import asyncio
import contextlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection

from coach.wire.audio import HEADER, LIVE
from tests.faults.page import LOST, Page
from tests.faults.site import Site

SMALL_TALK = ("Hello there.", "How much protein is in an egg?", "How many calories are left?")
DANGER, URGENT = "I want to kill myself", "I throw up after meals"
CALM_AGAIN_S = 8.0  # after a call, before the next
ENDED = 4410


@dataclass
class Typed:
    """A text, until its turn is in the thread (`written`) or the page says that it is not."""

    text: str
    written: bool = False
    told: bool = False


class Member(Page):
    """One page of one talk."""

    def __init__(self, site: Site, talk: str, cookie: str, number: int) -> None:
        super().__init__(site, f"/ws/talk/{talk}/", cookie, number)
        self.talk = talk
        self.typed: dict[str, Typed] = {}
        self.asked = False  # and the server has said yes
        self.seen: dict[int, str] = {}  # what the page has of the thread: number, speaker or card
        self.texts: dict[int, str] = {}
        self.errors: Counter[str] = Counter()
        self.floor, self.generation, self.late_ms = "coach", 0, 0.0
        self.called_at = float("-inf")
        self.heard: Counter[int] = Counter()

    # --- the page ---------------------------------------------------------------------------------

    async def _attend(self, socket: ClientConnection) -> None:
        self.heard.clear()
        await socket.send(json.dumps({"type": "hello", "since": max(self.seen, default=0)}))
        async for raw in socket:
            await self.reading.wait()
            if isinstance(raw, bytes):
                await self._sound(socket, raw)
            else:
                await self._take(json.loads(raw))
        self.left = self.left or socket.close_code == ENDED

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "ready":
                self.ready = True
                for id_, typed in self.typed.items():
                    if not typed.written:
                        await self._send({"type": "text", "id": id_, "text": typed.text})
            case "turn":
                self.seen[message["seq"]] = message["speaker"]
                self.texts[message["seq"]] = message["text"]
                if own := self.typed.get(message["client_id"] or ""):
                    own.written = True
            case "card":
                self.seen[message["seq"]] = f"card {message['kind']}"
            case "floor":
                self.floor = message["floor"]
            case "clear":
                self.generation = message["generation"]
            case "error":
                self.errors[message["code"]] += 1
                if message["code"] == "not_saved":
                    for typed in self.typed.values():
                        typed.told = typed.told or not typed.written
            case "ended":
                self.left = True

    async def _sound(self, socket: ClientConnection, frame: bytes) -> None:
        """Plays at once what comes; of an older generation the page plays nothing."""
        generation, item, flags = HEADER.unpack_from(frame)
        if generation < self.generation:
            return
        ms = (len(frame) - HEADER.size) / 48
        if self.floor == "expert" and not flags & LIVE:
            self.late_ms += ms
        self.heard[item] += int(ms)
        heard = {"type": "heard", "generation": generation, "item": item, "ms": self.heard[item]}
        await socket.send(json.dumps(heard))

    async def _send(self, message: dict[str, Any]) -> None:
        if self._socket is not None:
            with contextlib.suppress(*LOST):
                await self._socket.send(json.dumps(message))

    # --- the member -------------------------------------------------------------------------------

    async def will(self) -> None:
        """Says something now and then, and calls for a person when nobody is with them.

        Says nothing where nobody calls: everything is to come to rest.
        """
        while not self.left:
            await asyncio.sleep(self.chance.expovariate(1 / self.site.pause_s))
            if not self.ready or not self.site.calls:
                continue
            if not self.is_calm:
                if self.chance.random() < 0.3:
                    await self.say("I am still here.")
                continue
            match self.chance.randrange(8):
                case 0 | 1:
                    await self.call_in_danger()
                case 2 | 3:
                    await self.say(URGENT, calls=True)
                case 4:
                    await self.ask()
                case _:
                    await self.say(self.chance.choice(SMALL_TALK))

    @property
    def is_calm(self) -> bool:
        """Nobody is called, and nobody was a moment ago."""
        now = asyncio.get_running_loop().time()
        return self.floor == "coach" and now > self.called_at + CALM_AGAIN_S

    async def say(self, text: str, *, calls: bool = False) -> str:
        """Type it; returns its id. It is sent again after each loss until its turn comes."""
        if calls:
            self.called_at = asyncio.get_running_loop().time()
        id_ = f"{self.talk[:8]}-{len(self.typed)}"
        self.typed[id_] = Typed(text)
        if self.ready:
            await self._send({"type": "text", "id": id_, "text": text})
        return id_

    async def call_in_danger(self) -> str:
        return await self.say(DANGER, calls=True)

    async def ask(self) -> None:
        """By the button, which goes through no model."""
        self.called_at = asyncio.get_running_loop().time()
        answer = await self.site.post(f"/handoff/ask/{self.talk}/", self.cookie, reason="please")
        self.asked = self.asked or (answer is not None and answer.status_code == 200)

    async def leave(self) -> None:
        """End the talk, as by its button."""
        await self._send({"type": "end"})

    # --- for the checker --------------------------------------------------------------------------

    @property
    def undecided(self) -> list[str]:
        """What was typed and is neither written nor told of."""
        return [id_ for id_, typed in self.typed.items() if not typed.written and not typed.told]
