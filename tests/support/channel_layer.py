"""Channels' layer in memory, for a process in which one thread publishes and another listens."""

import asyncio
from typing import Any

from channels.layers import InMemoryChannelLayer


class ThreadsafeLayer(InMemoryChannelLayer):
    """What another thread sends is handed to the loop of who listens."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loops: dict[str, asyncio.AbstractEventLoop] = {}

    async def group_add(self, group: str, channel: str) -> None:
        self._loops[channel] = asyncio.get_running_loop()
        await super().group_add(group, channel)

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        listening = self._loops.get(channel)
        if listening is None or listening is asyncio.get_running_loop() or listening.is_closed():
            await super().send(channel, message)
        else:
            asyncio.run_coroutine_threadsafe(super().send(channel, message), listening)
