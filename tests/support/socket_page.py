"""A page's end of a socket for tests: what came, and waiting for it."""

import asyncio
from typing import Any

from channels.testing import WebsocketCommunicator


class SocketPage:
    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.communicator = communicator
        self.messages: list[dict[str, Any]] = []
        self.closed: int | None = None

    async def send(self, message: dict[str, Any]) -> None:
        await self.communicator.send_json_to(message)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]

    async def until(self, kind: str, seconds: float = 15.0, **fields: Any) -> dict[str, Any]:
        """The first message of this kind with these fields."""
        async with asyncio.timeout(seconds):
            while True:
                for message in self.of(kind):
                    if all(message.get(name) == value for name, value in fields.items()):
                        return message
                await asyncio.sleep(0.01)

    async def until_closed(self, seconds: float = 15.0) -> int:
        async with asyncio.timeout(seconds):
            while self.closed is None:  # noqa: ASYNC110  set by the reader
                await asyncio.sleep(0.01)
        return self.closed
