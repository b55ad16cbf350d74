"""A member's page for tests: connects to the consumer, and reads strictly and keeps what comes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from coach import wire
from coach.people.models import User
from coach.talk.live.routing import websocket_urlpatterns
from coach.talk.models import Session
from coach.wire.audio import HEADER
from tests.support.socket_page import SocketPage

# Channels routes Django's own patterns; its stubs know only theirs.
application = URLRouter([*websocket_urlpatterns])  # type: ignore[list-item]
in_thread = database_sync_to_async
_decoder: msgspec.json.Decoder[wire.ToPage] = msgspec.json.Decoder(wire.ToPage)


class Page(SocketPage):
    """Reads the socket in the background, as a browser does, and plays what it hears at once."""

    def __init__(self, communicator: WebsocketCommunicator, *, plays: bool) -> None:
        super().__init__(communicator)
        self.plays = plays
        self.audio: dict[int, int] = {}
        self.pcm = bytearray()

    async def read(self) -> None:
        while self.closed is None:
            output = await self.communicator.output_queue.get()
            if output["type"] == "websocket.close":
                self.closed = output["code"]
                assert type(self.closed) is int, "daphne takes no subclass of int"
            elif output.get("bytes") is not None:
                await self._play(output["bytes"])
            else:
                _decoder.decode(output["text"])  # nothing comes that is none of ours
                self.messages.append(json.loads(output["text"]))

    async def _play(self, frame: bytes) -> None:
        generation, index, _reserved = HEADER.unpack_from(frame)
        samples = frame[HEADER.size :]
        self.pcm += samples
        self.audio[index] = self.audio.get(index, 0) + len(samples) // 48
        if self.plays:
            ms = self.audio[index]
            await self.send({"type": "heard", "generation": generation, "item": index, "ms": ms})

    async def say(self, pcm: bytes) -> None:
        """A frame of the microphone."""
        await self.communicator.send_to(bytes_data=pcm)


@asynccontextmanager
async def open_page(
    session: Session, user: User, *, since: int | None = 0, plays: bool = True
) -> AsyncIterator[Page]:
    """A page of `user` on `session`; `since=None` says no hello."""
    communicator = WebsocketCommunicator(application, f"/ws/talk/{session.pk}/")
    scope: dict[str, Any] = communicator.scope  # type: ignore[assignment]  # its stub knows no user
    scope["user"] = user
    await communicator.send_input({"type": "websocket.connect"})
    accepted = await communicator.receive_output(5)
    assert accepted["type"] == "websocket.accept"
    page = Page(communicator, plays=plays)
    reader = asyncio.create_task(page.read())
    if since is not None:
        await page.send({"type": "hello", "since": since})
    try:
        yield page
    finally:
        broken = reader.done() and reader.exception()
        reader.cancel()
        if page.closed is None:
            await communicator.disconnect(code=1001, timeout=10)
        await communicator.wait(10)
        if broken:
            raise broken
