"""The desk on PostgreSQL: the races, and the ordinary tests once more."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VERBS = [
    "test_conversations.py",
    "test_offers.py",
    "test_raising.py",
    "test_reports.py",
    "test_sweeper.py",
    "test_timers.py",
    "test_transitions.py",
    "../talk/test_sessions.py",
    "../test_clock.py",
    "../test_null_characters.py",
]
VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _as_postgres(*command):
    """The server refuses to run as root."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def postgres():
    """A server of its own on a free port of the loopback; ends with the module."""
    programs = VERSIONS[-1].parent
    # Not pytest's own folder: that is closed to others each time any pytest starts.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    data = home / "data"
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _as_postgres(programs / "initdb", "-D", data, "-A", "trust", "-U", "coach", "-N")
    options = f"-p {port} -k {home} -h 127.0.0.1 -c fsync=off -c max_connections=60"
    start = (programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start")
    _as_postgres(*start)
    yield f"postgres://coach@127.0.0.1:{port}/postgres"
    _as_postgres(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(home)


@pytest.mark.skipif(not VERSIONS, reason="PostgreSQL is not installed")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("files", [["races.py"], VERBS])
def test_on_postgres(postgres, files):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(str(HERE / name) for name in files)],
        cwd=ROOT,
        env=os.environ | {"COACH_DATABASE_URL": postgres},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout.splitlines()[-1]
