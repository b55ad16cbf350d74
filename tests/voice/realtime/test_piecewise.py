"""What a connection holds stays small, however much comes at once."""

import ssl

import pytest
from websockets.asyncio.server import serve

from coach.voice import limits
from coach.voice.realtime.quirks import quirks_of
from coach.voice.realtime.target import EngineTarget
from coach.voice.realtime.transport import Transport, dial

FRAMES = 300  # of sound, of 2.5 kB: far more than any buffer of ours
SOUND = b"x" * 2_500


def held(socket):
    """Bytes of the buffer that a connection reads into, when nothing is in it."""
    return len(socket.transport.underlying_transport.get_protocol()._buffer(-1))


async def talk(url, sent):
    socket = await dial(EngineTarget(url, "key", "m"))
    Transport(socket, quirks_of("")).write(b"{}")
    received = [await socket.frames.next() for _ in sent]
    assert received == sent
    size = held(socket)
    socket.transport.disconnect(graceful=False)
    return size


def server(sent, **options):
    async def handle(socket):
        await socket.recv()
        for message in sent:
            await socket.send(message)
        await socket.wait_closed()

    return serve(handle, "127.0.0.1", 0, compression=None, **options)


@pytest.mark.parametrize("secure", [False, True])
async def test_sound_that_comes_all_at_once_leaves_the_buffer_small(
    secure, certificate, monkeypatch
):
    options = {}
    if secure:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        options["ssl"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        options["ssl"].load_cert_chain(certificate)
    sent = [SOUND] * FRAMES
    async with server(sent, **options) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        size = await talk(f"{'wss' if secure else 'ws'}://localhost:{port}/", sent)
    assert size <= limits.ENGINE_BUFFER_BYTES


async def test_a_frame_larger_than_the_buffer_comes_whole():
    sent = [b"y" * (20 * limits.ENGINE_BUFFER_BYTES), SOUND, b"", b"z" * limits.ENGINE_READ_BYTES]
    async with server(sent) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        await talk(f"ws://localhost:{port}/", sent)


@pytest.mark.parametrize("size", [0, 1, limits.ENGINE_BUFFER_BYTES, limits.ENGINE_BUFFER_BYTES + 1])
async def test_a_message_of_any_length_is_sent_as_it_is(size):
    received = []

    async def handle(socket):
        received.append(await socket.recv())
        await socket.send("thanks")

    async with serve(handle, "127.0.0.1", 0) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        socket = await dial(EngineTarget(f"ws://localhost:{port}/", "key", "m"))
        message = b"a" * size
        Transport(socket, quirks_of("")).write(message)
        assert await socket.frames.next() == b"thanks"
        socket.transport.disconnect(graceful=False)
    assert received == [message.decode()]
