"""The member's socket: frames as ASGI gives them, and nothing after the end."""

import asyncio
import json

import pytest

from coach import page_socket, wire
from coach.page_socket import PageGone, PageSocket
from coach.websocket_frames import BINARY, TEXT


class Server:
    """The ASGI server's side."""

    def __init__(self, *events):
        self.events = list(events)
        self.sent = []

    async def receive(self):
        return self.events.pop(0)

    async def send(self, event):
        self.sent.append(event)


def frame(**content):
    return {"type": "websocket.receive", **content}


def socket_of(*events):
    server = Server(*events)
    return PageSocket(server.receive, server.send), server


async def test_it_is_accepted_once_the_page_connects():
    socket, server = socket_of({"type": "websocket.connect"})
    await socket.accept()
    assert server.events == []
    assert [event["type"] for event in server.sent] == ["websocket.accept"]


@pytest.mark.parametrize(
    ("event", "read"),
    [
        (frame(text="{}"), "{}"),
        (frame(text="{}", bytes=None), "{}"),
        (frame(bytes=b"\x01\x02"), b"\x01\x02"),
        (frame(bytes=b"\x01\x02", text=None), b"\x01\x02"),
        (frame(bytes=b""), b""),
        (frame(), ""),
    ],
)
async def test_text_is_text_and_sound_is_bytes(event, read):
    socket, _server = socket_of(event)
    assert socket.content(await socket.next_frame()) == read


async def test_a_page_that_left_is_gone_and_is_sent_nothing():
    socket, server = socket_of({"type": "websocket.disconnect", "code": 1001})
    with pytest.raises(PageGone):
        socket.content(await socket.next_frame())
    await socket.send(wire.Pong())
    await socket.send_audio(b"\x00\x00")
    await socket.close(wire.PageClose.ENDED)
    assert server.sent == []


async def test_a_message_is_one_text_frame_and_sound_one_binary_frame():
    socket, server = socket_of()
    await socket.send(wire.ClearPlayback(3))
    await socket.send_audio(b"\x01\x02")
    text, sound = server.sent
    assert json.loads(text["text"]) == {"type": "clear", "generation": 3}
    assert text["bytes"] is None
    assert (sound["bytes"], sound["text"]) == (b"\x01\x02", None)


async def test_it_is_closed_once():
    socket, server = socket_of()
    await socket.close(wire.PageClose.IDLE)
    await socket.close(wire.PageClose.FAILED)
    await socket.send(wire.Pong())
    assert [(event["type"], event["code"]) for event in server.sent] == [("websocket.close", 4408)]


async def test_a_silent_socket_sends_only_its_end():
    socket, server = socket_of()
    socket.silence()
    await socket.send(wire.Pong())
    await socket.send_audio(b"\x00\x00")
    await socket.close(wire.PageClose.FAILED)
    assert [event["type"] for event in server.sent] == ["websocket.close"]


async def test_who_is_given_up_is_told_why_and_not_to_come_back():
    socket, server = socket_of()
    with pytest.raises(PageGone):
        await socket.give_up("idle", "Are you there?", wire.PageClose.IDLE)
    told, closed = server.sent
    assert json.loads(told["text"]) == {
        "type": "error",
        "code": "idle",
        "message": "Are you there?",
        "fatal": True,
    }
    assert closed["code"] == 4408


# --- a page that does not take what is sent -------------------------------------------------------


def put_sound(socket):
    return socket.send_audio(b"\x00\x00")


PUTS = [
    put_sound,
    lambda socket: socket.send(wire.Pong()),
    lambda socket: socket.close(wire.PageClose.ENDED),
    lambda socket: socket.close(wire.PageClose.ENDED, wire.Pong()),
]


def failing(fail):
    """A socket whose server does `fail` with all that is sent, and what was tried."""
    tried = []

    async def send(event):
        tried.append(event)
        await fail()

    async def receive():
        return frame(text="{}")

    return PageSocket(receive, send), tried


async def reset():
    raise ConnectionResetError


async def block():
    await asyncio.Event().wait()


@pytest.mark.parametrize("put", PUTS)
async def test_a_page_that_has_gone_is_no_error_and_is_sent_nothing_more(put):
    socket, tried = failing(reset)
    await put(socket)
    for again in PUTS:
        await again(socket)
    assert len(tried) == 1


@pytest.mark.parametrize("put", PUTS)
async def test_a_page_that_takes_nothing_is_waited_for_no_longer_than_the_limit(put, monkeypatch):
    monkeypatch.setattr(page_socket, "SEND_S", 0.01)
    monkeypatch.setattr(page_socket, "CLOSE_S", 0.01)
    socket, tried = failing(block)
    async with asyncio.timeout(15):
        await put(socket)
    assert len(tried) == 1
    with pytest.raises(PageGone):
        socket.content(await socket.next_frame())


async def test_what_goes_wrong_in_the_server_is_told():
    async def fail():
        raise ZeroDivisionError

    socket, _tried = failing(fail)
    with pytest.raises(ZeroDivisionError):
        await socket.send(wire.Pong())


class Direct:
    """A server's way beside ASGI; it takes as many messages as `room` says."""

    def __init__(self, room):
        self.room, self.written = room, []

    def write(self, kind, data):
        if len(self.written) >= self.room:
            return False
        self.written.append((kind, data))
        return True


async def test_what_the_server_can_write_at_once_goes_past_its_queue():
    server, direct = Server(), Direct(room=2)
    socket = PageSocket(server.receive, server.send, direct)
    await socket.send_audio(b"one")
    await socket.send(wire.Pong())
    await socket.send_audio(b"two")
    await socket.send(wire.Pong())
    assert direct.written == [(BINARY, b"one"), (TEXT, b'{"type":"pong"}')]
    assert [(event["bytes"], event["text"]) for event in server.sent] == [
        (b"two", None),
        (None, '{"type":"pong"}'),
    ]


async def test_nothing_overtakes_what_waits_for_the_server():
    free, sent = asyncio.Event(), []

    async def send(event):
        await free.wait()
        sent.append(event["bytes"])

    direct = Direct(room=0)
    socket = PageSocket(None, send, direct)
    first = asyncio.create_task(socket.send_audio(b"one"))
    await asyncio.sleep(0)
    direct.room = 10  # there is room again, and the first has not been told
    assert not socket.send_audio_now(b"two")
    free.set()
    await first
    assert socket.send_audio_now(b"two")
    assert (sent, direct.written) == ([b"one"], [(BINARY, b"two")])


async def test_a_page_that_is_gone_or_silent_is_written_nothing_either():
    for end in (PageSocket.silence, lambda socket: setattr(socket, "_closed", True)):
        direct = Direct(room=10)
        socket = PageSocket(None, None, direct)
        end(socket)
        assert socket.send_now(wire.Pong())
        assert socket.send_audio_now(b"one")
        assert direct.written == []
