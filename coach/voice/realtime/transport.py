"""The WebSocket to an engine: dialling, frames both ways, and a watch for dead networks."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import picows
from picows import WSCloseCode, WSFrame, WSMsgType, WSTransport
from python_socks import ProxyError
from websockets.exceptions import InvalidProxy, InvalidURI
from websockets.proxy import get_proxy, parse_proxy
from websockets.uri import parse_uri

from coach.voice import limits
from coach.voice.private_address import is_private_host
from coach.voice.realtime.errors import EngineError
from coach.voice.realtime.http_refusal import refused
from coach.voice.realtime.piecewise import PiecewiseProtocol
from coach.voice.realtime.quirks import ServerQuirks
from coach.voice.realtime.target import EngineTarget

CLOSE_S = 2.0
_FRAME_HEAD = 14  # bytes before a message, as picows wants them for a frame's header
# Policy violation; the registered codes for 401 and 403, and the usual ones; a dead protocol.
REFUSING_CLOSES = frozenset({1008, 3000, 3003, 4000, 4401, 4403})
_TEXT = WSMsgType.TEXT  # an enumeration's member is looked up in Python, at each frame
_MESSAGES = (_TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION)


class Frames(picows.WSListener):
    """What comes by a socket, until somebody reads it.

    Reading from the network pauses while `ENGINE_QUEUE_MESSAGES` wait.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._frames: deque[bytes] = deque()
        self._parts = bytearray()  # of a message that comes in several frames
        self._reader: asyncio.Future[None] | None = None
        self._paused = False
        self._given_up = False
        self._transport: WSTransport | None = None
        self._take_now: Callable[[bytes], bool] | None = None
        self._failure: EngineError | None = None
        self.writable = asyncio.Event()
        self.ended = False
        self.close_code = 1006  # until the engine says another
        self.heard_at = self._loop.time()
        self.answered_ping = False

    def give_up(self) -> None:
        """Nobody waits for the connection any more: it ends as soon as it is made."""
        self._given_up = True

    def on_ws_connected(self, transport: WSTransport) -> None:
        if self._given_up:
            transport.disconnect(graceful=False)
            return
        self._transport = transport
        network = transport.underlying_transport
        network.set_write_buffer_limits(limits.ENGINE_WRITE_BYTES)
        network.set_protocol(PiecewiseProtocol(network.get_protocol()))
        self.writable.set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.heard_at = self._loop.time()
        kind = frame.msg_type
        if kind in _MESSAGES:
            if len(self._parts) + frame.payload_size > limits.ENGINE_MESSAGE_MAX_BYTES:
                transport.send_close(WSCloseCode.MESSAGE_TOO_BIG)
                transport.disconnect()
            elif frame.fin and not self._parts:
                self._take(frame.get_payload_as_bytes())
            else:
                self._join(frame)
        elif kind == WSMsgType.PING:
            transport.send_pong(frame.get_payload_as_bytes())
        elif kind == WSMsgType.PONG:
            self.on_pong()
        else:
            self._on_close(transport, frame.get_payload_as_bytes())

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.ended = True
        self.writable.set()
        self._wake()
        # It keeps what broke the connection for somebody to ask, and complains when nobody does.
        self._why = self._loop.create_task(_ask_why(transport))

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def on_pong(self) -> None:
        self.answered_ping = True

    def offer_to(self, take: Callable[[bytes], bool]) -> None:
        """Offer each message to `take` while somebody waits in `next`; False: it is for `next`.

        An EngineError of `take` is raised by that `next`.
        """
        self._take_now = take

    async def next(self) -> bytes | None:
        """The next message; None: the connection has ended. Raises EngineError."""
        self._raise_failure()
        while not self._frames:
            if self.ended:
                return None
            self._reader = self._loop.create_future()
            await self._reader
            self._raise_failure()  # what came after it waits
        frame = self._frames.popleft()
        if self._paused and len(self._frames) <= limits.ENGINE_QUEUE_MESSAGES // 2:
            self._paused = False
            assert self._transport is not None
            self._transport.underlying_transport.resume_reading()
        return frame

    def _raise_failure(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure

    def _take(self, message: bytes) -> None:
        if self._take_now is not None and self._reader is not None and not self._reader.done():
            # All that came before has been read, and dealt with.
            try:
                if self._take_now(message):
                    return
            except EngineError as error:
                self._failure = error
                self._wake()
                return
        self._frames.append(message)
        self._wake()
        if len(self._frames) >= limits.ENGINE_QUEUE_MESSAGES and not self._paused:
            self._paused = True
            assert self._transport is not None
            self._transport.underlying_transport.pause_reading()

    def _join(self, frame: WSFrame) -> None:
        self._parts += frame.get_payload_as_bytes()
        if frame.fin:
            self._take(bytes(self._parts))
            self._parts.clear()

    def _on_close(self, transport: WSTransport, payload: bytes) -> None:
        self.close_code = int.from_bytes(payload[:2]) if len(payload) >= 2 else 1005
        transport.send_close(WSCloseCode.OK)
        transport.disconnect()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)


