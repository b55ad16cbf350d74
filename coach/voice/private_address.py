"""Which addresses are our own."""

import ipaddress
from urllib.parse import urlsplit

_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def is_private_host(url: str) -> bool:
    """Whether this host is on this machine or network, where no proxy of the outside leads."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_INSIDE)
