"""The member's socket, as ASGI gives it: frames in, messages and sound out.

Channels would send every frame through its dispatcher, which costs a thread hop each: this reads
the socket itself. Sending to a page that has gone is no error: its next frame says that it has.
"""

import asyncio
from collections.abc import Callable
from typing import NoReturn

from asgiref.typing import (
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
)

from coach import wire

# The relay notices a page that takes nothing before this; here it is what nothing waits beyond.
SEND_S = 60.0
CLOSE_S = 5.0  # for the last words and the end


class PageGone(Exception):
    """The page has closed its socket, or it was closed."""


class PageSocket:
    """Implements `coach.voice.interfaces.Page`."""

    def __init__(
        self,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
        write: Callable[[bytes], bool] | None = None,
    ) -> None:
        """`write` sends a binary frame at once, or says that it cannot; not all servers have it."""
        self.next_frame = receive  # awaited fifty times a second: no call of ours around it
        self._send = send
        self._write = write
        self._closed = False
        self._silent = False

    async def accept(self) -> None:
        await self.next_frame()  # websocket.connect
        await self._send({"type": "websocket.accept", "subprotocol": None, "headers": ()})

    def content(self, event: ASGIReceiveEvent) -> str | bytes:
        """What is in a frame: text, or sound of the microphone. Raises PageGone."""
        if self._closed or event["type"] != "websocket.receive":
            self._closed = True
            raise PageGone
        data = event.get("bytes")
        if data is not None:
            return data
        return event.get("text") or ""

    async def send(self, message: wire.ToPage) -> None:
        if not self._closed and not self._silent:
            await self._put(_text(message), SEND_S)

    async def send_audio(self, frame: bytes) -> None:
        if self._closed or self._silent or (self._write is not None and self._write(frame)):
            return
        # No time limit here, which would cost as much: the relay watches what it sends.
        try:
            await self._send({"type": "websocket.send", "bytes": frame, "text": None})
        except OSError:
            self._closed = True

    def silence(self) -> None:
        """Send nothing more but the end itself."""
        self._silent = True

    async def give_up(self, code: str, words: str, reason: wire.PageClose) -> NoReturn:
        """Tell the page that it shall not come back, close, and raise PageGone."""
        await self.close(reason, wire.Error(code, words, fatal=True))
        raise PageGone

    async def close(self, code: wire.PageClose, last_words: wire.ToPage | None = None) -> None:
        """Say the last words and close. A second call does nothing."""
        if self._closed:
            return
        if last_words is not None and not self._silent:
            await self._put(_text(last_words), CLOSE_S)
        if not self._closed:
            self._closed = True
            # A plain integer: autobahn takes no subclass of it.
            end = code.value
            await self._put({"type": "websocket.close", "code": end, "reason": None}, CLOSE_S)

    async def _put(self, event: ASGISendEvent, seconds: float) -> None:
        """A page that has gone, or has not taken this in time, is sent nothing more."""
        try:
            async with asyncio.timeout(seconds):
                await self._send(event)
        except OSError:  # a TimeoutError too
            self._closed = True


def _text(message: wire.ToPage) -> ASGISendEvent:
    return {"type": "websocket.send", "bytes": None, "text": wire.encode(message)}
