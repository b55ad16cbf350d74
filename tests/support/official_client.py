"""The official client, with every frame shown to a judge."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection

from tests.support.conformance import Judge


class OfficialClient:
    """The official client, with every frame shown to a judge."""

    def __init__(self, connection: AsyncRealtimeConnection) -> None:
        self.api = connection
        self.judge = Judge()

    async def next(self) -> dict[str, Any]:
        return self.judge.take(await asyncio.wait_for(self.api.recv_bytes(), 30))

    async def until(self, *kinds: str) -> dict[str, Any]:
        while True:
            event = await self.next()
            if event["type"] in kinds:
                return event

    async def update(self, **settings: Any) -> dict[str, Any]:
        session: Any = {"type": "realtime", **settings}
        await self.api.session.update(session=session)
        updated = await self.until("session.updated")
        return dict(updated["session"])

    async def user(self, text: str, **fields: Any) -> dict[str, Any]:
        item: Any = {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": text}],
            **fields,
        }
        self.judge.chosen.update({fields[name] for name in ("id",) if name in fields})
        await self.api.conversation.item.create(item=item)
        return await self.until("conversation.item.done")

    async def output(self, call: dict[str, Any], output: str) -> None:
        item: Any = {"type": "function_call_output", "call_id": call["call_id"], "output": output}
        await self.api.conversation.item.create(item=item)
        await self.until("conversation.item.done")

    async def answer(self, **response: Any) -> dict[str, Any]:
        """Asks for a response and returns it when it is done."""
        params: Any = response
        await self.api.response.create(response=params)
        done = await self.until("response.done")
        return dict(done["response"])

    async def speak(self, sound: bytes, step: int = 4_800) -> None:
        for start in range(0, len(sound), step):
            audio = base64.b64encode(sound[start : start + step]).decode()
            await self.api.input_audio_buffer.append(audio=audio)

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.judge.events if event["type"] == kind]

    def sound(self, response_id: str) -> bytes:
        deltas = self.told("response.output_audio.delta")
        mine = [one["delta"] for one in deltas if one["response_id"] == response_id]
        return b"".join(base64.b64decode(one) for one in mine)


@asynccontextmanager
async def official_client(
    port: int,
    key: str,
    *,
    model: str = "m",
    headers: dict[str, str] | None = None,
    query: Any = None,
) -> AsyncIterator[OfficialClient]:
    """A connection of the official client, closed at the end of the block."""
    base = f"ws://127.0.0.1:{port}/v1"
    client = AsyncOpenAI(api_key=key, websocket_base_url=base, max_retries=0)
    asked = {"extra_query": query} if query is not None else {"model": model}
    async with client.realtime.connect(**asked, extra_headers=headers or {}) as connection:
        yield OfficialClient(connection)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * 24_000), dtype=np.int16)
