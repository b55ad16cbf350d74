"""A socket that carries sound, as ASGI gives it: frames in, messages and sound out.

Channels would send every frame through its dispatcher, which costs a thread hop each: this reads
the socket itself. Sending to a page that has gone is no error: its next frame says that it has.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog
from asgiref.typing import (
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
)

from coach import wire
from coach.websocket_frames import BINARY, TEXT, DirectSocket, Take

log = structlog.get_logger(__name__)

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
        direct: DirectSocket | None = None,
    ) -> None:
        """`direct` is the way beside ASGI that our servers have."""
        self.next_frame = receive
        self._send = send
        self._direct = direct
        self._sending = 0  # sends that wait for ASGI: what is written at once must not overtake
        self._closed = False
        self._silent = False
        self._idle = False  # `read` has dealt with all that came before

    @property
    def closed(self) -> bool:
        """The page has closed its socket, or it was closed."""
        return self._closed

    async def accept(self) -> None:
        await self.next_frame()  # websocket.connect
        await self._send({"type": "websocket.accept", "subprotocol": None, "headers": ()})

    async def serve(
        self, run: Callable[[], Awaitable[None]], *, failed: wire.CloseCode, event: str
    ) -> None:
        """Accept the socket, and run to its end. Raises nothing.

        What fails is logged as `event`, and closes the socket as `failed`.
        """
        await self.accept()
        try:
            await run()
        except PageGone:
            pass
        except Exception as error:  # noqa: BLE001  the outermost line: it closes the socket
            where = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
            log.error(event, error=type(error).__name__, at=at)
            await self.close(failed)

    async def read(self, take: Take, deal: Callable[[str | bytes], Awaitable[None]]) -> NoReturn:
        """Deal with each frame, one after the other, until the page is gone: raises PageGone.

        While none waits, `take` is offered it first, in the very call in which it comes.
        """
        if self._direct is not None:
            self._direct.listen(lambda frame: self._idle and not self._closed and take(frame))
        while True:
            self._idle = True
            try:
                event = await self.next_frame()
            finally:
                self._idle = False
            await deal(self.content(event))

    def content(self, event: ASGIReceiveEvent) -> str | bytes:
        """What is in a frame: text, or sound of the microphone. Raises PageGone."""
        if self._closed or event["type"] != "websocket.receive":
            self._closed = True
            raise PageGone
        data = event.get("bytes")
        if data is not None:
            return data
        return event.get("text") or ""

    def send_now(self, message: wire.Message) -> bool:
        """Send a message at once. False: only `send` can."""
        if self._closed or self._silent:
            return True
        direct, text = self._direct, wire.encode(message)
        return direct is not None and not self._sending and direct.write(TEXT, text.encode())

    def send_audio_now(self, frame: bytes) -> bool:
        """Send a binary frame at once. False: only `send_audio` can."""
        if self._closed or self._silent:
            return True
        direct = self._direct
        return direct is not None and not self._sending and direct.write(BINARY, frame)

    async def send(self, message: wire.Message) -> None:
        if not self.send_now(message):
            await self._put(_text(message), SEND_S)

    async def send_audio(self, frame: bytes) -> None:
        if not self.send_audio_now(frame):
            await self._put({"type": "websocket.send", "bytes": frame, "text": None}, SEND_S)

    def silence(self) -> None:
        """Send nothing more but the end itself."""
        self._silent = True

    async def give_up(self, code: str, words: str, reason: wire.CloseCode) -> NoReturn:
        """Tell the page that it shall not come back, close, and raise PageGone."""
        await self.close(reason, wire.Error(code, words, fatal=True))
        raise PageGone

    async def close(self, code: wire.CloseCode, last_words: wire.Message | None = None) -> None:
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
        self._sending += 1
        try:
            async with asyncio.timeout(seconds):
                await self._send(event)
        except OSError:  # a TimeoutError too
            self._closed = True
        finally:
            self._sending -= 1


def _text(message: wire.Message) -> ASGISendEvent:
    return {"type": "websocket.send", "bytes": None, "text": wire.encode(message)}
