"""The desk's socket: it says what changed, and carries live captions. Rows are the truth.

Up: {"type": "watch", "case": pk}, {"type": "unwatch"}, {"type": "ping"}.
Down: whatever is published for the desk, this expert and the talk that is watched, with `case`
set on what belongs to a talk.
"""

import asyncio
import contextlib
from typing import Any, TypedDict

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import DatabaseError
from redis.exceptions import RedisError

from handoff.actions import touch_presence
from handoff.models import Expert
from handoff.views.access import expert_of, note_read, readable

log = structlog.get_logger(__name__)
HEARTBEAT_S = 10
NOT_ALLOWED = 4403


class Push(TypedDict):
    type: str
    event: dict[str, Any]


class DeskConsumer(AsyncJsonWebsocketConsumer):
    expert: Expert | None = None
    watched: tuple[int, str] | None = None  # case, group
    heart: "asyncio.Task[None] | None" = None

    async def connect(self) -> None:
        self.expert = await database_sync_to_async(expert_of)(self.scope["user"])
        await self.accept()
        if self.expert is None:
            await self.close(NOT_ALLOWED)
            return
        # Groups first, then the page fetches: the other order loses what happens in between.
        await self.channel_layer.group_add("desk", self.channel_name)
        await self.channel_layer.group_add(self.expert.group, self.channel_name)
        self.heart = asyncio.create_task(self._beat(self.expert))
        await self.send_json({"type": "ready"})

    async def disconnect(self, code: int) -> None:
        if self.heart is not None:
            self.heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.heart
        if self.expert is not None:
            await self._unwatch()
            await self.channel_layer.group_discard("desk", self.channel_name)
            await self.channel_layer.group_discard(self.expert.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **_: Any
    ) -> None:
        if text_data is not None:  # bytes mean nothing here
            await super().receive(text_data)

    async def receive_json(self, content: Any, **_: Any) -> None:
        if not isinstance(content, dict):
            return
        kind, case = content.get("type"), content.get("case")
        if kind == "watch" and type(case) is int:
            await self._watch(case)
        elif kind == "unwatch":
            await self._unwatch()
        elif kind == "ping":
            await self.send_json({"type": "pong"})

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

    async def push(self, message: Push) -> None:
        event = message["event"]
        if event.get("type") in ("caption", "turn", "card", "floor", "ended", "state", "drop"):
            if self.watched is None:
                return
            event = {**event, "case": self.watched[0]}
        await self.send_json(event)
        if event.get("type") in ("owned", "offer_gone"):
            await self._check()

    async def _check(self) -> None:
        """Whoever may no longer read the talk stops reading along."""
        if self.watched is None:
            return
        case, group = self.watched
        if await database_sync_to_async(self._group_of)(case) != group:
            await self._unwatch()
            await self.send_json({"type": "refused", "case": case})

    async def _watch(self, case: int) -> None:
        group = await database_sync_to_async(self._group_of)(case)
        if group is None:
            await self.send_json({"type": "refused", "case": case})
            return
        await self._unwatch()
        self.watched = (case, group)
        await self.channel_layer.group_add(group, self.channel_name)
        await self.send_json({"type": "watching", "case": case})

    async def _unwatch(self) -> None:
        if self.watched is not None:
            group = self.watched[1]
            self.watched = None
            await self.channel_layer.group_discard(group, self.channel_name)

    def _group_of(self, case: int) -> str | None:
        """The talk's group if this expert may read it now; that they do is written down."""
        assert self.expert is not None
        expert = expert_of(self.expert.user)
        found = readable(expert).filter(pk=case).first() if expert else None
        if found is None:
            return None
        note_read(self.expert, found, "live")
        return str(found.session.watch_group)

    async def _beat(self, expert: Expert) -> None:
        while True:
            # The lease runs 30 s: after a failure the next beat comes before it ends.
            try:
                if not await database_sync_to_async(_still_here)(expert):
                    await self.close(NOT_ALLOWED)
                    return
                await self._check()
            except (DatabaseError, RedisError, OSError) as error:
                log.warning("beat_failed", error=type(error).__name__)
            await asyncio.sleep(HEARTBEAT_S)


def _still_here(expert: Expert) -> bool:
    """Renew the lease; False when the place or the account has been closed meanwhile."""
    if expert_of(expert.user) is None:
        return False
    touch_presence(expert)
    return True
