"""What the start looks at: ports and folder of this machine, and whether the product answers."""

import fcntl
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder of data: a second start on it would be a second Redis and sweeper.

    Raises CommandError where somebody else holds it, or where it cannot be written.
    """
    try:
        lock = (folder / "up.lock").open("a")
    except OSError as error:
        raise CommandError(
            f"The folder {folder} cannot be written ({error.strerror}), so Coachline was not "
            "started. Make it writable, or name another: COACH_VAR=/path/to/folder"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"Coachline runs already on the data in {folder}. Stop it first, or choose "
                "another folder: COACH_VAR=/path/to/folder make run"
            ) from error
        yield


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
