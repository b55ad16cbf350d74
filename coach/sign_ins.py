"""A socket ends with the sign-in that opened it: logout, a new password, a closed account.

HTTP asks at each request; a socket asks once, when it opens. So the sign-ins of all open sockets of
a process are looked at together, every `LOOK_S` seconds.
"""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

import msgspec
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session as WebSession
from django.db.models.functions import Now

from coach import wire
from coach.database import reading
from coach.voice.cancel import cancel
from coach.watch import Watch

CLOSE_S = 1.5
LOOK_S = 3.0  # a socket outlives its sign-in by no more than this and the time of a look


class SignIn(msgspec.Struct, eq=False):
    """Of one socket: the key of its web session, and the person's password as it was (hashed)."""

    key: str
    user: int
    password: str
    over: asyncio.Event


def those_over(sign_ins: Collection[SignIn]) -> Iterable[SignIn]:
    """The ones of `sign_ins` that no longer hold. Two queries."""
    keys = {sign_in.key for sign_in in sign_ins}
    people = {sign_in.user for sign_in in sign_ins}
    sessions = WebSession.objects.filter(session_key__in=keys, expire_date__gt=Now())
    valid = set(sessions.values_list("session_key", flat=True))
    active = get_user_model().objects.filter(pk__in=people, is_active=True)
    passwords = dict(active.values_list("pk", "password"))
    return [
        sign_in
        for sign_in in sign_ins
        if sign_in.key not in valid or passwords.get(sign_in.user) != sign_in.password
    ]


async def is_signed_in(key: str) -> bool:
    """Whether the web session `key` is that of somebody who is signed in. One query."""
    return await reading.run(_holds, key)


def _holds(key: str) -> bool:
    found = WebSession.objects.filter(session_key=key, expire_date__gt=Now()).first()
    return found is not None and SESSION_KEY in found.get_decoded()


async def _look(sign_ins: list[SignIn]) -> None:
    for sign_in in await reading.run(those_over, sign_ins):
        sign_in.over.set()


_sign_ins = Watch("sign_ins", _look, every=lambda: LOOK_S)


class EndWithSignIn:
    """An ASGI application around that of the sockets, behind Channels' authentication.

    Whoever is still signed in comes back with the next socket; the others are refused there.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(
        self, scope: Any, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        user = scope["user"]
        if not user.is_authenticated:
            await self.app(scope, receive, send)
            return
        key = scope["session"].session_key or ""
        sign_in = SignIn(key, user.pk, user.password, asyncio.Event())
        _sign_ins.add(sign_in)
        serving = asyncio.ensure_future(self.app(scope, receive, send))
        over = asyncio.create_task(sign_in.over.wait())
        try:
            await asyncio.wait({serving, over}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
                return
            code = wire.PageClose.SIGNED_OUT.value  # the desk's has the same number
            # A client that does not read the close is not waited for.
            with suppress(OSError):
                async with asyncio.timeout(CLOSE_S):
                    await send({"type": "websocket.close", "code": code, "reason": None})
                    await asyncio.wait({serving})  # it hears of the close, and winds up
        finally:
            _sign_ins.discard(sign_in)
            await cancel([serving, over])
