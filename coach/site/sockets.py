"""How many sockets one person may have open at a time."""

from collections import Counter
from collections.abc import Hashable
from typing import Any

from coach.wire.close import PageClose

PER_PERSON = 20  # in each web process: far more than anybody's windows, far fewer than hurt


class SocketLimit:
    """An ASGI application around the sockets: the twenty-first of a person is closed at once.

    It counts whole connections, whatever answers them, so no consumer has to. A guest is known by
    their web session. A browser without one is not counted: each consumer closes its socket by
    itself. Stands inside the authentication.
    """

    def __init__(self, app: Any, per_person: int = PER_PERSON) -> None:
        self.app = app
        self.per_person = per_person
        self.open: Counter[Hashable] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        person = _person(scope)
        if person is None:
            await self.app(scope, receive, send)
            return
        if self.open[person] >= self.per_person:
            await _refuse(receive, send)
            return
        self.open[person] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.open[person] -= 1
            if not self.open[person]:
                del self.open[person]


def _person(scope: Any) -> Hashable:
    """By whom the socket is counted: an account, or the web session of a guest. None: by nobody."""
    if scope["user"].is_authenticated:
        account: int = scope["user"].pk
        return account
    browser: str | None = getattr(scope.get("session"), "session_key", None)
    return browser


async def _refuse(receive: Any, send: Any) -> None:
    """Only a socket that was accepted can tell its page why it is closed."""
    message = await receive()
    if message["type"] == "websocket.connect":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": PageClose.TOO_MANY.value})


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """An address that no socket has: the browser is answered 403. Channels would raise."""
    await receive()
    await send({"type": "websocket.close"})
