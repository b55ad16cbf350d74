"""No connection outlives its use: silent, slow and broken clients are let go in time."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from coach.engine import limits
from coach.engine.llm.types import AnswerPiece, Context, Sentence
from coach.engine.server.connection import Connection
from coach.engine.server.run import serve
from coach.engine.tts.types import SpeechChunk
from coach.websocket_protocol import UNREAD_FRAMES
from tests.support.endpoint_talk import LocalStt, ToneTts

HANDSHAKE = (
    b"GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class LongTts:
    """More speech than the buffers between two sockets hold."""

    CHUNKS = 4_000

    def __init__(self) -> None:
        self.made = 0

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[SpeechChunk]:
        for _ in range(self.CHUNKS):
            self.made += 1
            yield SpeechChunk("", np.zeros(2_400, dtype=np.int16))


class StubbornLlm:
    """Does not end when it is told to, but fails."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def answer(self, context: Context) -> AsyncIterator[AnswerPiece]:
        self.asked.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise RuntimeError("on the way out") from None
        yield Sentence("Never said.")


class BrokenStt(LocalStt):
    """Fails where no connection expects it, with the member's words in its message."""

    def stream(self) -> Any:
        raise RuntimeError("Gustav ate an egg")


@asynccontextmanager
async def listening(**fields: Any) -> AsyncIterator[int]:
    components: dict[str, Any] = {"stt": LocalStt(), "tts": ToneTts(), **fields}
    async with serve(key="", **components) as port:
        yield port


@asynccontextmanager
async def connected(port: int, **options: Any) -> AsyncIterator[ClientConnection]:
    async with connect(f"ws://127.0.0.1:{port}/v1/realtime?model=m", **options) as socket:
        assert json.loads(await socket.recv())["type"] == "session.created"
        yield socket


async def raw(port: int, data: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    return reader, writer


async def sessions(port: int) -> int:
    reader, writer = await raw(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return int(json.loads(answer.partition(b"\r\n\r\n")[2])["sessions"])


async def no_sessions(port: int) -> bool:
    for _ in range(100):
        if not await sessions(port):
            return True
        await asyncio.sleep(0.02)
    return False


async def close_of(socket: ClientConnection) -> tuple[int, str]:
    async def drain() -> None:
        while True:
            await socket.recv()

    with pytest.raises(ConnectionClosed) as closed:
        await asyncio.wait_for(drain(), 10)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /healthz HT", HANDSHAKE[:-2], b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9"],
)
async def test_a_request_that_never_ends_is_cut_off(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPEN_SECONDS", 0.2)
    async with listening() as port:
        reader, writer = await raw(port, begun)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_a_body_that_is_too_long_and_never_ends_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "OPEN_SECONDS", 0.3)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {10 * limits.BODY_BYTES}\r\n\r\n"
    async with listening() as port:
        reader, writer = await raw(port, head.encode() + bytes(1_000))
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_a_session_outlives_the_time_of_a_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OPEN_SECONDS", 0.1)
    async with listening() as port, connected(port) as socket:
        await asyncio.sleep(0.3)
        await socket.send('{"type": "input_audio_buffer.clear"}')
        assert json.loads(await socket.recv())["type"] == "input_audio_buffer.cleared"


async def test_a_client_that_answers_no_ping_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PING_SECONDS", 0.2)
    async with listening() as port:
        reader, writer = await raw(port, HANDSHAKE)
        assert b" 101 " in await reader.readline()
        rest = await asyncio.wait_for(reader.read(), 10)
        assert b"\x88\x18\x03\xf3keepalive ping timeout" in rest  # 1011
        assert await no_sessions(port)
        writer.close()


async def test_a_client_that_answers_no_close_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.websocket_protocol.CLOSE_SECONDS", 0.3)
    async with listening(lifetime=0.1) as port:
        reader, writer = await raw(port, HANDSHAKE)
        rest = await asyncio.wait_for(reader.read(), 10)  # until the end of the connection
        assert b"\x03\xe9Your session hit the maximum duration" in rest  # 1001
        assert await no_sessions(port)
        writer.close()


