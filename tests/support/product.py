"""The whole product, started as `make run` starts it, on ports and data of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.product_log import complaints, read_logs

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def give_way() -> None:
    os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores Ctrl-C


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class NewSite:
    """The database of a new site: the first product makes it, the others begin with a copy.

    To make it takes as long as to start all the rest.
    """

    def __init__(self) -> None:
        self._kept: Path | None = None

    def keep(self, database: Path) -> None:
        if self._kept is None and database.exists():  # and not on a server
            self._kept = Path(tempfile.mkdtemp(prefix="new-site-")) / database.name
            _copy(database, self._kept)

    def give(self, database: Path) -> None:
        if self._kept is not None and not database.exists():
            _copy(self._kept, database)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


new_site = NewSite()


END_THE_DAY = (
    """UPDATE handoff_offer SET state = 'canceled', ended_at = created_at
       WHERE state IN ('pending', 'accepted') AND ended_at IS NULL""",
    "UPDATE handoff_serviceclock SET stopped_at = started_at WHERE stopped_at IS NULL",
    """UPDATE handoff_escalation SET state = 'resolved', mode = 'none', owner_id = NULL,
       next_action_at = NULL, first_words = 'Goodbye.'
       WHERE state NOT IN ('resolved', 'cancelled')""",
    """UPDATE handoff_escalation SET note_for_coach = '', first_words = 'Goodbye.', may_quote = 0,
       constraints = '[]' WHERE state = 'resolved'""",
    "DELETE FROM people_memoryitem",
    # A sign of an eating disorder keeps numbers away for half a year; an order, for minutes.
    "DELETE FROM handoff_flagrecord",
    "UPDATE talk_directive SET orders = '[]'",
)


@dataclass
class Product:
    var: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)  # more COACH_… variables
    process: "subprocess.Popen[str] | None" = None
    _redis_port: int = field(default_factory=free_port)
    _engine_port: int = field(default_factory=free_port)

    @property
    def database(self) -> Path:
        return self.var / "coachline.sqlite3"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Of its processes, and of a command that is run beside them."""
        ours = ("COACH_", "DJANGO_SETTINGS_MODULE")
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(ours)},
            "COACH_VAR": str(self.var),
            "COACH_PORT": str(self.port),
            "COACH_URL": self.url,
            "COACH_REDIS_PORT": str(self._redis_port),
            "COACH_ENGINE_PORT": str(self._engine_port),
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def open(self) -> "Product":
        new_site.give(self.database)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A browser plays and records to the millisecond: where both want the machine, it goes
            # first, or the sentence that it says is torn.
            preexec_fn=give_way,
        )
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if self.url in line:
                new_site.keep(self.database)
                return self
        raise AssertionError("the product did not open:\n" + "".join(lines))

    def close(self) -> list[int]:
        """Ctrl-C; returns the process ids that are still there afterwards.

        Raises AssertionError if its log tells of a fault of ours, in whatever test it was.
        """
        assert self.process
        family = [*self.pids().values(), int((self.var / "supervisord.pid").read_text())]
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        if faults := complaints(read_logs(self.var / "log")):
            raise AssertionError("the product's log tells of faults:\n" + "\n\n".join(faults))
        return [pid for pid in family if alive(pid)]

    def pids(self) -> dict[str, int]:
        """The process that runs as each part now, by supervisord's own word."""
        log = (self.var / "log" / "supervisord.log").read_text()
        return {name: int(pid) for name, pid in re.findall(r"spawned: '(\w+)' with pid (\d+)", log)}

    def kill(self, part: str) -> None:
        """SIGKILL for the part and its children; supervisord starts it again."""
        os.killpg(self.pids()[part], signal.SIGKILL)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Read the product's database, from outside."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values)]

    def end_the_day(self) -> None:
        """Close each case, forget what was agreed: it would ring, and be told, in the next test."""
        with closing(sqlite3.connect(self.database, timeout=20)) as db, db:
            for change in END_THE_DAY:
                db.execute(change)

    def wait_for_row(self, sql: str, *values: object, seconds: float = 20) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if rows := self.rows(sql, *values):
                return rows[0]
            time.sleep(0.05)
        raise AssertionError(f"no row within {seconds} s: {sql}")

    def healthy(self) -> bool:
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
