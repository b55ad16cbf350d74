"""daphne's sockets: what goes past autobahn and Twisted is what would have gone through them."""

import asyncio
from types import SimpleNamespace
from typing import Any

from daphne.ws_protocol import WebSocketFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from twisted.internet.testing import StringTransport

from coach.site.daphne_sockets import DirectProtocol, Server
from coach.websocket_frames import BINARY, EXTENSION, TEXT
from tests.support.frames import arrivals, told_of

HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Wire(StringTransport):
    """A transport that keeps what is written. Of one write the kernel takes `room` bytes."""

    dataBuffer = b""
    disconnecting = False

    def __init__(self, room: int = 1 << 30) -> None:
        super().__init__()
        self._tempDataBuffer: list[bytes] = []
        self.room = room
        self.lost = False

    def writeSomeData(self, data: bytes) -> Any:
        if self.lost:
            return ConnectionError()
        StringTransport.write(self, data[: self.room])
        return min(len(data), self.room)

    def write(self, data: bytes) -> None:
        if self.room < 1 << 30:
            self._tempDataBuffer.append(data)
        else:
            super().write(data)

    def unregisterProducer(self) -> None:
        pass

    def loseConnection(self) -> None:
        self.disconnecting = True

    def abortConnection(self) -> None:
        self.disconnecting = True


def accepted(room: int = 1 << 30) -> tuple[DirectProtocol, Wire]:
    """A protocol whose handshake is over, without a network."""
    server = SimpleNamespace(
        root_path="",
        proxy_forwarded_address_header=None,
        protocol_connected=lambda _: None,
        protocol_disconnected=lambda _: None,
        create_application=lambda *_: asyncio.Queue(),
        log_action=lambda *_: None,
    )
    factory = WebSocketFactory(server, server="daphne")
    factory.setProtocolOptions(maxMessagePayloadSize=200_000, maxFramePayloadSize=4_000)
    protocol, wire = DirectProtocol(), Wire()
    protocol.factory = factory
    protocol._raw_query_string = b""
    protocol.makeConnection(wire)
    protocol.dataReceived(HANDSHAKE)
    protocol.serverAccept()
    protocol.application_queue.get_nowait()  # websocket.connect
    wire.clear()
    wire.room = room
    return protocol, wire


@given(messages=st.lists(st.binary(max_size=300) | st.integers(0, 70_000).map(bytes), max_size=8))
@settings(deadline=None, max_examples=30)
def test_what_is_written_at_once_is_what_would_have_been_sent(messages):
    (usual, slow), (direct, fast) = accepted(), accepted()
    for message in messages:
        usual.sendMessage(message, True)
        assert direct.write(BINARY, message)
        text = message.decode("latin-1").encode()
        usual.sendMessage(text, False)
        assert direct.write(TEXT, text)
    assert fast.value() == slow.value()


def test_what_the_kernel_does_not_take_waits_and_nothing_overtakes_it():
    protocol, wire = accepted(room=5)
    assert protocol.write(BINARY, b"sound")
    assert wire.value() + b"".join(wire._tempDataBuffer) == b"\x82\x05sound"
    assert not protocol.write(BINARY, b"more")


def test_nothing_is_written_to_a_connection_that_is_closing_or_lost():
    for end in ("muted", "closing", "disconnecting", "lost"):
        protocol, wire = accepted()
        match end:
            case "muted":
                protocol.muted = True
            case "closing":
                protocol.state = protocol.STATE_CLOSING
            case "disconnecting":
                wire.disconnecting = True
            case "lost":
                wire.lost = True
        assert not protocol.write(BINARY, b"sound")
        assert wire.value() == b""


def heard(arrived: list[bytes], takes: list[bool] | None) -> tuple[list[Any], bytes, bool]:
    """What the application is told of this stream, what is answered, and whether that closes.

    The stream is completed: autobahn refuses a text in the middle of its frame.
    """
    protocol, wire = accepted()

    def feed(data: bytes) -> None:
        if not wire.disconnecting:
            protocol.dataReceived(data)

    told = told_of(protocol, protocol.application_queue, feed, [*arrived, bytes(400)], takes)
    return told, wire.value(), wire.disconnecting


@given(arrived=arrivals(), takes=st.lists(st.booleans(), max_size=20))
@settings(deadline=None, max_examples=40)
def test_messages_past_the_parser_are_those_that_it_would_have_read(arrived, takes):
    assert heard(arrived, takes) == heard(arrived, None)


def test_a_ping_that_waits_for_its_answer_is_answered_by_sound_too():
    protocol, _ = accepted()
    protocol.listen(lambda _: True)
    cancelled = []
    protocol.autoPingTimeoutCall = SimpleNamespace(cancel=lambda: cancelled.append(True))
    protocol.dataReceived(b"\x82\x81\0\0\0\0x")
    assert cancelled


def test_an_application_finds_the_direct_way_in_its_scope(monkeypatch):
    protocol, _ = accepted()
    scopes = []
    monkeypatch.setattr("daphne.server.Server.create_application", lambda *of: scopes.append(of[2]))
    server = Server.__new__(Server)
    server.create_application(protocol, {"type": "websocket"})
    server.create_application(object(), {"type": "http"})
    assert [scope.get("extensions") for scope in scopes] == [
        {EXTENSION: {"socket": protocol}},
        None,
    ]
