"""The member's socket: frames as ASGI gives them, and nothing after the end."""

import json

import pytest

from coach import wire
from coach.talk.live.page_socket import PageGone, PageSocket


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
