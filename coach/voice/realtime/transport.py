"""The WebSocket to an engine: dialling, frames both ways, and a watch for dead networks."""

import asyncio
import ssl

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as websocket_connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
)

from coach.voice import limits
from coach.voice.private_address import is_private_host
from coach.voice.realtime.errors import EngineError
from coach.voice.realtime.quirks import ServerQuirks
from coach.voice.realtime.target import EngineTarget

CLOSE_S = 2.0
# Policy violation; the registered codes for 401 and 403, and the usual ones; a dead protocol.
FINAL_CLOSES = frozenset({1008, 3000, 3003, 4000, 4401, 4403})


class _Dial(websocket_connect):
    """Follows no redirect: that would carry the key along."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class Socket(ClientConnection):
    """Knows when the other side was last heard of: a dead network closes nothing."""

    heard_at = 0.0

    def data_received(self, data: bytes) -> None:
        self.heard_at = self.loop.time()
        super().data_received(data)


async def dial(target: EngineTarget) -> Socket:
    """Open a socket. Raises EngineError: retryable where the network or the server may recover."""
    if not all(value.isascii() and value.isprintable() for value in target.headers.values()):
        raise EngineError("no header can carry the key", "bad_key", False)
    try:
        socket = await _Dial(
            target.address,
            additional_headers=target.headers,
            proxy=None if is_private_host(target.url) else True,
            create_connection=Socket,
            compression=None,
            open_timeout=limits.CONNECT_S,
            ping_interval=limits.ENGINE_PING_S,
            ping_timeout=None,  # `receive` sees to it: some never answer, some are busy talking
            close_timeout=CLOSE_S,
            max_size=limits.ENGINE_MESSAGE_MAX_BYTES,
            max_queue=limits.ENGINE_QUEUE_MESSAGES,
            write_limit=limits.ENGINE_WRITE_BYTES,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        retryable = status == 429 or status >= 500
        raise EngineError("refused", f"http_{status}", retryable) from error
    except (InvalidProxy, ImportError) as error:  # the latter: of the kind that needs a library
        raise EngineError("no way through the proxy", "bad_proxy", False) from error
    except ssl.SSLCertVerificationError as error:
        raise EngineError("not who it should be", "bad_certificate", False) from error
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise EngineError("unreachable", "unreachable", True) from error
    except (InvalidURI, ValueError) as error:
        raise EngineError("no address of a socket", "bad_url", False) from error
    assert isinstance(socket, Socket)
    return socket


class Transport:
    """Frames of one connection. Every method that sends or receives raises EngineError."""

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        self.socket = socket
        self._quirks = quirks

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        return self.socket.transport.get_write_buffer_size() > limits.ENGINE_CONGESTED_BYTES

    @property
    def silent_s(self) -> float:
        """For how many seconds nothing at all has come, not even an answer to a ping."""
        return self.socket.loop.time() - self.socket.heard_at

    async def send(self, data: bytes) -> None:
        """Send a text frame."""
        try:
            await self.socket.send(data, text=True)
        except ConnectionClosed as error:
            raise _closed(error) from error

    async def receive_until(self, deadline: float) -> bytes:
        """The next frame. Raises TimeoutError at `deadline`, in the loop's seconds."""
        try:
            async with asyncio.timeout_at(deadline):
                return await self.socket.recv(decode=False)
        except ConnectionClosed as error:
            raise _closed(error) from error

    async def receive(self) -> bytes:
        """The next frame, however long it takes. A dead network is found out and raised."""
        while True:
            try:
                async with asyncio.timeout(limits.ENGINE_PING_S):
                    return await self.socket.recv(decode=False)
            except TimeoutError:
                if self._is_dead():
                    self.abort()
                    raise EngineError("nothing comes", "silent", True) from None
            except ConnectionClosed as error:
                raise _closed(error) from error

    def abort(self) -> None:
        """Drop the connection at once: an engine that takes nothing takes no close frame either."""
        self.socket.transport.abort()

    async def close(self) -> None:
        """Close the connection; takes `CLOSE_S` at most."""
        await self.socket.close()

    def _is_dead(self) -> bool:
        """Whether nothing has come for long, not even an answer to a ping.

        Some servers answer none, and are silent as long as nobody speaks: one that is back at once
        without ever having answered is not held to it again.
        """
        answers = self.socket.latency > 0
        self._quirks.answers_pings = self._quirks.answers_pings or answers
        if self.silent_s <= limits.ENGINE_PING_S + limits.ENGINE_PONG_S:
            return False
        dead = self._quirks.answers_pings or self.congested
        self._quirks.answers_pings = answers
        return dead


def _closed(error: ConnectionClosed) -> EngineError:
    code = error.rcvd.code if error.rcvd else 1006
    return EngineError("the engine hung up", f"closed_{code}", code not in FINAL_CLOSES)
