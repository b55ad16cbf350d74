"""The words so far, for those who read along. They may be lost: the turn comes as a row."""

import asyncio

from coach import wire
from coach.after_commit import publish_now
from coach.voice.cancel import cancel
from coach.voice.effects import ShowCaption

EVERY_S = 0.2
WATCHED_S = 15.0  # so long captions go out after somebody was heard to read along


class Captions:
    """Sends the newest words of each utterance to a group, no more often than `EVERY_S`."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._newest: dict[str, wire.Caption] = {}  # by item
        self._sending: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._watched_until = 0.0

    def watched(self) -> None:
        """Somebody reads along: to tell it to a group in which nobody is costs as much."""
        self._watched_until = self._loop.time() + WATCHED_S

    def show(self, caption: ShowCaption) -> None:
        if self._loop.time() > self._watched_until:
            return
        item = caption.item_id
        self._newest[item] = wire.Caption(caption.speaker, item, caption.text)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send(), name="captions")

    async def close(self) -> None:
        """What was not sent yet is not sent any more."""
        if self._sending is not None:
            await cancel([self._sending])

    async def _send(self) -> None:
        await asyncio.sleep(EVERY_S)
        captions, self._newest = self._newest, {}
        for caption in captions.values():
            await publish_now(self._group, caption)
