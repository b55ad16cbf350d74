"""Requests to addresses that people typed or browsers gave: web hooks and push services.

The host is looked up once, each address that it has must be of the open internet, and the request
goes to the address that was looked at: a name that means another machine a moment later (DNS
rebinding) reaches nothing. So it goes straight there: a proxy of the environment looks names up
itself. No redirect is followed, and of the answer only the status is read.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from coach.voice.private_address import is_private_host, is_public_address
from handoff.outside.outcome import Outcome, failed

CONNECT_S = 5.0  # to reach one address
PATIENCE_S = 10.0  # for all of it: name, connection, request and answer
ADDRESSES_TRIED = 2  # of a host: its IPv6 one may lead nowhere from here
# Threads that ask for names. A server of names may be silent for longer than our patience, and a
# loop that ends would wait for its own threads.
_names = ThreadPoolExecutor(32, "names")


class NotAllowed(Exception):
    """The address is private, and this site sends to none."""


def why_not(url: str) -> str:
    """Why nothing may be sent to `url`, in words for whoever typed it; empty: it may be."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return _("This is no address.")
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        return _("Write an address as https://example.org/path, without a name or password.")
    private = is_private_host(url)
    if private and not settings.PRIVATE_RECEIVERS:
        return _("This host is private. COACH_PRIVATE_RECEIVERS=1 allows such hosts.")
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        return _("The address has to begin with https://")
    return ""


def send(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """POST `body`, within `PATIENCE_S`; any 2xx is a delivery."""
    try:
        status = asyncio.run(_send(url, body, headers))
    except TimeoutError:
        return failed("timeout")
    except httpx.TimeoutException:
        return failed("timeout")
    except (httpx.HTTPError, httpx.InvalidURL, NotAllowed, OSError, ValueError) as error:
        return failed(error)
    if 200 <= status < 300:
        return Outcome(True, status)
    return Outcome(False, status, f"http_{status}")


async def _send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    if why_not(url):  # the site's settings may have changed since it was typed
        raise NotAllowed
    async with (
        asyncio.timeout(PATIENCE_S),
        httpx.AsyncClient(
            verify=_certificates(),
            timeout=httpx.Timeout(PATIENCE_S, connect=CONNECT_S),
            follow_redirects=False,
            trust_env=False,  # the environment names proxies
        ) as client,
    ):
        *others, last = await _addresses_of(url)
        for address in others:
            try:
                return await _post(client, url, address, body, headers)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await _post(client, url, last, body, headers)


async def _post(
    client: httpx.AsyncClient, url: str, address: str, body: bytes, headers: Mapping[str, str]
) -> int:
    named = httpx.URL(url)
    sending = client.stream(
        "POST",
        named.copy_with(host=address),
        content=body,
        headers={"User-Agent": "Coachline", **headers, "Host": named.netloc.decode("ascii")},
        extensions={
            "sni_hostname": named.raw_host.decode("ascii")
        },  # whose certificate it has to be
    )
    async with sending as answer:
        return answer.status_code  # what else it says is left unread


async def _addresses_of(url: str) -> list[str]:
    """The addresses to try. Raises NotAllowed where any of the host's is private."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_names, partial(_look_up, parts.hostname, port))
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.PRIVATE_RECEIVERS and not all(map(is_public_address, addresses)):
        raise NotAllowed
    return addresses[:ADDRESSES_TRIED]


def _look_up(host: str | None, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@cache
def _certificates() -> ssl.SSLContext:
    """Loaded once: it takes longer than a request."""
    return httpx.create_ssl_context()
