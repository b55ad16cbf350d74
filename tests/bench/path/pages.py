"""Browsers that talk: `python -m tests.bench.path.pages`, and a line of JSON as its first input.

    {"urls": [...], "cookies": [...], "origin": "http://…", "header": 8}

Each sends a frame of its microphone every 40 ms and plays what comes. One with a header of sound
(`header` bytes; 0: a relay without one) says hello first, and reports what was heard.
"""

import asyncio
import json
import sys
from typing import Any

import picows
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from tests.bench.path import FRAME_MS, age_ms, answer_lines, quantiles, say, stamped

AT_ONCE = 8  # pages that connect at a time
SPEAKS_S = 60.0  # all must have heard the coach by then
REPORT_EVERY = 3  # frames

delays: list[float] = []  # of the coach's frames, in milliseconds
late: list[float] = []  # by how much our own timers are


class Browser(WSListener):
    """One page."""

    def __init__(self, header: int, heard: asyncio.Event) -> None:
        self._header = header
        self._heard = heard
        self._transport: WSTransport | None = None
        self._item = b""
        self._played_ms = 0
        self._number = 0
        self.gone = False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        if self._header:
            transport.send(WSMsgType.TEXT, b'{"type":"hello","since":0}')

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.gone = True
        self._heard.set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
        elif frame.msg_type == WSMsgType.BINARY:
            data = frame.get_payload_as_bytes()
            delays.append(age_ms(data[self._header :]))
            if data[: self._header] != self._item:
                self._item, self._played_ms = data[: self._header], 0
            self._played_ms += (len(data) - self._header) // 48
            self._heard.set()

    def speak(self, due: float) -> None:
        """Send a frame now, and the next one in its time."""
        if self.gone or self._transport is None:
            return
        loop = asyncio.get_running_loop()
        late.append(1000 * (loop.time() - due))
        self._transport.send(WSMsgType.BINARY, stamped())
        self._number += 1
        if self._item and self._number % REPORT_EVERY == 0:
            generation, item = self._item[:4], self._item[4:6]
            message = {
                "type": "heard",
                "generation": int.from_bytes(generation, "little"),
                "item": int.from_bytes(item, "little"),
                "ms": self._played_ms,
            }
            text = json.dumps(message, separators=(",", ":"))  # as a browser writes it
            self._transport.send(WSMsgType.TEXT, text.encode())
        due += FRAME_MS / 1000
        loop.call_at(due, self.speak, due)


async def open_all(task: dict[str, Any]) -> list[Browser]:
    """Connected pages that all hear their coach."""
    gate, loop, browsers = asyncio.Semaphore(AT_ONCE), asyncio.get_running_loop(), []

    async def one(url: str, cookie: str) -> None:
        heard = asyncio.Event()
        headers = {"Origin": task["origin"], "Cookie": f"sessionid={cookie}"}
        browser = Browser(task["header"], heard)
        async with gate:
            await picows.ws_connect(
                lambda: browser, url, extra_headers=headers, websocket_handshake_timeout=30
            )
            browsers.append(browser)
            browser.speak(loop.time())
            await heard.wait()

    async with asyncio.timeout(SPEAKS_S):
        await asyncio.gather(*map(one, task["urls"], task["cookies"]))
    return browsers


def answer(line: str, browsers: list[Browser]) -> dict[str, Any]:
    """`reset` begins a measurement, anything else ends it."""
    gone = sum(browser.gone for browser in browsers)
    report = {"frames": len(delays), **quantiles(delays), "late": quantiles(late), "gone": gone}
    delays.clear()
    late.clear()
    return {} if line == "reset" else report


async def main() -> None:
    browsers = await open_all(json.loads(sys.stdin.readline()))
    say({"ready": len(browsers)})
    await answer_lines(lambda line: answer(line, browsers))


if __name__ == "__main__":
    uvloop.run(main())
