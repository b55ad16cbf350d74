"""The words so far, for those who read along. They may be lost: the turn comes as a row."""

import asyncio

from coach import wire
from coach.after_commit import publish_now
from coach.voice.cancel import cancel
from coach.voice.effects import ShowCaption

EVERY_S = 0.2


class Captions:
    """Sends the newest words of each utterance to a group, no more often than `EVERY_S`."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._newest: dict[str, wire.Caption] = {}  # by item
        self._sending: asyncio.Task[None] | None = None

    def show(self, caption: ShowCaption) -> None:
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
