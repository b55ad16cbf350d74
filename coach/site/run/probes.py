"""What the start looks at: ports and folder of this machine, and whether the product answers."""

import errno
import fcntl
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import msgspec
from django.core.management.base import CommandError

REPORT_MAX_BYTES = 64 * 1024


class Part(msgspec.Struct):
    ok: bool


class Report(msgspec.Struct):
    """What /healthz answers, as far as it is read."""

    parts: dict[str, Part]


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
    """Whether another program listens there; `host` is a name or an address, IPv4 or IPv6.

    Raises CommandError where this machine has no such address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise _no_address(host, error) from error
    refused: list[OSError] = []
    for family, *_others, address in found:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return True
            refused.append(error)
    if len(refused) == len(found):  # of a name with several addresses, one is enough
        raise _no_address(host, refused[0])
    return False


def _no_address(host: str, error: OSError) -> CommandError:
    return CommandError(
        f"This machine has no address {host} ({error.strerror}), so Coachline was not started. "
        "Set COACH_HOST to one that it has, such as 127.0.0.1."
    )


def page_of(host: str, port: int) -> str:
    """The address of the first page, as a browser takes it."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def free_port(wanted: int) -> int:
    """`wanted` if it is free on loopback, else one that is."""
    if not taken("127.0.0.1", wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unhealthy(address: str) -> list[str]:
    """Names of the parts that do not work yet: "web" where what answers is not our own report."""
    try:
        parts = msgspec.json.decode(_report(address), type=Report).parts
    except (OSError, HTTPException, msgspec.DecodeError):  # of the last: something else answers
        return ["web"]
    return [name for name, part in parts.items() if not part.ok]


def _report(address: str) -> bytes:
    """The body of the report; that of any other answer is none. Raises OSError, HTTPException."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5) as answer:
            return bytes(answer.read(REPORT_MAX_BYTES))
    except urllib.error.HTTPError as error:
        return error.read(REPORT_MAX_BYTES) if error.code == 503 else b""
