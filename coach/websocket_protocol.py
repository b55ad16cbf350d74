"""uvicorn's WebSocket protocol, without its waits that have no end. The web and the engine use it.

uvicorn closes a connection only once the client has taken what is still to be sent, and lets the
application wait for that, too: a page whose network is gone would hold its talk until TCP gives
up, a quarter of an hour later. Here a connection that is being closed is over soon.

It also implements `coach.websocket_frames.DirectSocket`, for sound.
"""

import asyncio

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

from coach.websocket_frames import EXTENSION, DirectReading, FrameReader, header

CLOSE_SECONDS = 5.0  # for what is still to be sent, and for the client's answer to a close
UNREAD_FRAMES = 16  # messages that wait for the application before its socket is read no more


class WebSocketProtocol(DirectReading, WebSocketsSansIOProtocol):
    """A WebSocket, until either side closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Sets the time for the client's answer to a close."""
        super().connection_made(transport)
        self.close_timeout = CLOSE_SECONDS
        self._reader = FrameReader(self.config.ws_max_size)

    async def send(self, message: ASGISendEvent) -> None:
        """Sends a message of the application. Raises ClientDisconnected once the close is sent.

        uvicorn itself closes where pings are not answered, where it cannot read a message and
        where the server stops; an application that has not heard of it yet did nothing wrong.
        """
        await self.writable.wait()
        if self.close_sent and self.initial_response is None:
            raise ClientDisconnected()
        await super().send(message)

    def data_received(self, data: bytes) -> None:
        """Reads whole messages itself, and leaves all else to uvicorn's parser."""
        if not self.handshake_initiated:
            super().data_received(data)  # the request
            return
        if not self.handshake_complete:
            self._reader = None  # a client that does not wait for the answer is no browser
        self.read_directly(data)

    # --- DirectReading ----------------------------------------------------------------------------

    def parse(self, data: bytes) -> None:
        """uvicorn's parser reads it."""
        super().data_received(data)

    def is_gone(self) -> bool:
        """Whether the connection is over."""
        return self.transport.is_closing()

    def takes_messages(self) -> bool:
        """Whether neither side has closed, and the connection is not over."""
        return self.conn.state is State.OPEN and not self.transport.is_closing()

    def has_waiting(self) -> bool:
        """Whether a message waits in `receive`."""
        return not self.queue.empty()

    def enqueue(self, event: ASGIReceiveEvent) -> None:
        """Put an event of ASGI into `receive`."""
        self.queue.put_nowait(event)
        self._pause_when_many_wait()

    # --- uvicorn's own ways -----------------------------------------------------------------------

    def send_receive_event_to_app(self) -> None:
        """Queues a message that uvicorn's parser has read."""
        paused, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = paused
        # After the close nobody reads the queue, but the client's answer is still to come.
        if not self.close_sent:
            self._pause_when_many_wait()

    def _pause_when_many_wait(self) -> None:
        """Reading pauses when several messages wait, not at each as in uvicorn: every pause costs
        two calls of the kernel."""
        if not self.read_paused and self.queue.qsize() >= UNREAD_FRAMES:
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

    # --- DirectSocket -----------------------------------------------------------------------------

    def write(self, kind: int, data: bytes) -> bool:
        """Sends a message at once. False: it is for `send`, which may wait or raise.

        Sound goes out 25 times a second: `send` would take a coroutine and a frame object each.
        """
        if self.conn.state is not State.OPEN or not self.writable.is_set():
            return False
        if not self.handshake_complete or self.transport.is_closing():
            return False
        self.transport.write(header(kind, len(data)) + data)
        return True

    async def run_asgi(self) -> None:
        """Runs the application; once it has ended, so does the connection."""
        self.scope["extensions"][EXTENSION] = {"socket": self}
        try:
            await super().run_asgi()
        finally:
            self._take = None
            self.abort_soon()

    def abort_soon(self) -> None:
        """Ends the connection in a while, whatever is still to be sent."""
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)
