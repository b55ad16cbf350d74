"""daphne's WebSockets with a direct way for sound, beside autobahn's parser and Twisted's writer.

autobahn reads and unmasks a frame in Python, and Twisted has the kernel watch a socket before it
writes a single byte. What is usual is read and written here; all else stays with them. The names of
methods are autobahn's and Twisted's.
"""

import time
from typing import Any

from daphne import cli, server, ws_protocol  # type: ignore[import-untyped]

from coach.websocket_frames import EXTENSION, DirectReading, FrameReader, header


class DirectProtocol(DirectReading, ws_protocol.WebSocketProtocol):  # type: ignore[misc]
    """A WebSocket. Implements `coach.websocket_frames.DirectSocket`."""

    _requested = False

    def onConnect(self, request: Any) -> Any:
        """The request has come."""
        self._reader = FrameReader(self.factory.maxFramePayloadSize)
        return super().onConnect(request)

    def dataReceived(self, data: bytes) -> None:
        """Reads whole messages itself, and leaves all else to autobahn's parser."""
        if self.state == self.STATE_CONNECTING:
            super().dataReceived(data)
            if self._requested:
                self._reader = None  # a client that does not wait for the answer is no browser
            self._requested = True
            return
        self.last_ping = time.time()
        if self.autoPingTimeoutCall and self.autoPingRestartOnAnyTraffic:
            self._cancelAutoPingTimeoutCall()
        self.read_directly(data)

    # --- DirectReading ----------------------------------------------------------------------------

    def parse(self, data: bytes) -> None:
        """autobahn's parser reads it."""
        super().dataReceived(data)

    def is_gone(self) -> bool:
        """Whether the connection is closed."""
        return bool(self.state == self.STATE_CLOSED)

    def takes_messages(self) -> bool:
        """Whether daphne would tell the application of one."""
        return not self.muted and not self.failedByMe and self.state != self.STATE_CLOSED

    def has_waiting(self) -> bool:
        """Whether a message waits in `receive`."""
        return not self.application_queue.empty()

    def enqueue(self, event: Any) -> None:
        """Put an event of ASGI into `receive`."""
        self.application_queue.put_nowait(event)

    # --- DirectSocket -----------------------------------------------------------------------------

    def write(self, kind: int, data: bytes) -> bool:
        """Sends a message at once. False: it is for `send`, behind what waits already."""
        transport = self.transport
        if self.state != self.STATE_OPEN or self.muted or self.send_queue:
            return False
        if transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting:
            return False
        frame = header(kind, len(data)) + data
        sent = transport.writeSomeData(frame)
        if not isinstance(sent, int):
            return False  # the connection is lost, which Twisted finds out by itself
        if sent < len(frame):
            transport.write(frame[sent:])
        return True


class Server(server.Server):  # type: ignore[misc]
    """daphne's server, whose applications find the direct way in their scope."""

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Called once for each request and socket."""
        if isinstance(protocol, DirectProtocol):
            scope["extensions"] = {EXTENSION: {"socket": protocol}}
        return super().create_application(protocol, scope)


def write_directly() -> None:
    """For every socket that daphne takes from now on. Call it before daphne makes its server."""
    cli.CommandLineInterface.server_class = Server
    ws_protocol.WebSocketFactory.protocol = DirectProtocol
