"""uvicorn's WebSocket protocol, without its waits that have no end. The web and the engine use it.

uvicorn closes a connection only once the client has taken what is still to be sent, and lets the
application wait for that, too: a page whose network is gone would hold its talk until TCP gives
up, a quarter of an hour later. Here a connection that is being closed is over soon.
"""

import asyncio

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

CLOSE_SECONDS = 5.0  # for what is still to be sent, and for the client's answer to a close
BINARY = "coach.binary"  # the extension of ASGI by which an application finds `write_binary`
_FINAL_BINARY = 0x82
UNREAD_FRAMES = 16  # messages that wait for the application before its socket is read no more


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket, until either side closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Sets the time for the client's answer to a close."""
        super().connection_made(transport)
        self.close_timeout = CLOSE_SECONDS

    async def send(self, message: ASGISendEvent) -> None:
        """Sends a message of the application. Raises ClientDisconnected once the close is sent.

        uvicorn itself closes where pings are not answered, where it cannot read a message and
        where the server stops; an application that has not heard of it yet did nothing wrong.
        """
        await self.writable.wait()
        if self.close_sent and self.initial_response is None:
            raise ClientDisconnected()
        await super().send(message)

    def send_receive_event_to_app(self) -> None:
        """Queues a message. Reading pauses when several wait, not at each as in uvicorn: every
        pause costs two calls of the kernel, and audio comes 50 times a second."""
        paused, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = paused
        # After the close nobody reads the queue, but the client's answer is still to come.
        if not self.close_sent and not paused and self.queue.qsize() >= UNREAD_FRAMES:
            self.read_paused = True
            self.transport.pause_reading()

    def keepalive_timeout(self) -> None:
        """The client answers no ping: it will not take what is still to be sent, either."""
        super().keepalive_timeout()
        self.abort_soon()

    def handle_close(self, event: Frame) -> None:
        """The client closes, or answers a close: it may read no more."""
        super().handle_close(event)
        self.abort_soon()

    def handle_parser_exception(self) -> None:
        """The client sent what is no message, and hears of it if it still reads."""
        super().handle_parser_exception()
        self.abort_soon()

    def shutdown(self) -> None:
        """The server stops."""
        super().shutdown()
        self.abort_soon()

    def write_binary(self, data: bytes) -> bool:
        """Sends a binary message at once. False: it is for `send`, which may wait or raise.

        Sound goes out 25 times a second: `send` would take a coroutine and a frame object each.
        """
        if self.close_sent or not self.handshake_complete or not self.writable.is_set():
            return False
        if self.transport.is_closing():
            return False
        length = len(data)
        if length < 126:
            header = bytes((_FINAL_BINARY, length))
        elif length < 1 << 16:
            header = bytes((_FINAL_BINARY, 126)) + length.to_bytes(2, "big")
        else:
            header = bytes((_FINAL_BINARY, 127)) + length.to_bytes(8, "big")
        self.transport.write(header + data)
        return True

    async def run_asgi(self) -> None:
        """Runs the application; once it has ended, so does the connection."""
        self.scope["extensions"][BINARY] = {"write": self.write_binary}
        try:
            await super().run_asgi()
        finally:
            self.abort_soon()

    def abort_soon(self) -> None:
        """Ends the connection in a while, whatever is still to be sent."""
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)
