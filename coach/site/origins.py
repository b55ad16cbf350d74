"""Which pages may open a socket: those of this site, and of nobody else."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.http import is_same_domain


class OwnOrigin:
    """An ASGI application around the sockets: the page of another site is refused.

    A browser sends its cookies whatever page opens a socket, and says whose page it is. The rule is
    that of a form: scheme, host and port are those of the site, or one of COACH_TRUSTED_ORIGINS.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", ()))
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if is_own(origin, host):
            await self.app(scope, receive, send)
        else:
            await WebsocketDenier()(scope, receive, send)


def is_own(origin: str, host: str) -> bool:
    """Whether a page of `origin` may open a socket at `host`, as the browser names them.

    Who names no origin is no browser, and holds no stranger's cookies: a tool of who develops.
    """
    if not origin:
        return settings.DEBUG
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    if any(_matches(page, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS):
        return True
    schemes = ("http", "https") if settings.DEBUG else (urlsplit(settings.PUBLIC_URL).scheme,)
    named = split_domain_port(host)[0]
    allowed = bool(named) and validate_host(named, settings.ALLOWED_HOSTS)
    return page.scheme in schemes and page.netloc.lower() == host.lower() and allowed


def _matches(page: SplitResult, trusted: str) -> bool:
    """`https://*.example.org` stands for every name below it, as for forms."""
    told = urlsplit(trusted)
    host = told.netloc.removeprefix("*") if told.netloc.startswith("*.") else told.netloc
    return page.scheme == told.scheme and is_same_domain(page.netloc, host)
