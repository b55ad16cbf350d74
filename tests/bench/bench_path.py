"""What a talk costs the web process, on its whole path, beside a lean relay in the same run.

    python -m tests.bench.bench_path [--talks 20 40 60] [--seconds 8] [--servers uvicorn daphne]

The product runs as `make run` starts it: sign-in, rows, rules, screening and limits, with a
scripted engine. Each page sends 25 frames a second and hears as many. The reference passes sound on
between `websockets` and `json`, and does nothing else. The web process, and the reference, has the
last core to itself; all else shares the first.

`cost` is milliseconds of processor time a second of one talk, and `ratio` that of the reference.
`p50` and `p99` are milliseconds of up and down together. `memory` is of the web process, in kB a
talk; at the first step it is mostly what a process needs once, for threads and caches. A turn is
written down each eight seconds, which a lean relay does not do. Believe a line only with `foreign`
(cores used by others) under 0.2 and `late` (of the pages' own timers, p99) under 3 ms; where others
work, ratios of one run still say something.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from coach.wire.audio import HEADER
from tests.bench.path import FRAME_MS
from tests.bench.talks import make_talks
from tests.support.product import ROOT, Product, free_port, give_way

WARM_S = 2.0
FULL_RATE = 0.97  # of the frames must have come, or the figures mean nothing


class Peer:
    """A process of `tests.bench.path`, which answers line by line."""

    def __init__(self, module: str, *arguments: str, core: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.path.{module}", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=give_way,  # as the product does
        )
        os.sched_setaffinity(self.process.pid, {core})

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"{self.process.args} has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, line: str) -> dict[str, Any]:
        self.tell(line)
        return self.hear()


class Relay(NamedTuple):
    """What is measured: a process, and where pages find it. `header`: bytes before the sound."""

    name: str
    pid: int
    urls: Sequence[str]
    cookies: Sequence[str]
    origin: str
    header: int


class Usage(NamedTuple):
    """Of the processor, in seconds."""

    at: float
    relay: float
    ours: float
    all: float

    @classmethod
    def now(cls, relay: int) -> "Usage":
        times = psutil.cpu_times()
        busy = sum(times[:8]) - times.idle - times.iowait
        family = psutil.Process().children(recursive=True)
        return cls(
            time.monotonic(), _seconds(psutil.Process(relay)), sum(map(_seconds, family)), busy
        )


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def measure(relay: Relay, engine: Peer, seconds: float) -> dict[str, Any]:
    """Let the pages talk, and see what that costs."""
    memory = psutil.Process(relay.pid).memory_info
    before = memory().rss
    with Peer("pages", core=first_core()) as pages:
        task = {k: getattr(relay, k) for k in ("urls", "cookies", "origin", "header")}
        talks = pages.ask(json.dumps(task))["ready"]
        time.sleep(WARM_S)
        pages.ask("reset")
        engine.ask("reset")
        start = Usage.now(relay.pid)
        time.sleep(seconds)
        end = Usage.now(relay.pid)
        down, up = pages.ask("report"), engine.ask("report")
        held = memory().rss - before
    wall = end.at - start.at
    due = talks * wall * 1000 / FRAME_MS
    return {
        "relay": relay.name,
        "talks": talks - down["gone"],
        "cost": 1000 * (end.relay - start.relay) / wall / talks,
        "p50": up["p50"] + down["p50"],
        "p99": up["p99"] + down["p99"],
        "memory": held / 1024 / talks,
        "foreign": ((end.all - start.all) - (end.ours - start.ours)) / wall,
        "late": down["late"]["p99"],
        "whole": not down["gone"] and min(up["frames"], down["frames"]) >= FULL_RATE * due,
    }


def first_core() -> int:
    return min(os.sched_getaffinity(0))


def last_core() -> int:
    return max(os.sched_getaffinity(0))


def pin(pid: int) -> None:
    """Give the process, with all threads that it has, the last core."""
    for thread in psutil.Process(pid).threads():
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.sched_setaffinity(thread.id, {last_core()})


def reference(talks: int, engine_port: int, stack: ExitStack) -> Relay:
    engine = f"ws://127.0.0.1:{engine_port}/v1/realtime?at-once"
    lean = stack.enter_context(Peer("lean", engine, core=last_core()))
    url = f"ws://127.0.0.1:{lean.hear()['port']}/"
    return Relay("lean", lean.process.pid, [url] * talks, [""] * talks, "", 0)


def open_product(server: str, engine_port: int, folder: Path) -> Product:
    settings = {
        "COACH_SERVER": server,
        "COACH_ENGINE_URL": f"ws://127.0.0.1:{engine_port}/v1/realtime",
        "COACH_ENGINE_KEY": "none",
        "COACH_ENGINE_MODEL": "scripted",
        "COACH_ENGINE_SESSIONS": "5000",
    }
    product = Product(folder / server, port=free_port(), settings=settings).open()
    pin(product.pids()["web"])
    return product


def talks_of(product: Product, server: str, count: int) -> Relay:
    made = make_talks(product, count)
    urls = [f"ws://127.0.0.1:{product.port}/ws/talk/{talk.pk}/" for talk in made]
    keys = [talk.cookie for talk in made]
    return Relay(server, product.pids()["web"], urls, keys, product.url, HEADER.size)


def show(row: dict[str, Any], lean: dict[str, Any]) -> None:
    note = "" if row["whole"] else "   frames are missing"
    print(
        f"{row['relay']:8} {row['talks']:5} talks"
        f"  cost {row['cost']:6.2f}  ratio {row['cost'] / lean['cost']:5.2f}"
        f"  p50 {row['p50']:7.1f}  p99 {row['p99']:7.1f}  ratio {row['p99'] / lean['p99']:5.2f}"
        f"  memory {row['memory']:5.0f} kB"
        f"  foreign {row['foreign']:4.2f}  late {row['late']:5.1f}{note}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--talks", type=int, nargs="+", default=[20, 40, 60])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--servers", nargs="+", default=["uvicorn", "daphne"])
    options = parser.parse_args()
    lean: dict[int, dict[str, Any]] = {}
    with Peer("engine", core=first_core()) as engine, tempfile.TemporaryDirectory() as folder:
        port = engine.hear()["port"]
        for talks in options.talks:
            with ExitStack() as stack:
                lean[talks] = measure(reference(talks, port, stack), engine, options.seconds)
            show(lean[talks], lean[talks])
        for server in options.servers:
            product = open_product(server, port, Path(folder))
            try:
                for talks in options.talks:
                    # A talk that comes back is not greeted again: each step has talks of its own.
                    relay = talks_of(product, server, talks)
                    show(measure(relay, engine, options.seconds), lean[talks])
            finally:
                product.close()


if __name__ == "__main__":
    main()
