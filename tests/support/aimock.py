"""aimock (@copilotkit/aimock): a Realtime server that nobody here wrote, with faults by fixture.

What it has, as of 1.43: sessions, items, responses of text and tool calls, errors, and connections
that break after so many chunks or milliseconds. It hears nothing and says nothing aloud: audio is
taken and dropped, there is no turn detection, no item of a committed sound, no transcript.
`response.cancel` is answered once the response is over, by an event that the protocol lacks; only
text is streamed.
"""

import json
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.support.product import free_port

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
NODE = (20, 15)  # the oldest that it runs on; Debian's is older, so npm brings one
START_S = 30.0

Fixture = dict[str, Any]


def find_node() -> str | None:
    """The one that npm has brought for this kind of machine, else the system's."""
    brought = [str(path) for path in (ROOT / "node_modules").glob("node-linux-*/bin/node")]
    return brought[0] if brought else shutil.which("node")


def node_version() -> tuple[int, ...]:
    """That of the Node.js that is used; () if there is none."""
    node = find_node()
    if node is None:
        return ()
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])


class Aimock:
    """A server, in a process of its own. A question without a fixture is a close 1008."""

    def __init__(self, folder: Path, fixtures: list[Fixture]) -> None:
        self.port = free_port()
        self._fixtures = folder / "fixtures.json"
        self._fixtures.write_text(json.dumps({"fixtures": fixtures}))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where a client dials."""
        return f"ws://127.0.0.1:{self.port}/v1/realtime"

    def start(self) -> None:
        """Returns once it listens."""
        options = ["--port", str(self.port), "--fixtures", str(self._fixtures), "--strict"]
        self._process = subprocess.Popen(
            [find_node() or "node", str(COMMAND), *options, "--log-level", "silent"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.02)
        raise AssertionError("aimock did not start")

    def kill(self) -> None:
        """Its connections break in the middle, and nobody listens any more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