async def _ask_why(transport: WSTransport) -> None:
    with suppress(Exception):
        await transport.wait_disconnected()


async def dial(target: EngineTarget) -> "Socket":
    """Open a socket. Raises EngineError: retryable where the network or the server may recover."""
    if not all(value.isascii() and value.isprintable() for value in target.headers.values()):
        raise EngineError("no header can carry the key", "bad_key", False)
    mine = Frames()
    try:
        proxy = _proxy_for(target)
        async with asyncio.timeout(limits.CONNECT_S):
            transport, frames = await picows.ws_connect(
                lambda: mine,
                target.address,
                extra_headers=target.headers,
                proxy=proxy,
                max_redirects=0,  # a redirect would carry the key along
                max_frame_size=limits.ENGINE_MESSAGE_MAX_BYTES,
                read_buffer_init_size=limits.ENGINE_BUFFER_BYTES,
                enable_auto_pong=False,  # a ping shows as well that the other side is there
                **_tls_buffers(target, proxy),
            )
    except picows.WSInvalidStatusError as error:
        raise refused(error.response) from error
    except (ProxyError, InvalidProxy, ImportError) as error:
        raise EngineError("no way through the proxy", "bad_proxy", False) from error
    except ssl.SSLCertVerificationError as error:
        raise EngineError("not who it should be", "bad_certificate", False) from error
    except (picows.WSInvalidURL, InvalidURI, ValueError) as error:
        raise EngineError("no address of a socket", "bad_url", False) from error
    except (OSError, TimeoutError, picows.WSError) as error:
        mine.give_up()
        raise EngineError("unreachable", "unreachable", True) from error
    except asyncio.CancelledError:
        mine.give_up()  # the handshake goes on without us
        raise
    if frames is None:  # it hung up in the middle of the handshake
        raise EngineError("unreachable", "unreachable", True)
    return Socket(transport, mine)


def _proxy_for(target: EngineTarget) -> str | None:
    """What the environment says. Raises InvalidProxy or InvalidURI."""
    if is_private_host(target.url):
        return None
    proxy = get_proxy(parse_uri(target.address))
    if proxy is not None:
        parse_proxy(proxy)
    return proxy


def _tls_buffers(target: EngineTarget, proxy: str | None) -> dict[str, Any]:
    """The sizes of a TLS connection's buffers, which are 256 kB each otherwise, in bytes.

    They can be chosen only where TLS begins with the connection: not through a proxy.
    """
    if proxy is not None or urlsplit(target.url).scheme not in ("wss", "https"):
        return {}
    size = limits.ENGINE_TLS_BUFFER_BYTES
    return {"ssl_incoming_bio_size": size, "ssl_outgoing_bio_size": size}


