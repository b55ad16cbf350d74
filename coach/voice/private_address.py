"""Private addresses: those of servers are reached without a proxy, strangers may not name them."""

import ipaddress
from urllib.parse import urlsplit

_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6 (RFC 4291)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 within IPv6 (RFC 6052)


def is_private_host(url: str) -> bool:
    """Whether the host of this URL is on this machine or in its private network."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the open internet, however it is written.

    An IPv6 address that carries an IPv4 one is as public as that is.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        return found.is_global and found in _UNICAST
    return found.is_global and not found.is_multicast
