"""A PostgreSQL of a test's own, on a free port of the loopback, where one is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from tests.support.redis_server import free_port

VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
# Nothing of it outlives the test: no write waits for the disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def _as_postgres(*command: str | Path) -> None:
    """The server refuses to run as root."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr


class PostgresServer:
    """Started by `with`; `restart` ends every connection, as a server that moves does."""

    def __init__(self, connections: int = 60) -> None:
        self._programs = VERSIONS[-1].parent
        self._connections = connections
        self.port = free_port()
        self.url = f"postgres://coach@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> "PostgresServer":
        # Not pytest's own folder: that is closed to others each time any pytest starts.
        self._home = Path(tempfile.mkdtemp(prefix="pg"))
        if os.geteuid() == 0:
            shutil.chown(self._home, "postgres")
        data = self._home / "data"
        _as_postgres(self._programs / "initdb", "-D", data, "-A", "trust", "-U", "coach", "-N")
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop("immediate")
        shutil.rmtree(self._home)

    @property
    def pid(self) -> int:
        """The process whose children serve."""
        return int((self._home / "data" / "postmaster.pid").read_text().split()[0])

    def restart(self, how: str = "fast") -> None:
        """`how`: «fast» ends all transactions, «immediate» is a crash."""
        self._stop(how)
        self._start()

    def _start(self) -> None:
        options = f"-p {self.port} -k {self._home} -h 127.0.0.1 {OPTIONS}"
        options += f" -c max_connections={self._connections}"
        log = self._home / "log"
        data = self._home / "data"
        control = self._programs / "pg_ctl"
        _as_postgres(control, "-D", data, "-w", "-o", options, "-l", log, "start")

    def _stop(self, how: str) -> None:
        _as_postgres(self._programs / "pg_ctl", "-D", self._home / "data", "-w", "-m", how, "stop")