async def test_a_client_that_reads_nothing_is_dropped(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limits, "UNSENT_EVENTS_MAX", 500)
    monkeypatch.setattr("coach.websocket_protocol.CLOSE_SECONDS", 0.3)
    ask = json.dumps({"type": "conversation.item.retrieve", "item_id": "x" * 64})
    async with listening() as port, connected(port, max_queue=1) as socket:
        socket.transport.pause_reading()
        socket.transport.resume_reading = lambda: None  # type: ignore[method-assign]
        with contextlib.suppress(ConnectionClosed):
            for _ in range(200_000):
                await socket.send(ask)
        assert await no_sessions(port)
        assert [one for one in caplog.messages if one.startswith("slow reader dropped")]


async def test_speech_waits_for_a_client_that_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "UNSENT_EVENTS", 10)
    tts = LongTts()
    async with listening(tts=tts) as port, connected(port, max_queue=1) as socket:
        await socket.send(json.dumps({"type": "response.create"}))
        await asyncio.sleep(1.0)
        assert 0 < tts.made < LongTts.CHUNKS
        done = False
        while not done:
            done = json.loads(await asyncio.wait_for(socket.recv(), 10))["type"] == "response.done"
        assert tts.made == LongTts.CHUNKS


async def test_a_server_that_stops_says_that_it_goes_away() -> None:
    async with AsyncExitStack() as clients:
        async with listening() as port:
            polite = await clients.enter_async_context(connected(port))
            reader, writer = await raw(port, HANDSHAKE)  # it will answer nothing
            assert b" 101 " in await reader.readline()
            begun = time.monotonic()
        assert time.monotonic() - begun < limits.STOP_SECONDS
        assert await close_of(polite) == (limits.CLOSE_GOING_AWAY, "")
        assert (await reader.read()).endswith(b"\x88\x02\x03\xe9")  # 1001
        writer.close()


async def test_a_fault_of_ours_closes_the_connection_and_logs_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    async with listening(stt=BrokenStt()) as port:
        async with connect(f"ws://127.0.0.1:{port}/v1/realtime?model=m") as socket:
            assert await close_of(socket) == (limits.CLOSE_FAILED, "")
        assert await no_sessions(port)
    assert [one for one in caplog.messages if one.startswith("session failed: RuntimeError at")]
    assert "Gustav" not in caplog.text


async def test_a_message_that_is_too_big_ends_its_connection_with_the_reason() -> None:
    async with listening() as port, connected(port, compression=None) as socket:
        with contextlib.suppress(ConnectionClosed):  # seen by this call, or by the next
            await socket.send("x" * (limits.FRAME_BYTES + 1))
        assert (await close_of(socket))[0] == 1009


async def test_many_small_messages_in_one_packet_are_all_taken_in_order() -> None:
    async with listening() as port, connected(port) as socket:
        for number in range(20 * UNREAD_FRAMES):
            await socket.send(json.dumps({"type": "response.cancel", "event_id": str(number)}))
        told = [json.loads(await socket.recv()) for _ in range(20 * UNREAD_FRAMES)]
        assert [one["error"]["event_id"] for one in told] == [str(n) for n in range(len(told))]


async def test_no_timer_outlives_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Connection] = []

    class Watched(Connection):
        async def run(self) -> None:
            ran.append(self)
            await super().run()

    monkeypatch.setattr("coach.engine.server.realtime.Connection", Watched)
    llm = StubbornLlm()
    detection = {"type": "server_vad", "idle_timeout_ms": 30_000}
    update = {"type": "realtime", "audio": {"input": {"turn_detection": detection}}}
    async with listening(llm=llm) as port:
        async with connected(port) as socket:
            await socket.send(json.dumps({"type": "session.update", "session": update}))
            await socket.send(json.dumps({"type": "response.create"}))
            await asyncio.wait_for(llm.asked.wait(), 10)
        assert await no_sessions(port)
        timer = ran[0]._timer
        assert timer is None or timer.cancelled()
