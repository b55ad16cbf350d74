"""A page that keeps a socket open: it is cut off, reads slowly, and comes back."""

import asyncio
import contextlib
import json
import random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.faults.site import Site

LOST = (ConnectionClosed, InvalidHandshake, OSError, EOFError, TimeoutError)


class Page:
    """`here`: it has a network. `reading`: it takes what comes. `ready`: its socket serves it."""

    left = False  # for good
    pushes = True  # else its socket is never opened: it polls

    def __init__(self, site: Site, path: str, cookie: str, name: object) -> None:
        self.site, self.path, self.cookie = site, path, cookie
        self.chance = random.Random(f"{site.chance.random()} {name}")
        self.here, self.reading = asyncio.Event(), asyncio.Event()
        self.here.set()
        self.reading.set()
        self.ready = False
        self._socket: ClientConnection | None = None

    async def visit(self) -> None:
        """Comes again after each loss, until it has left."""
        while not self.left:
            await self.here.wait()
            if self.pushes:
                with contextlib.suppress(*LOST):
                    await self._open()
            self.ready, self._socket = False, None
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    async def _open(self) -> None:
        async with connect(
            self.site.socket(self.path),
            additional_headers=self.site.headers(self.cookie),
            compression=None,
            max_size=None,
            close_timeout=1,
        ) as socket:
            self._socket = socket
            await self._attend(socket)

    async def _attend(self, socket: ClientConnection) -> None:
        """Take what comes until the socket is closed."""
        async for raw in socket:
            await self.reading.wait()
            await self._take(json.loads(raw))

    async def _take(self, message: dict[str, Any]) -> None:
        raise NotImplementedError

    def vanish(self) -> None:
        """Cut off, until `here` is set again; the server is not told."""
        self.here.clear()
        if self._socket is not None:
            self._socket.transport.abort()
