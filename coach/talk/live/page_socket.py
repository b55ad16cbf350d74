"""The member's socket, as ASGI gives it: frames in, messages and sound out.

Channels would send every frame through its dispatcher, which costs a thread hop each: this reads
the socket itself.
"""

from typing import NoReturn

from asgiref.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable

from coach import wire


class PageGone(Exception):
    """The page has closed its socket, or it was closed."""


class PageSocket:
    """Implements `coach.voice.interfaces.Page`."""

    def __init__(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        self.next_frame = receive  # awaited fifty times a second: no call of ours around it
        self._send = send
        self._closed = False
        self._silent = False

    async def accept(self) -> None:
        await self.next_frame()  # websocket.connect
        await self._send({"type": "websocket.accept", "subprotocol": None, "headers": ()})

    def content(self, event: ASGIReceiveEvent) -> str | bytes:
        """What is in a frame: text, or sound of the microphone. Raises PageGone."""
        if event["type"] != "websocket.receive":
            self._closed = True
            raise PageGone
        data = event.get("bytes")
        if data is not None:
            return data
        return event.get("text") or ""

    async def send(self, message: wire.ToPage) -> None:
        if not self._closed and not self._silent:
            text = wire.encode(message)
            await self._send({"type": "websocket.send", "bytes": None, "text": text})

    async def send_audio(self, frame: bytes) -> None:
        if not self._closed and not self._silent:
            await self._send({"type": "websocket.send", "bytes": frame, "text": None})

    def silence(self) -> None:
        """Send nothing more but the end itself."""
        self._silent = True

    async def give_up(self, code: str, words: str, reason: wire.PageClose) -> NoReturn:
        """Tell the page that it shall not come back, close, and raise PageGone."""
        await self.send(wire.Error(code, words, fatal=True))
        await self.close(reason)
        raise PageGone

    async def close(self, code: wire.PageClose) -> None:
        """A second call does nothing."""
        if not self._closed:
            self._closed = True
            # A plain integer: autobahn takes no subclass of it.
            await self._send({"type": "websocket.close", "code": code.value, "reason": None})
