"""Addresses, proxies and networks that lead nowhere."""

import asyncio
import re
import ssl
import struct
from contextlib import suppress

import pytest
from websockets.asyncio.server import serve
from websockets.utils import accept_key

from coach.voice import limits
from coach.voice.private_address import is_private_host
from coach.voice.realtime import EngineError, EngineTarget, connect, transport
from tests.support.relay_stage import SETTINGS, Host, talking, until
from tests.support.scripted_engine import ScriptedEngine, Step, fault

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def proxied(monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", NOWHERE)
    monkeypatch.setenv("all_proxy", NOWHERE)


async def refusal(url, key=""):
    with pytest.raises(EngineError) as caught:
        await connect(EngineTarget(url, key, "m"))
    return caught.value.code, caught.value.retryable


@pytest.mark.parametrize("url", ["ws://127.0.0.1:99999/v1", "ws://[::1/v1", f"ws://{'a' * 70}.x/"])
async def test_an_address_that_cannot_be_one_is_final(url):
    assert await refusal(url) == ("bad_url", False)


async def test_a_name_that_nobody_has_may_have_an_owner_later():
    assert await refusal("ws://nobody.invalid/v1") == ("unreachable", True)


async def test_a_server_that_is_not_who_it_says_is_not_asked_again(certificate):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    async with serve(lambda socket: socket.wait_closed(), "127.0.0.1", 0, ssl=serving) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        assert await refusal(f"wss://127.0.0.1:{port}/") == ("bad_certificate", False)


async def test_a_key_that_no_header_can_carry_is_final():
    async with ScriptedEngine([[]]) as engine:
        assert await refusal(engine.url, "a key\nof two lines ü") == ("bad_key", False)
    assert engine.connections == 0


@pytest.mark.usefixtures("proxied")
async def test_an_engine_in_the_house_is_reached_without_the_proxy(host):
    async with ScriptedEngine([[]]) as engine, talking(engine, host) as (_, page, _):
        engine.assert_complete()
    assert page.errors == []


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("ws://localhost:8100/v1", True),
        ("ws://engine:8100/v1", True),
        ("ws://10.1.2.3/v1", True),
        ("ws://[::1]/v1", True),
        ("ws://[fd00::1]:80/v1", True),
        ("ws://engine.coach.svc.cluster.local/v1", True),
        ("ws://engine.internal./v1", True),
        ("wss://api.openai.com/v1", False),
        ("wss://8.8.8.8/v1", False),
    ],
)
def test_what_is_in_the_house(url, inside):
    assert is_private_host(url) is inside


@pytest.mark.parametrize(
    ("proxy", "told"),
    [("gopher://proxy:70", ("bad_proxy", False)), ("socks5://127.0.0.1:1", ("unreachable", True))],
)
async def test_a_proxy_of_another_kind_is_final_and_one_that_is_away_is_not(
    monkeypatch, proxied, proxy, told
):
    monkeypatch.setenv("all_proxy", proxy)
    monkeypatch.setenv("https_proxy", proxy)
    assert await refusal("wss://engine.example/v1") == told


async def test_words_said_into_a_dead_line_the_next_engine_hears(host, monkeypatch):
    monkeypatch.setattr(limits, "ENGINE_PING_S", 0.3)
    monkeypatch.setattr(limits, "ENGINE_PONG_S", 0.3)
    monkeypatch.setattr(limits, "MIC_PREROLL_S", 0.05)
    monkeypatch.setattr(transport, "CLOSE_S", 0.1)
    frames = [struct.pack("<480h", *[number] * 480) for number in range(1, 21)]
    async with ScriptedEngine([[], []]) as engine, talking(engine, host) as (relay, page, _):
        for socket in engine.sockets:
            socket.transport.pause_reading()  # nothing is closed: it is only never heard of again
        for frame in frames:
            relay.page_audio(frame)
            await asyncio.sleep(0.02)
        await until(lambda: engine.connections == 2 and len(engine.mic) >= 20 * 960)
        assert bytes(engine.mic) == b"".join(frames)
        engine.assert_complete()
    assert page.errors == []


async def test_rubbish_before_the_settings_are_confirmed_is_read_over():
    rubbish = ["{", "[1]", b"\x00\xff", '{"type": null}']
    async with ScriptedEngine([[Step(None, rubbish)]]) as engine:
        connection = await connect(EngineTarget(engine.url, "", "m"))
        await connection.configure(SETTINGS)
        await connection.close()
    assert len(engine.updates) == 1


RUBBISH = ["{"] * 3 * limits.ENGINE_QUEUE_MESSAGES
UNKNOWN = ['{"type":"heartbeat"}'] * 3 * limits.ENGINE_QUEUE_MESSAGES


@pytest.mark.parametrize("before", [RUBBISH, UNKNOWN], ids=["rubbish", "unknown"])
async def test_whatever_comes_before_the_session_it_is_found(before):
    async with ScriptedEngine([[]], before=before) as engine:
        connection = await connect(EngineTarget(engine.url, "", "m"))
        assert connection.session.id == engine.session["id"]
        await connection.configure(SETTINGS)
        await connection.close()
    assert len(engine.updates) == 1


async def test_nothing_but_rubbish_is_no_session_and_may_be_one_later(monkeypatch):
    monkeypatch.setattr(limits, "CONNECT_S", 0.1)
    async with ScriptedEngine([], before=RUBBISH, silent=True) as engine:
        with pytest.raises(EngineError) as caught:
            await connect(EngineTarget(engine.url, "", "m"))
    assert (caught.value.code, caught.value.retryable) == ("timeout", True)


async def test_an_engine_whose_session_has_expired_is_changed_though_it_does_not_hang_up(host):
    async with (
        ScriptedEngine([[], []]) as engine,
        talking(engine, host) as (_, page, _),
    ):
        await engine.emit(fault("session_expired"))
        await until(lambda: engine.connections == 2 and len(engine.updates) == 2)
        engine.assert_complete()
    assert page.errors == []


async def test_a_server_that_hangs_up_in_the_handshake_may_be_back():
    async def hang_up(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await refusal(f"ws://127.0.0.1:{port}/v1") == ("unreachable", True)
    server.close()


async def test_a_dial_that_was_given_up_leaves_no_connection_behind():
    asked, answer, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def late(reader, writer):
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.set()
        await answer.wait()
        key = re.search(r"Sec-WebSocket-Key: (\S+)", request, re.I)[1]
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n".encode()
        )
        with suppress(ConnectionError):
            await reader.read()
        closed.set()
        writer.close()

    server = await asyncio.start_server(late, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    dialling = asyncio.create_task(connect(EngineTarget(f"ws://127.0.0.1:{port}/v1", "", "m")))
    async with asyncio.timeout(15):
        await asked.wait()
        dialling.cancel()
        await asyncio.gather(dialling, return_exceptions=True)
        answer.set()
        await closed.wait()
    server.close()
