"""Every page, job and tool of a practice that has been running for three years.

    python -m tests.bench.practice [--sizes S M L] [--database sqlite|postgres]
                                   [--keep FOLDER] [--report FILE]

Each size is a database of its own, filled with the same rows by the same seed; with `--keep` a file
of SQLite stays there, and is measured again by the next run. A page is found in the URL conf, so
that a new one is measured by itself. The table has milliseconds and statements at each size: of the
processor on SQLite, where other work on the machine changes nothing; on PostgreSQL as it took. It
stands in docs/performance.md, with the plans of the ten slowest statements.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.practice.sizes import SIZES
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

ROOT = Path(__file__).resolve().parents[3]
PAGE_MS, CONSOLE_MS, MOST_QUERIES = 150, 400, 40  # aims, at the largest size


@contextmanager
def database(kind: str, size: str, folder: Path) -> Iterator[str]:
    """The address of a database for one size."""
    if kind == "postgres":
        with PostgresServer() as server:
            yield server.url
    else:
        yield f"sqlite:///{folder / f'practice-{size}.sqlite3'}"


def measure(size: str, url: str, redis: str) -> dict[str, Any]:
    """Fill and measure in a process of its own: a process has one database."""
    told = {"COACH_DATABASE_URL": url, "COACH_REDIS_URL": redis}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.practice.one", size],
        cwd=ROOT,
        env={**os.environ, **told, "DJANGO_SETTINGS_MODULE": "coach.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(found: dict[str, dict[str, Any]]) -> list[str]:
    """A row for each page and job, the slowest at the largest size first."""
    figures = {
        size: {name: (ms, number) for name, ms, number in one["rows"]}
        for size, one in found.items()
    }
    largest = figures[list(figures)[-1]]
    lines = [
        "| page, job or tool | " + " | ".join(f"{size}: ms, queries" for size in figures) + " |"
    ]
    lines.append("| --- |" + " --- |" * len(figures))
    for name in sorted(largest, key=lambda name: -largest[name][0]):
        cells = ["{:.0f}, {}".format(*of[name]) if name in of else "" for of in figures.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def beyond(found: dict[str, Any]) -> list[str]:
    """What is over the aims."""
    told = []
    for name, ms, number in found["rows"]:
        most = CONSOLE_MS if name.startswith("administrator") else PAGE_MS
        if ms > most or number > MOST_QUERIES:
            told.append(f"over the aim: {name}: {ms:.0f} ms, {number} queries")
    return told


def report(found: dict[str, dict[str, Any]]) -> str:
    """The table, and how the slowest statements are carried out at the largest size."""
    lines = [*table(found), ""]
    for name, ms, sql, plan in found[list(found)[-1]]["plans"]:
        lines += [f"**{name}**, {ms:.0f} ms", "", "```", sql[:400], "", *plan, "```", ""]
    return "\n".join(lines)


def main() -> int:
    """Measure, and return 1 where a page could not be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", nargs="+", choices=tuple(SIZES), default=list(SIZES))
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    redis = RedisServer()
    redis.start()
    found: dict[str, dict[str, Any]] = {}
    try:
        with tempfile.TemporaryDirectory() as away:
            folder = arguments.keep or Path(away)
            for size in arguments.sizes:
                with database(arguments.database, size, folder) as url:
                    found[size] = measure(size, url, redis.url.removesuffix("/0"))
                print(f"{size}: filled in {found[size]['filled_s']:.0f} s", file=sys.stderr)
                if arguments.report:  # what is measured stays, whatever becomes of the next size
                    arguments.report.write_text(report(found))
    finally:
        redis.stop()
    print(report(found))
    last = found[arguments.sizes[-1]]
    print("\n".join([*beyond(last), *last["faults"]]), file=sys.stderr)
    return 1 if last["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
