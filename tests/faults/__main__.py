"""Break what the handoff stands on, again and again, and look whether anything is lost.

    python -m tests.faults [--only F1,F3] [--seed 1] [--minutes 0.5] [--database postgres]
    python -m tests.faults --machine 300

The whole product runs on ports and data of its own: web, engine, workers, sweeper, a real Redis, a
mail server. Members and experts use it over real sockets and forms, without browsers. One fault
after another comes at random moments of a seeded schedule; after each, everything is given time to
come to rest, and a checker reads all rows and all pages. The report goes to standard output and to
`--report`. The exit code is 1 if anything was lost or a law of `tests.support.laws` is broken.

`--minutes` is how long each fault goes on. On a busy machine, fewer people and more `--patience`
tell what is late from what is lost. F9 and F18 need `--database postgres`. `--machine` runs
the state machine of `tests/handoff/test_machine.py` and the races instead, with so many examples.
"""

import argparse
import asyncio
import importlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import django

from tests.faults.stage import opened
from tests.support.postgres_server import VERSIONS, PostgresServer

MACHINE = "tests/handoff/test_machine.py"
RACE_ROUNDS = 15
RACES = "tests/handoff/test_races_postgres.py"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", default="", help="names of faults, with commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0.5, help="of each fault (0.5)")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--members", type=int, default=24)
    parser.add_argument("--experts", type=int, default=10)
    parser.add_argument("--crowd", type=int, default=50, help="experts who accept at once in F10")
    parser.add_argument("--patience", type=float, default=75, help="seconds to come to rest (75)")
    parser.add_argument("--report", type=Path, default=Path("var/faults.md"))
    parser.add_argument("--machine", type=int, default=0, help="examples of the state machine")
    parser.add_argument("--steps", type=int, default=50, help="of each example")
    return parser.parse_args()


def main() -> int:
    arguments = read_arguments()
    if arguments.machine:
        return run_machine(arguments)
    if arguments.database == "postgres" and not VERSIONS:
        print("PostgreSQL is not installed: nothing was tried on it", file=sys.stderr)
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # then too, all that runs is ended
    with opened(arguments.database) as stage:
        # The checker reads the product's own rows: Django begins where there is a product.
        os.environ.update(stage.product.environment, DJANGO_SETTINGS_MODULE="coach.settings")
        django.setup()
        show = importlib.import_module("tests.faults.show")
        return int(asyncio.run(show.run(stage, arguments, random.Random(arguments.seed))))


def run_machine(arguments: argparse.Namespace) -> int:
    """On SQLite, and on PostgreSQL with the races, if there is one."""
    long = {
        "MACHINE_EXAMPLES": str(arguments.machine),
        "MACHINE_STEPS": str(arguments.steps),
        "RACE_ROUNDS": str(RACE_ROUNDS),
    }
    failed = _test([MACHINE], long)
    if VERSIONS:
        with PostgresServer() as server:
            failed += _test([MACHINE], {**long, "COACH_DATABASE_URL": server.url})
        failed += _test([RACES], long)
    return min(failed, 1)


def _test(files: list[str], settings: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "--timeout", "0", *files]
    return subprocess.run(command, env=os.environ | settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
