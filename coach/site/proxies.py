"""Where a request comes from: the one place that decides it, for the web and its sockets.

Behind a proxy every peer is the proxy, so limits for each address would be limits of the whole
site. The address of the person is therefore put where the server puts that of a peer. All that
count by address (allauth, axes) read it there, and none of them reads a header.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

HEADER = b"x-forwarded-for"
MAX_HOPS = 20  # addresses that are looked at, from the right


class TrustedProxies:
    """An ASGI application around another; `networks` are those of our own proxies."""

    def __init__(self, app: Any, networks: Sequence[Network]) -> None:
        self.app = app
        self.networks = networks

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        peer = scope.get("client")
        found = client_address(peer[0], scope.get("headers", ()), self.networks) if peer else None
        if found is not None:
            scope = {**scope, "client": (found, 0)}
        await self.app(scope, receive, send)


def client_address(
    peer: str, headers: Iterable[tuple[bytes, bytes]], networks: Sequence[Network]
) -> str | None:
    """The address that stands for a person; None: it is that of the peer.

    A header counts only where a trusted proxy sent it, and only up to the right-most address that
    is not one of our proxies: anything further left was written by whoever stands there.
    """
    first = _read(peer)
    if first is None or not _trusted(first, networks):
        return None
    told = ",".join(value.decode("latin-1") for name, value in headers if name == HEADER)
    found = None
    for word in reversed(told.split(",")[-MAX_HOPS:]):
        address = _read(word)
        if address is None:
            break
        found = str(address)
        if not _trusted(address, networks):
            break
    return found


def _trusted(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _read(word: str) -> Address | None:
    """`192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1` or `[2001:db8::1]:4711`."""
    word = word.strip()
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        address = ip_address(word)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
