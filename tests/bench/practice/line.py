"""The line of a practice with a long past: who calls is rung, and nobody's words wait for it.

    python -m tests.bench.practice.line [--size L] [--database sqlite|postgres] [--seconds 30]
                                        [--from FOLDER]

A thousand calls wait at L. A sweeper and a worker ring as in the product, experts take what rings
and hand it back at once, forty talks write a turn every two seconds, and every two seconds somebody
new calls. `--from`: where `tests.bench.practice --keep` has filled a file of SQLite, which is
copied. A write's wait is its slowest statement: on SQLite it is the one that takes the lock.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.practice.__main__ import ROOT, database
from tests.bench.practice.sizes import SIZES
from tests.support.redis_server import RedisServer

WARM_S = 8  # the worker starts meanwhile, and the first places are given out
START = "import django; django.setup(); from tests.bench.practice.line_parts import main; main()"


def background(environment: dict[str, str]) -> "list[subprocess.Popen[bytes]]":
    """What rings, as `coach.site.run.processes` starts it."""
    worker = ["celery", "-A", "coach.celery:app", "worker", "--concurrency=1", "-Q", "routing"]
    commands = (
        [sys.executable, "manage.py", "sweeper"],
        [sys.executable, "-m", *worker, "--loglevel=ERROR"],
    )
    quiet = subprocess.DEVNULL
    return [
        subprocess.Popen(one, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
        for one in commands
    ]


def web(seconds: float, environment: dict[str, str]) -> str:
    """What the people of the web process have seen, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", START, "web", str(seconds)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def run(size: str, url: str, redis: str, seconds: float) -> dict[str, Any]:
    """Fill if it is empty, start everything, and return what people have seen."""
    environment = {
        **os.environ,
        "COACH_DATABASE_URL": url,
        "COACH_REDIS_URL": redis,
        "DJANGO_SETTINGS_MODULE": "coach.settings",
        "COACH_SCREENING_SCORE": "0",
    }
    fill = [sys.executable, "-c", START, "fill", size]
    subprocess.run(fill, cwd=ROOT, env=environment, check=True)
    ringing = background(environment)
    try:
        time.sleep(WARM_S)
        found: dict[str, Any] = json.loads(web(seconds, environment))
        return found
    finally:
        for process in ringing:
            process.send_signal(signal.SIGTERM)
        for process in ringing:
            process.wait(30)


def told(found: dict[str, Any], seconds: float) -> str:
    """A line for each figure."""
    writes, waits, rung = (found["writers"][key] for key in ("verbs", "waits", "failed"))
    calls, experts = found["callers"], found["experts"]
    return "\n".join(
        [
            f"calls in the line at the end: {experts['waiting']}",
            f"rings: {experts['rings'] / seconds:.1f} a second",
            f"taken and handed back: {experts['taken'] / seconds:.1f} a second, "
            f"{experts['failed']} failed",
            f"a new call rings after, ms: {spread(calls['rung'])}; {calls['missed']} did not",
            f"a turn is written in, ms: {spread(writes)}; {len(writes)} turns, {rung} failed",
            f"and waits for others, ms: {spread(waits)}",
        ]
    )


def spread(numbers: list[float]) -> str:
    """p50, p95 and the most."""
    if not numbers:
        return "none"
    ranked = sorted(numbers)
    half, most = ranked[len(ranked) // 2], ranked[int(0.95 * len(ranked))]
    return f"p50 {half:.0f}, p95 {most:.0f}, max {ranked[-1]:.0f}"


def main() -> int:
    """Measure; 1 where anything failed or a call did not ring."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=tuple(SIZES), default="L")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--from", dest="filled", type=Path)
    arguments = parser.parse_args()
    redis = RedisServer()
    redis.start()
    try:
        with tempfile.TemporaryDirectory() as away:
            if arguments.filled and arguments.database == "sqlite":
                name = f"practice-{arguments.size}.sqlite3"
                shutil.copy(arguments.filled / name, Path(away) / name)
            with database(arguments.database, arguments.size, Path(away)) as url:
                address = redis.url.removesuffix("/0")
                found = run(arguments.size, url, address, arguments.seconds)
    finally:
        redis.stop()
    print(told(found, arguments.seconds))
    failed = found["writers"]["failed"] + found["experts"]["failed"] + found["callers"]["missed"]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
