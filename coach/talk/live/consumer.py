"""The member's socket in a live talk, from its first frame to its last.

It lets the page in and opens the live talk; what is said then is not its work. It ends with the
connection, never the talk itself: the page comes back with `since`.
"""

import asyncio
from typing import NotRequired, TypedDict
from uuid import UUID

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from django.contrib.auth.models import AnonymousUser

from coach import clock, wire
from coach.database import reading
from coach.page_socket import PageSocket
from coach.talk.live.group import TalkGroup
from coach.talk.live.live_talk import LiveTalk, ended_message
from coach.talk.live.start import look_up_start
from coach.talk.models import Session
from coach.types import Member
from coach.websocket_frames import EXTENSION, DirectExtension

HELLO_S = 10.0  # how long a page has for its first message


class TalkRoute(TypedDict):
    kwargs: dict[str, UUID]


class TalkScope(TypedDict):
    """The ASGI scope, as far as it is read: what Channels' middleware and routing put there."""

    user: Member | AnonymousUser
    url_route: TalkRoute
    extensions: NotRequired[dict[str, DirectExtension]]


async def talk_consumer(
    scope: TalkScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """The ASGI application of a talk's socket, behind the session's authentication."""
    pk = scope["url_route"]["kwargs"]["pk"]
    direct = scope.get("extensions", {}).get(EXTENSION)
    socket = PageSocket(receive, send, direct["socket"] if direct else None)
    await TalkConsumer(scope["user"], pk, socket).run()


class TalkConsumer:
    """One socket of the talk `pk`."""

    def __init__(self, user: Member | AnonymousUser, pk: UUID, socket: PageSocket) -> None:
        self._user = user
        self._pk = pk
        self._socket = socket

    async def run(self) -> None:
        """Serve the socket to its end. Raises nothing: what fails closes it."""
        await self._socket.serve(self._serve, failed=wire.PageClose.FAILED, event="talk_failed")

    async def _serve(self) -> None:
        session = await self._authorise()
        if session is None:
            return
        group = TalkGroup(session.group, await reading.run(clock.now))
        try:
            # Joined before the state is read: nothing that happens in between is missed.
            await group.join()
            await group.take_over()
            hello = await self._hello()
            if hello is None:
                await self._socket.close(wire.PageClose.BAD_MESSAGES)
                return
            start = await reading.run(look_up_start, session)
            talk = LiveTalk(session, start, socket=self._socket, group=group, since=hello.since)
            await talk.run()
        finally:
            await group.leave()

    async def _authorise(self) -> Session | None:
        """The talk, if this person may have it; None: the socket is closed."""
        if not self._user.is_authenticated:
            await self._socket.close(wire.PageClose.NOT_SIGNED_IN)
            return None
        mine = Session.objects.for_member(self._user).select_related("member", "persona")
        session = await reading.run(mine.filter(pk=self._pk).first)
        if session is None:
            await self._socket.close(wire.PageClose.NOT_FOUND)
        elif session.ended_at is not None:
            await self._socket.close(wire.PageClose.ENDED, ended_message(session))
            return None
        return session

    async def _hello(self) -> wire.Hello | None:
        """The page's first message; None: it is another one, or did not come."""
        try:
            async with asyncio.timeout(HELLO_S):
                event = await self._socket.next_frame()
        except TimeoutError:
            return None
        frame = self._socket.content(event)
        try:
            message = wire.read_from_page(frame if isinstance(frame, str) else "")
        except ValueError:
            return None
        return message if isinstance(message, wire.Hello) else None
