"""uvicorn's protocols, with the time limits that they lack.

uvicorn waits without end for a request, and for a client that stopped reading to take the last
bytes. Here a connection that does not become a session is over after `OPEN_SECONDS`, and one that
is being closed after `CLOSE_SECONDS`.
"""

import asyncio
import logging

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from coach.engine import limits
from coach.engine.server.faults import place_of

log = logging.getLogger(__name__)


class HttpProtocol(H11Protocol):
    """A plain request, or the handshake of a WebSocket."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the time for the whole exchange: every answer closes its connection."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(limits.OPEN_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends it."""
        self._deadline.cancel()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hands the connection over, and sends what the handshake's parser has refused."""
        self._deadline.cancel()
        super().handle_websocket_upgrade(event)
        protocol = self.transport.get_protocol()
        if isinstance(protocol, WebSocketProtocol) and protocol.conn.handshake_exc is not None:
            self.transport.write(b"".join(protocol.conn.data_to_send()))
            self.transport.close()


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket, until either side closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the time for the handshake."""
        super().connection_made(transport)
        self.close_timeout = limits.CLOSE_SECONDS
        self.loop.call_later(limits.OPEN_SECONDS, self._expire)

    def shutdown(self) -> None:
        """Says that the server goes away; uvicorn would say that it restarts."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            disconnect = {"type": "websocket.disconnect", "code": limits.CLOSE_GOING_AWAY}
            self.queue.put_nowait(disconnect)  # type: ignore[arg-type]
            self.conn.send_close(limits.CLOSE_GOING_AWAY)
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
        super().shutdown()
        self._abort_soon()

    def send_receive_event_to_app(self) -> None:
        """Queues a message. Reading pauses when several wait, not at each as in uvicorn: every
        pause costs two calls of the kernel, and audio comes 50 times a second."""
        paused, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = paused
        if not paused and self.queue.qsize() >= limits.UNREAD_FRAMES:
            self.read_paused = True
            self.transport.pause_reading()

    def keepalive_timeout(self) -> None:
        """The client answers no ping: it will not take what is still to be sent, either."""
        super().keepalive_timeout()
        self._abort_soon()

    async def run_asgi(self) -> None:
        """Runs the application; once it has ended, so does the connection.

        uvicorn would log the text of a fault, and an error for each answer without a handshake.
        """
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception as error:  # noqa: BLE001  nobody above could do more than log it
            log.error("connection failed: %s", place_of(error))
            self.send_500_response()
        finally:
            if self.close_timer is None:
                self.transport.close()
            self._abort_soon()

    def _expire(self) -> None:
        if not self.handshake_complete:
            self.transport.abort()

    def _abort_soon(self) -> None:
        self.loop.call_later(limits.CLOSE_SECONDS, self.transport.abort)
