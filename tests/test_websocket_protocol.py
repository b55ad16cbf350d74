"""A socket under uvicorn ends in time, whatever its client does or leaves undone."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.server import ServerState
from websockets.protocol import State

from coach import websocket_protocol
from coach.websocket_frames import BINARY, TEXT
from coach.websocket_protocol import UNREAD_FRAMES, WebSocketProtocol
from tests.support.frames import arrivals, told_of

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
EMPTY = b"\x81\x80\0\0\0\0"  # a text
CLOSE = b"\x88\x82\0\0\0\0\x03\xe8"  # with 1000
TOO_BIG = b"\x81\xff" + (1 << 40).to_bytes(8, "big") + bytes(4)

Talk = Callable[[Any, Any], Awaitable[None]]


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self):
        yield


@asynccontextmanager
async def serving(talk: Talk, **settings: Any) -> AsyncIterator[int]:
    """Runs `talk` on each socket, once it is accepted."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        await talk(receive, send)

    config = uvicorn.Config(
        app, port=0, ws=WebSocketProtocol, lifespan="off", log_config=None, **settings
    )
    server = Server(config)
    task = asyncio.create_task(server.serve())
    await server.up.wait()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def client(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A socket that was accepted; it answers nothing by itself."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**12)
    writer.write(HANDSHAKE)
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    yield reader, writer
    writer.close()


def flood(end: asyncio.Future[BaseException]) -> Talk:
    """Sends without end; `end` is what stopped it."""

    async def talk(receive: Any, send: Any) -> None:
        try:
            while True:
                await send({"type": "websocket.send", "text": "x" * 1_000})
                await asyncio.sleep(0)
        except BaseException as error:
            end.set_result(error)
            raise

    return talk


async def test_a_page_that_is_gone_holds_nobody_who_sends(monkeypatch):
    monkeypatch.setattr(websocket_protocol, "CLOSE_SECONDS", 0.2)
    end: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    pings = {"ws_ping_interval": 0.2, "ws_ping_timeout": 0.2}
    async with serving(flood(end), **pings) as port, client(port), asyncio.timeout(10):
        assert isinstance(await end, ClientDisconnected)  # nobody reads, or answers a ping


async def test_a_page_that_closes_and_reads_nothing_holds_nobody_either(monkeypatch):
    monkeypatch.setattr(websocket_protocol, "CLOSE_SECONDS", 0.2)
    end: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    async with serving(flood(end)) as port, client(port) as (_, writer):
        await asyncio.sleep(0.5)  # the server's buffers are full
        writer.write(CLOSE)
        async with asyncio.timeout(10):
            assert isinstance(await end, ClientDisconnected)


async def test_who_sends_after_the_server_closed_learns_that_the_client_is_gone(caplog):
    end: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    caplog.set_level(logging.WARNING)
    async with serving(flood(end)) as port, client(port) as (reader, writer):
        writer.write(TOO_BIG)
        async with asyncio.timeout(10):
            assert isinstance(await end, ClientDisconnected)
            while await reader.read(2**16):
                pass
    assert caplog.text == ""


async def test_reading_pauses_while_many_messages_wait():
    read, all_of_them = asyncio.Event(), 200

    async def talk(receive: Any, send: Any) -> None:
        await read.wait()
        for _ in range(all_of_them):
            assert (await receive())["type"] == "websocket.receive"
        await send({"type": "websocket.close"})

    async with serving(talk) as port, client(port) as (reader, writer):
        for _ in range(all_of_them):
            writer.write(EMPTY)
            await asyncio.sleep(0.001)
        read.set()
        async with asyncio.timeout(10):
            assert (await reader.read(2))[0] == 0x88
        writer.write(CLOSE)


async def test_the_answer_to_a_close_is_read_however_much_came_before_it():
    closing = asyncio.Event()

    async def talk(receive: Any, send: Any) -> None:
        await closing.wait()
        await send({"type": "websocket.close"})

    async with serving(talk) as port, client(port) as (reader, writer):
        writer.write(EMPTY * 2 * UNREAD_FRAMES)
        await asyncio.sleep(0.1)
        closing.set()
        assert (await reader.read(4))[0] == 0x88
        writer.write(EMPTY)
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        writer.write(CLOSE)
        assert await reader.read() == b""
        assert time.monotonic() - begun < websocket_protocol.CLOSE_SECONDS / 2


async def test_a_server_that_stops_waits_for_nobody_who_reads_nothing(monkeypatch):
    monkeypatch.setattr(websocket_protocol, "CLOSE_SECONDS", 0.2)
    end: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    async with AsyncExitStack() as clients:
        async with serving(flood(end)) as port:
            await clients.enter_async_context(client(port))
            await asyncio.sleep(0.5)
            begun = time.monotonic()
        assert time.monotonic() - begun < 3
        assert isinstance(await end, ClientDisconnected)


class Wire(asyncio.Transport):
    """A transport that keeps what is written; a protocol hears no more once it is closing."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.closing = b"", False

    def write(self, data: bytes) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True

    def pause_reading(self) -> None:
        pass


async def no_application(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.Event().wait()


def accepted() -> tuple[WebSocketProtocol, Wire]:
    """A protocol whose handshake is over, without a network."""
    config = uvicorn.Config(
        no_application, ws=WebSocketProtocol, lifespan="off", log_config=None, ws_max_size=4_000
    )
    protocol = WebSocketProtocol(config, ServerState(), {})
    wire = Wire()
    protocol.connection_made(wire)
    protocol.data_received(HANDSHAKE)
    protocol.queue.get_nowait()  # websocket.connect
    protocol.conn.send_response(protocol.response)
    protocol.conn.data_to_send()
    protocol.handshake_complete = True
    return protocol, wire


@given(messages=st.lists(st.binary(max_size=300) | st.integers(0, 70_000).map(bytes), max_size=8))
@settings(deadline=None)
def test_what_is_written_at_once_is_what_would_have_been_sent(messages):
    async def sent() -> tuple[bytes, bytes]:
        (usual, slow), (direct, fast) = accepted(), accepted()
        for message in messages:
            await usual.send({"type": "websocket.send", "bytes": message})
            assert direct.write(BINARY, message)
            text = message.decode("latin-1")
            await usual.send({"type": "websocket.send", "text": text})
            assert direct.write(TEXT, text.encode())
        return slow.written, fast.written

    slow, fast = asyncio.run(sent())
    assert fast == slow


async def test_what_cannot_be_written_now_is_left_to_send():
    for closing in ("closed", "handshake_complete", "writable"):
        protocol, wire = accepted()
        match closing:
            case "closed":
                protocol.conn.state = State.CLOSING
            case "handshake_complete":
                protocol.handshake_complete = False
            case "writable":
                protocol.writable.clear()
        assert protocol.write(BINARY, b"sound") is False
        assert wire.written == b""


def heard(arrived: list[bytes], takes: list[bool] | None) -> tuple[list[Any], bytes, bool]:
    """What the application is told of this stream, what is answered, and whether that closes."""
    protocol, wire = accepted()

    def feed(data: bytes) -> None:
        if not wire.closing:
            protocol.data_received(data)

    told = told_of(protocol, protocol.queue, feed, arrived, takes)
    return told, wire.written, wire.closing


@given(arrived=arrivals(), takes=st.lists(st.booleans(), max_size=20))
@settings(deadline=None, max_examples=100)
def test_messages_past_the_parser_are_those_that_it_would_have_read(arrived, takes):
    async def both() -> tuple[Any, Any]:
        return heard(arrived, None), heard(arrived, takes)

    usual, direct = asyncio.run(both())
    assert direct == usual
