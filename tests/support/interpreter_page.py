"""A page of the interpreter for tests: reads the consumer strictly, and keeps what comes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import numpy as np
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from coach import wire
from coach.interpreter.guests import SESSION_KEY
from coach.interpreter.live.routing import websocket_urlpatterns
from coach.interpreter.models import Meeting
from coach.people.models import User
from coach.sign_ins import EndWithSignIn
from coach.wire.audio import HEADER
from tests.support.socket_page import SocketPage

# Channels routes Django's own patterns; its stubs know only theirs.
application = URLRouter([*websocket_urlpatterns])  # type: ignore[list-item]
_decoder: msgspec.json.Decoder[wire.ToInterpreter] = msgspec.json.Decoder(wire.ToInterpreter)
FRAME_MS = 20
LOUD = np.full(FRAME_MS * 24, 2000, "<i2").tobytes()


class MeetingPage(SocketPage):
    """Reads the socket in the background, as a browser does."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        super().__init__(communicator)
        self.sound: dict[int, int] = {}  # ms by item

    async def read(self) -> None:
        while self.closed is None:
            output = await self.communicator.output_queue.get()
            if output["type"] == "websocket.close":
                self.closed = output["code"]
            elif output.get("bytes") is not None:
                _generation, item, _flags = HEADER.unpack_from(output["bytes"])
                ms = (len(output["bytes"]) - HEADER.size) // 48
                self.sound[item] = self.sound.get(item, 0) + ms
            else:
                _decoder.decode(output["text"])  # nothing comes that is none of ours
                self.messages.append(json.loads(output["text"]))

    async def speak(self, ms: int) -> None:
        """So much loud sound, in frames as a browser sends them, faster than it is said."""
        for _ in range(0, ms, FRAME_MS):
            await self.communicator.send_to(bytes_data=LOUD)
        await asyncio.sleep(0)

    def lines(self) -> list[tuple[str, str, str]]:
        """What is stored: side, original, translation."""
        return [(one["side"], one["original"], one["translation"]) for one in self.of("line")]


@asynccontextmanager
async def open_meeting(
    meeting: Meeting,
    user: User | None,
    *,
    key: str = "",
    since: int | None = 0,
    session: Any = None,
) -> AsyncIterator[MeetingPage]:
    """A page of `user`, or of the guest whose browser has `key`; `since=None` says no hello.

    `session`: the web session of who is signed in, where it is to end.
    """
    # Only who has a web session can be signed out in the middle.
    served = EndWithSignIn(application) if session else application
    communicator = WebsocketCommunicator(served, f"/ws/interpreter/{meeting.pk}/")
    scope: dict[str, Any] = communicator.scope  # type: ignore[assignment]  # its stub knows no user
    scope["user"] = user or AnonymousUser()
    scope["session"] = session or {SESSION_KEY: key}
    await communicator.send_input({"type": "websocket.connect"})
    accepted = await communicator.receive_output()
    assert accepted["type"] == "websocket.accept"
    page = MeetingPage(communicator)
    reader = asyncio.create_task(page.read())
    if since is not None:
        await page.send({"type": "hello", "since": since})
    try:
        yield page
    finally:
        broken = reader.done() and reader.exception()
        reader.cancel()
        if page.closed is None:
            await communicator.disconnect(code=1001)
        await communicator.wait()
        if broken:
            raise broken
