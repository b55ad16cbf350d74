"""The desk on PostgreSQL: the races, the state machine and the ordinary tests once more.

`RACE_ROUNDS`: with it, as in `make faults`, each race is run so often, and the longest test too.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgres_server import VERSIONS, PostgresServer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RACES = [
    "races.py",
    "outcomes.py",
    "test_conversations.py",
    "test_laws.py",
    "test_machine.py",
    "test_offers.py",
    "test_raising.py",
    "test_sweeper.py",
    "test_timers.py",
    "test_transitions.py",
    "../talk/test_sessions.py",
    "../test_clock.py",
    "../test_null_characters.py",
]
# Only with `RACE_ROUNDS`.
MORE = ["test_reports.py", "test_rating.py", "test_supervising.py", "test_web_hooks.py"]
# It takes the tables of the whole product back by many migrations, and makes them again.
LONGEST = "test_of_live_talks_from_before_the_rule_the_newest_stays_live"


@pytest.mark.skipif(not VERSIONS, reason="PostgreSQL is not installed")
@pytest.mark.timeout(900)
def test_on_postgres():
    whole = bool(os.environ.get("RACE_ROUNDS"))
    files = [str(HERE / name) for name in (RACES + MORE if whole else RACES)]
    short = [] if whole else ["-k", f"not {LONGEST}"]
    with PostgresServer() as server:
        # One process: the tables of the whole product are made once.
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *short, *files],
            cwd=ROOT,
            env=os.environ | {"COACH_DATABASE_URL": server.url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout.splitlines()[-1]
