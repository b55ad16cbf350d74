"""The whole product, started as `make run` starts it, on ports and data of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    var: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> "House":
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("COACH_")},
            "COACH_VAR": str(self.var),
            "COACH_PORT": str(self.port),
            "COACH_URL": self.url,
            "COACH_REDIS_PORT": str(free_port()),
            "COACH_ENGINE_PORT": str(free_port()),
            "PYTHONUNBUFFERED": "1",
        }
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if self.url in line:
                return self
        raise AssertionError("the house did not open:\n" + "".join(lines))

    def close(self) -> list[psutil.Process]:
        """Ctrl-C; returns the processes that are still there afterwards."""
        assert self.process
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        _, left = psutil.wait_procs(family, timeout=5)
        return left

    def processes(self, *words: str) -> list[psutil.Process]:
        """Our own processes whose command line holds every one of `words`."""
        assert self.process
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                line = " ".join(child.cmdline())
            except psutil.Error:
                continue
            if all(word in line for word in words):
                found.append(child)
        return found

    def kill(self, *words: str) -> None:
        victims = self.processes(*words)
        assert victims, f"nothing runs that is called {words}"
        for victim in victims:
            victim.kill()

    def memory(self) -> dict[str, float]:
        """Resident megabytes of each part (children of a part counted with it)."""
        names = {
            "redis": ("redis-server",),
            "engine": ("manage.py", "engine"),
            "web": ("daphne",),
            "sweeper": ("manage.py", "sweeper"),
            "worker": ("celery", "worker"),
            "beat": ("celery", "beat"),
            "supervisor": ("supervisord",),
        }
        return {
            name: sum(p.memory_info().rss for p in self.processes(*words)) / 2**20
            for name, words in names.items()
        }

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Read the house's database, from outside."""
        with sqlite3.connect(f"file:{self.var}/coachline.sqlite3?mode=ro", uri=True) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values)]

    def wait_for_row(self, sql: str, *values: object, seconds: float = 20) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if rows := self.rows(sql, *values):
                return rows[0]
            time.sleep(0.05)
        raise AssertionError(f"no row within {seconds} s: {sql}")

    def healthy(self) -> bool:
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            return answer.status == 200
