"""The desk's socket: it says what changed, and carries live captions. Rows are the truth.

A page hears what is published for the desk, for its expert and for the talk that it watches.
Messages: docs/wire.md.
"""

import asyncio
from typing import Any, cast

import structlog
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error

from coach import wire
from coach.after_commit import publish_now
from coach.channel_layer import NoAnswerError, ask, tolerate
from coach.database import reading, writing
from coach.talk.models.session import talk_group
from coach.types import Member
from coach.voice.cancel import cancel
from handoff.actions import touch_presence
from handoff.models import Expert
from handoff.views.access import expert_of, note_read, readable
from handoff.views.extent import reads_until

log = structlog.get_logger(__name__)
BEAT_S = 4.0
RENEW_S = 3.0  # so often a lease is written at most


def groups_of(expert: Expert) -> list[str]:
    """What each page of the expert hears, whichever case is open."""
    return ["desk", expert.group, *(["wall"] if expert.supervisor else [])]


class DeskConsumer(AsyncWebsocketConsumer):
    """One page of one expert."""

    expert: Expert | None = None
    watched: tuple[int, str] | None = None  # case, group
    heart: "asyncio.Task[None] | None" = None
    renewal: "asyncio.Task[None] | None" = None
    renewed_at = float("-inf")

    async def __call__(
        self, scope: Any, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Serve the socket. However that ends, the page no longer says that its expert is here."""
        try:
            await super().__call__(scope, receive, send)
        except NoAnswerError:  # a page that is told nothing comes again, and asks meanwhile
            await self.close(wire.DeskClose.FAILED.value)
        finally:
            await cancel([task for task in (self.heart, self.renewal) if task is not None])
            await self._leave()

    async def connect(self) -> None:
        self.expert = await reading.run(expert_of, cast(Member, self.scope["user"]))
        await self.accept()
        if self.expert is None:
            await self.close(wire.DeskClose.NOT_ALLOWED.value)
            return
        # Groups first, then the page fetches: the other order loses what happens in between.
        for group in groups_of(self.expert):
            await self._join(group)
        await self._renew()
        await self.send_message(wire.DeskReady())
        self.heart = asyncio.create_task(self._beat(self.expert))

    async def _leave(self) -> None:
        """The layer keeps a group's name for ever, where a channel was dropped in it."""
        if self.expert is not None:
            await self._unwatch()
            for group in groups_of(self.expert):
                await self._quit(group)

    async def send_message(self, message: wire.ToDesk) -> None:
        await self.send(wire.encode(message))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """What is none of ours, and any binary frame, means nothing here."""
        if text_data is None:
            return
        try:
            message = wire.read_from_desk(text_data)
        except ValueError:
            return
        match message:
            case wire.WatchCase(case=case):
                await self._watch(case)
            case wire.UnwatchCase():
                await self._unwatch()
            case wire.TypingAtDesk():
                await self._tell_colleagues(typing=True)
            case wire.Ping():
                await self.send_message(wire.Pong())
                if self.renewal is None or self.renewal.done():
                    # Not awaited: a database that is locked keeps no page waiting.
                    self.renewal = asyncio.create_task(self._renew())

    async def push(self, message: dict[str, Any]) -> None:
        """Called by Channels for each message of a group."""
        try:
            push = wire.read_desk_push(message)
        except wire.UnknownMessage as error:
            log.warning("push_unknown", kind=error.kind)
            return
        if not isinstance(push, wire.ExpertPush):
            if self.watched is not None and not self._is_own(push):
                await self.send_message(wire.of_case(push, self.watched[0]))
            return
        await self.send_message(push)
        if isinstance(push, wire.OwnershipChanged | wire.OfferEnded):
            await self._check()

    async def _check(self) -> None:
        """Whoever may no longer read the talk stops reading along."""
        if self.watched is None:
            return
        case, group = self.watched
        may_read = await writing.run(self._group_of, case) == group
        if not may_read and self.watched == (case, group):  # and not another one meanwhile
            await self._unwatch()
            await self.send_message(wire.CaseRefused(case))

    async def _watch(self, case: int) -> None:
        group = await writing.run(self._group_of, case)
        if group is None:
            await self.send_message(wire.CaseRefused(case))
            return
        await self._unwatch()
        self.watched = (case, group)
        await self._join(group)
        await self._ask_for_captions()
        await self.send_message(wire.WatchingCase(case))
        await self._tell_colleagues(typing=False)

    async def _unwatch(self) -> None:
        if self.watched is not None:
            group = self.watched[1]
            self.watched = None
            await self._quit(group)

    async def _join(self, group: str) -> None:
        """Hear `group`. Raises NoAnswerError."""
        await ask(self.channel_layer.group_add(group, self.channel_name))

    async def _quit(self, group: str) -> None:
        await tolerate(self.channel_layer.group_discard(group, self.channel_name))

    def _is_own(self, push: wire.DeskPush) -> bool:
        """Whether it tells of this very expert, who knows what they do."""
        own = self.expert.pk if self.expert is not None else None
        return isinstance(push, wire.ColleagueHere) and push.expert == own

    async def _tell_colleagues(self, *, typing: bool) -> None:
        """Say to others who read this talk along that its expert does, too."""
        if self.watched is None or self.expert is None:
            return
        here = wire.ColleagueHere(self.expert.pk, str(self.expert.user), typing)
        await publish_now(self.watched[1], here)

    async def _ask_for_captions(self) -> None:
        if self.watched is not None:
            await publish_now(talk_group(self.watched[1]), wire.TalkWatched())

    def _group_of(self, case: int) -> str | None:
        """The talk's group if this expert may read on in it; that they do is written down."""
        assert self.expert is not None
        expert = expert_of(self.expert.user)
        found = readable(expert).filter(pk=case).first() if expert else None
        if expert is None or found is None or reads_until(expert, found) is not None:
            return None
        note_read(self.expert, found, "live")
        return str(found.session.watch_group)

    async def _renew(self) -> None:
        """The page is awake: so is the expert's lease, which runs 30 s."""
        now = asyncio.get_running_loop().time()
        if self.expert is None or now < self.renewed_at + RENEW_S:
            return
        self.renewed_at = now
        try:
            await writing.run(touch_presence, self.expert)
        except Error as error:  # the next ping comes before the lease ends
            log.warning("beat_failed", error=type(error).__name__)

    async def _beat(self, expert: Expert) -> None:
        """Ask the page whether it is awake, and close it when its expert has no place any more.

        A hidden page's own timers may sleep for a minute; what comes by its socket wakes it.
        """
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                if await reading.run(expert_of, expert.user) is None:
                    await self.close(wire.DeskClose.NOT_ALLOWED.value)
                    return
                await self._check()
                await self._ask_for_captions()
                await self._tell_colleagues(typing=False)
                await self.send_message(wire.Beat())
            except Exception as error:  # noqa: BLE001  whatever it is, the next beat comes
                log.error("beat_failed", error=type(error).__name__)
