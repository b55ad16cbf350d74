"""A Realtime engine that speaks without an end: `python -m tests.bench.path.engine`.

On the first response.create it speaks in items of eight seconds, in real time, and its words come
with the sound. With `at-once` in the address it does not wait to be asked. It never hears speech.
"""

import asyncio
import json
from typing import Any

import picows
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest
from pybase64 import b64decode, b64encode

from tests.bench.path import FRAME_MS, age_ms, answer_lines, quantiles, say, stamped

ITEM_FRAMES = 8_000 // FRAME_MS
WORDS_EVERY = 400 // FRAME_MS
SAID = (
    "You did well today, and a bit more protein at breakfast would help you. What about an egg, or"
    " some yoghurt with nuts? Keep the portion as it is. Then tell me tomorrow how it went."
)
WORDS = SAID.split()
RESPONSE = "response.create"
APPEND = b'{"type":"input_audio_buffer.append","audio":"'
APPEND_SPACED = b'{"type": "input_audio_buffer.append", "audio": "'

delays: list[float] = []  # of the microphones' frames, in milliseconds


class Line(WSListener):
    """One connection."""

    def __init__(self, *, at_once: bool) -> None:
        self._at_once = at_once
        self._number = 0
        self._timer: asyncio.TimerHandle | None = None
        self._transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self._send({"type": "session.created", "session": {"id": "s"}})

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
            return
        data = frame.get_payload_as_bytes()
        for prefix in (APPEND, APPEND_SPACED):
            if data.startswith(prefix):
                delays.append(age_ms(b64decode(data[len(prefix) : len(prefix) + 12])))
                return
        kind = json.loads(data)["type"]
        if kind == "session.update":
            self._send({"type": "session.updated", "session": {"id": "s"}})
        if self._timer is None and kind == ("session.update" if self._at_once else RESPONSE):
            self._send({"type": "response.created", "response": {"id": "resp_1"}})
            self._speak(asyncio.get_running_loop().time())

    def _speak(self, due: float) -> None:
        if self._transport is None:
            return
        number = self._number
        item = f"item_{number // ITEM_FRAMES}"
        ids = {"response_id": "resp_1", "item_id": item, "output_index": 0, "content_index": 0}
        if number % WORDS_EVERY == 0:
            word = WORDS[number // WORDS_EVERY % len(WORDS)] + " "
            self._send({"type": "response.output_audio_transcript.delta", **ids, "delta": word})
        sound = b64encode(stamped()).decode()
        head = {"type": "response.output_audio.delta", "event_id": f"event_{number}"}
        self._send({**head, **ids, "delta": sound})
        self._number += 1
        if self._number % ITEM_FRAMES == 0:
            body = {"id": item, "type": "message", "status": "completed"}
            end = {"type": "response.output_item.done", "response_id": "resp_1", "item": body}
            self._send(end)
        due += FRAME_MS / 1000
        self._timer = asyncio.get_running_loop().call_at(due, self._speak, due)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._transport is not None
        text = json.dumps(message, separators=(",", ":"))
        self._transport.send(WSMsgType.TEXT, text.encode())


def listener(request: WSUpgradeRequest) -> Line:
    return Line(at_once=b"at-once" in request.path)


def answer(line: str) -> dict[str, Any]:
    """`reset` begins a measurement, anything else ends it."""
    report = {"frames": len(delays), **quantiles(delays)}
    delays.clear()
    return {} if line == "reset" else report


async def main() -> None:
    server = await picows.ws_create_server(listener, "127.0.0.1", 0)
    say({"port": server.sockets[0].getsockname()[1]})
    await answer_lines(answer)


if __name__ == "__main__":
    uvloop.run(main())
