"""A talk with an engine whose components are endpoints, over its real socket."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from coach.engine.compatible import Endpoints, LlmEndpoint, SttEndpoint, TtsEndpoint
from coach.engine.server.run import serve
from coach.engine.stt.types import Stt, SttStream, VadFrame
from coach.engine.tts.types import SpeechChunk, Tts
from tests.support.http_endpoint import ScriptedEndpoint

TOOL = {
    "type": "function",
    "name": "log_meal",
    "description": "Write down what the member ate.",
    "parameters": {"type": "object", "properties": {"said": {"type": "string"}}},
}
OTHER = {**TOOL, "name": "show_day", "description": "Show the day."}


class LocalSttStream:
    """A stream that finds speech in whatever is not silent; its partial is always one word."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._held = np.zeros(0, dtype=np.int16)
        self._start = 0

    async def feed(self, pcm24k: np.ndarray, *, behind: bool = False) -> list[VadFrame]:
        self._held = np.concatenate((self._held, pcm24k))
        frames = []
        while self._held.size >= 768:
            frames.append(VadFrame(float(np.abs(self._held[:768]).max() > 0), self._start))
            self._held, self._start = self._held[768:], self._start + 768
        return frames

    async def transcribe(self, pcm24k: np.ndarray, *, partial: bool = False, **_: Any) -> str:
        return "Glimpse" if partial else "Heard here."


class LocalStt:
    def stream(self) -> SttStream:
        return LocalSttStream()


class ToneTts:
    """A synthesiser that hums 10 ms for each letter."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, float]] = []

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[SpeechChunk]:
        self.said.append((text, voice, speed))
        yield SpeechChunk(text, np.full(240 * len(text), 1_000, dtype=np.int16))


class Talk:
    """Sends and collects events."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []

    async def send(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def until(self, *kinds: str) -> dict[str, Any]:
        while True:
            event: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), 20))
            self.events.append(event)
            if event["type"] in kinds:
                return event

    async def update(self, **settings: Any) -> dict[str, Any]:
        await self.send("session.update", session={"type": "realtime", **settings})
        return await self.until("session.updated", "error")

    async def item(self, **item: Any) -> None:
        await self.send("conversation.item.create", item=item)

    async def user(self, *content: dict[str, Any] | str) -> None:
        parts = [{"type": "input_text", "text": c} if isinstance(c, str) else c for c in content]
        await self.item(type="message", role="user", content=parts)

    async def respond(self, **response: Any) -> dict[str, Any]:
        """The response, once it is done."""
        await self.send("response.create", response=response)
        done = await self.until("response.done", "error")
        assert done["type"] == "response.done", done
        found: dict[str, Any] = done["response"]
        return found

    async def ask(self, text: str = "Hello.", **response: Any) -> dict[str, Any]:
        await self.user(text)
        return await self.respond(**response)

    async def speak(self, pcm: np.ndarray) -> None:
        for at in range(0, pcm.size, 2_400):
            chunk = pcm[at : at + 2_400].astype("<i2").tobytes()
            await self.send("input_audio_buffer.append", audio=base64.b64encode(chunk).decode())

    def sound(self) -> np.ndarray:
        deltas = [e["delta"] for e in self.events if e["type"] == "response.output_audio.delta"]
        return np.frombuffer(b"".join(base64.b64decode(one) for one in deltas), dtype="<i2")


def words(response: dict[str, Any]) -> str:
    """All that a response said."""
    parts = [part for item in response["output"] for part in item.get("content", [])]
    return " ".join(part.get("transcript") or part.get("text") or "" for part in parts)


def calls(response: dict[str, Any]) -> list[tuple[str, Any]]:
    """All tools that a response took, with their arguments."""
    taken = [item for item in response["output"] if item["type"] == "function_call"]
    return [(item["name"], json.loads(item["arguments"])) for item in taken]


def failed(response: dict[str, Any]) -> str:
    """Why it did not work."""
    assert response["status"] == "failed", response
    code: str = response["status_details"]["error"]["code"]
    return code


def llm_endpoint(server: ScriptedEndpoint, images: bool = False) -> Endpoints:
    return Endpoints(llm=LlmEndpoint(url=server.url, key="sk-llm", model="small", images=images))


def stt_endpoint(server: ScriptedEndpoint, languages: Sequence[str] = ("*",)) -> Endpoints:
    one = SttEndpoint(url=server.url, key="sk-stt", model="whisper", languages=tuple(languages))
    return Endpoints(stt=one)


def tts_endpoint(server: ScriptedEndpoint, names: Sequence[str] = ()) -> Endpoints:
    one = TtsEndpoint(url=server.url, key="sk-tts", model="tts", voices=tuple(names))
    return Endpoints(tts=one)


@asynccontextmanager
async def talking(
    endpoints: Endpoints, tts: Tts | None = None, stt: Stt | None = None
) -> AsyncIterator[Talk]:
    """A talk whose local components, where none are given, cost nothing."""
    stt, tts = stt or LocalStt(), tts or ToneTts()
    async with (
        serve(key="", endpoints=endpoints, stt=stt, tts=tts) as port,
        connect(f"ws://127.0.0.1:{port}/v1/realtime?model=m") as socket,
    ):
        talk = Talk(socket)
        await talk.until("session.created")
        await talk.update(audio={"input": {"turn_detection": None}})
        yield talk