class Socket:
    """An open socket: its transport, and the frames that came by it."""

    def __init__(self, transport: WSTransport, frames: Frames) -> None:
        self.transport = transport
        self.frames = frames


class Transport:
    """Frames of one connection. Every method that sends or receives raises EngineError."""

    def __init__(self, socket: Socket, quirks: ServerQuirks) -> None:
        self.socket = socket.transport
        self.frames = socket.frames
        self._loop = asyncio.get_running_loop()
        self._quirks = quirks
        self._silent = False
        self._waiting_bytes = self.socket.underlying_transport.get_write_buffer_size
        self._pinging = self._loop.call_later(limits.ENGINE_PING_S, self._ping)

    @property
    def congested(self) -> bool:
        """The engine does not take what is sent as fast as it comes."""
        waiting: int = self._waiting_bytes()
        return waiting > limits.ENGINE_CONGESTED_BYTES

    @property
    def silent_s(self) -> float:
        """For how many seconds nothing at all has come, not even an answer to a ping."""
        return self._loop.time() - self.frames.heard_at

    async def send(self, data: bytes) -> None:
        """Send a text frame; waits while too much is on its way."""
        self.write(data)
        await self.drain()

    def write(self, data: bytes) -> None:
        """Send a text frame, and wait for nothing."""
        if self.frames.ended:
            raise self._end()
        if len(data) <= limits.ENGINE_BUFFER_BYTES:
            self.socket.send(_TEXT, data)
        else:  # what `send` has copied once, its buffer has room for to the end
            room = bytearray(_FRAME_HEAD)
            room += data
            self.socket.send_reuse_external_bytearray(_TEXT, room, _FRAME_HEAD)

    async def drain(self) -> None:
        """Wait while too much is on its way."""
        if not self.frames.writable.is_set():
            await self.frames.writable.wait()

    async def receive_until(self, deadline: float) -> bytes:
        """The next frame. Raises TimeoutError at `deadline`, in the loop's seconds."""
        async with asyncio.timeout_at(deadline):
            return await self.receive()

    async def receive(self) -> bytes:
        """The next frame, however long it takes. A dead network is found out and raised."""
        frame = await self.frames.next()
        if frame is None:
            raise self._end()
        return frame

    def abort(self) -> None:
        """Drop the connection at once: an engine that takes nothing takes no close frame either."""
        self._pinging.cancel()
        self.socket.disconnect(graceful=False)

    async def close(self) -> None:
        """Close the connection; takes `CLOSE_S` at most."""
        self._pinging.cancel()
        if not self.frames.ended:
            self.socket.send_close(WSCloseCode.OK)
            try:
                async with asyncio.timeout(CLOSE_S):
                    while await self.frames.next() is not None:
                        pass
            except TimeoutError:
                pass  # it does not answer, and needs not
            finally:
                self.socket.disconnect(graceful=False)

    def _ping(self) -> None:
        if self._is_dead():
            self._silent = True
            self.abort()
            return
        if not self.frames.ended:
            self.socket.send_ping()
            self._pinging = self._loop.call_later(limits.ENGINE_PING_S, self._ping)

    def _is_dead(self) -> bool:
        """Whether nothing has come for long, not even an answer to a ping.

        Some servers answer none, and are silent as long as nobody speaks: one that is back at once
        without ever having answered is not held to it again.
        """
        answers = self.frames.answered_ping
        self._quirks.answers_pings = self._quirks.answers_pings or answers
        if self.silent_s <= limits.ENGINE_PING_S + limits.ENGINE_PONG_S:
            return False
        dead = self._quirks.answers_pings or self.congested
        self._quirks.answers_pings = answers
        return dead

    def _end(self) -> EngineError:
        if self._silent:
            return EngineError("nothing comes", "silent", True)
        code = self.frames.close_code
        return EngineError("the engine hung up", f"closed_{code}", code not in REFUSING_CLOSES)
