"""uvicorn's protocols, with the time limits that they lack.

uvicorn waits without end for a request. Here a connection that does not become a session is over
after `OPEN_SECONDS`.
"""

import asyncio
import logging

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected

from coach.engine import limits
from coach.engine.server.faults import place_of
from coach.websocket_protocol import WebSocketProtocol

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
        if isinstance(protocol, SessionProtocol) and protocol.conn.handshake_exc is not None:
            self.transport.write(b"".join(protocol.conn.data_to_send()))
            self.transport.close()


class SessionProtocol(WebSocketProtocol):
    """A WebSocket, until either side closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the time for the handshake."""
        super().connection_made(transport)
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
            self.abort_soon()

    def _expire(self) -> None:
        if not self.handshake_complete:
            self.transport.abort()
