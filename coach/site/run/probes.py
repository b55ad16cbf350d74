"""What the start looks at: ports of this machine, and whether the product answers."""

import json
import socket
import urllib.error
import urllib.request


def taken(host: str, port: int) -> bool:
    """Whether another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def free_port(wanted: int) -> int:
    """`wanted` if it is free on loopback, else one that is."""
    if not taken("127.0.0.1", wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unhealthy(address: str) -> list[str]:
    """Names of the parts that do not answer yet."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5) as answer:
            parts = json.load(answer)["parts"]
    except urllib.error.HTTPError as error:
        parts = json.load(error)["parts"] if error.code == 503 else {"web": {"ok": False}}
    except OSError:
        return ["web"]
    return [name for name, part in parts.items() if not part["ok"]]
