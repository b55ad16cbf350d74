"""The reference: `python -m tests.bench.path.lean ENGINE_URL`.

A relay on `websockets` that does nothing but pass sound on: no sign-in, no rules, no words.
"""

import asyncio
import base64
import json
import sys
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.bench.path import answer_lines, say

AUDIO = "response.output_audio.delta"


async def pump(engine: "connect", page: ServerConnection) -> None:
    async for text in engine:  # type: ignore[attr-defined]  # the connection that it gives
        event = json.loads(text)
        if event["type"] == AUDIO:
            await page.send(base64.b64decode(event["delta"]))


async def relay(page: ServerConnection) -> None:
    async with connect(sys.argv[1], compression=None) as engine:
        await engine.send(json.dumps({"type": "session.update", "session": {"type": "realtime"}}))
        down = asyncio.create_task(pump(engine, page))  # type: ignore[arg-type]
        try:
            with suppress(ConnectionClosed):
                async for sound in page:
                    if isinstance(sound, bytes):
                        audio = base64.b64encode(sound).decode()
                        append = {"type": "input_audio_buffer.append", "audio": audio}
                        await engine.send(json.dumps(append))
        finally:
            down.cancel()
            await asyncio.gather(down, return_exceptions=True)


async def main() -> None:
    async with serve(relay, "127.0.0.1", 0, compression=None) as server:
        say({"port": next(iter(server.sockets)).getsockname()[1]})
        await answer_lines(lambda _: {})


if __name__ == "__main__":
    asyncio.run(main())
