"""The socket of the interpreter: of the member, or of the guest who has joined by a link.

It lets the page in and opens the live meeting. It ends with the connection, never the meeting
itself: the page comes back with `since`.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict
from uuid import UUID, uuid4

import msgspec
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from django.contrib.auth.models import AnonymousUser

from coach import wire
from coach.database import reading, writing
from coach.interpreter import limits
from coach.interpreter.actions import leave_seat, take_seat
from coach.interpreter.direction import Side
from coach.interpreter.guests import key_of
from coach.interpreter.live.live_meeting import LiveMeeting
from coach.interpreter.live.party import Party
from coach.interpreter.models import Invitation, Meeting
from coach.page_socket import PageSocket
from coach.types import Member
from coach.voice.cancel import finish
from coach.websocket_frames import EXTENSION, DirectExtension


class MeetingRoute(TypedDict):
    kwargs: dict[str, UUID]


class MeetingScope(TypedDict):
    """The ASGI scope, as far as it is read: what Channels' middleware and routing put there."""

    user: Member | AnonymousUser
    session: NotRequired[Mapping[str, Any]]
    url_route: MeetingRoute
    extensions: NotRequired[dict[str, DirectExtension]]


class Admitted(msgspec.Struct, frozen=True):
    """Who may come in: the member, or a guest by their invitation."""

    meeting: Meeting
    side: Side
    invitation: int | None = None
    before: int = 0  # lines up to this one are not theirs


async def meeting_consumer(
    scope: MeetingScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """The ASGI application of the socket, behind the session's authentication."""
    direct = scope.get("extensions", {}).get(EXTENSION)
    socket = PageSocket(receive, send, direct["socket"] if direct else None)
    await MeetingConsumer(scope, socket).run()


class MeetingConsumer:
    """One socket of a meeting."""

    def __init__(self, scope: MeetingScope, socket: PageSocket) -> None:
        self._scope = scope
        self._pk = scope["url_route"]["kwargs"]["pk"]
        self._socket = socket

    async def run(self) -> None:
        """Serve the socket to its end. Raises nothing: what fails closes it."""
        failed = wire.InterpreterClose.FAILED
        await self._socket.serve(self._serve, failed=failed, event="meeting_failed")

    async def _serve(self) -> None:
        admitted = await reading.run(self._find)
        if admitted is None:
            await self._socket.close(wire.InterpreterClose.NOT_FOUND)
            return
        hello = await self._hello()
        if hello is None:
            await self._socket.close(wire.InterpreterClose.BAD_MESSAGES)
            return
        meeting, name = admitted.meeting, uuid4().hex
        party = Party(meeting, admitted.side, name, admitted.invitation)
        await writing.run(take_seat, meeting, admitted.side, name)
        try:
            await reading.run(party.look)
            await LiveMeeting(party, self._socket, max(hello.since, admitted.before)).run()
        finally:
            await finish(writing.run(leave_seat, meeting, name))

    def _find(self) -> Admitted | None:
        """The meeting, looked up through who asks: its member, or the guest of its invitation."""
        user = self._scope["user"]
        if user.is_authenticated:
            mine = Meeting.objects.for_member(user).select_related("member")
            meeting = mine.filter(pk=self._pk).first()
            if meeting is not None:
                return Admitted(meeting, "a")
        key = key_of(self._scope.get("session", {}))
        invited = Invitation.objects.of_guest(key).select_related("meeting__member")
        invitation = invited.filter(meeting_id=self._pk).first() if key else None
        if invitation is None:
            return None
        return Admitted(invitation.meeting, "b", invitation.pk, invitation.before)

    async def _hello(self) -> wire.InterpreterHello | None:
        """The page's first message; None: it is another one, or did not come."""
        try:
            async with asyncio.timeout(limits.HELLO_S):
                event = await self._socket.next_frame()
        except TimeoutError:
            return None
        frame = self._socket.content(event)
        try:
            message = wire.read_from_interpreter(frame if isinstance(frame, str) else "")
        except ValueError:
            return None
        return message if isinstance(message, wire.InterpreterHello) else None
