"""Many talks for a long time: does anything grow that should not?

    python -m tests.bench.soak [--talks 20] [--minutes 30] [--every 10]

The whole product runs as `make run` starts it, on data of its own, with the real engine. Each
member speaks recorded sentences in real time, types, interrupts and reconnects now and then. Every
`--every` seconds the memory, files and threads of each process, Redis and the rows are read. The
first tenth of the samples is warming up; of the rest the medians of the first and the last third
are compared. Flat: the last is at most 5 % (or 6 MB, 4 files) above the first.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import statistics
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil
import redis

from coach.environment import own_redis
from tests.bench.member import Member, Tally
from tests.bench.sounds import recordings
from tests.bench.talks import make_talks
from tests.support.product import Product

FLAT = 1.05
SLACK = {"MB": 6.0, "files": 4.0, "threads": 2.0, "": 20.0}
GROWS = "rows"  # what members say is kept: these are told, not judged
JOIN_S = 0.3


class Gauges:
    """Reads everything that could grow."""

    def __init__(self, product: Product) -> None:
        self._house = product
        self._begun = time.monotonic()
        self.samples: dict[str, list[tuple[float, float]]] = defaultdict(list)
        environment = psutil.Process(product.pids()["web"]).environ()
        self._redis = redis.Redis.from_url(
            own_redis(product.var / "redis", int(environment["COACH_REDIS_PORT"]))
        )
        self._engine = f"http://127.0.0.1:{environment['COACH_ENGINE_PORT']}/healthz"
        self._cpu: dict[str, list[float]] = defaultdict(list)

    def read(self) -> None:
        """One sample of each gauge."""
        for name, pid in self._house.pids().items():
            with contextlib.suppress(psutil.NoSuchProcess):
                self._process(name, psutil.Process(pid))
        told = self._redis.info()
        self._note("redis data", "MB", told["used_memory"] / 2**20)
        self._note("redis clients", "", told["connected_clients"])
        self._note("redis channels", "", told["pubsub_channels"] + told["pubsub_patterns"])
        self._note("redis keys", "", sum(self._keys(told)))
        with urllib.request.urlopen(self._engine, timeout=20) as answer:
            health = json.load(answer)
        for what in ("sessions", "tasks"):
            if what in health:
                self._note(f"engine {what}", "", health[what])
        for table in ("talk_turn", "talk_toolcall", "nutrition_meal"):
            [row] = self._house.rows(f"SELECT count(*) AS n FROM {table}")
            self._note(f"{table} {GROWS}", "", row["n"])

    def _keys(self, told: dict[str, Any]) -> list[int]:
        return [told[db]["keys"] for db in told if db.startswith("db")]

    def _process(self, name: str, first: psutil.Process) -> None:
        family = [first, *first.children(recursive=True)]
        self._note(name, "MB", sum(one.memory_info().rss for one in family) / 2**20)
        self._note(f"{name} files", "files", sum(one.num_fds() for one in family))
        self._note(f"{name} threads", "threads", sum(one.num_threads() for one in family))
        self._cpu[name].append(sum(sum(one.cpu_times()[:2]) for one in family))

    def _note(self, what: str, unit: str, value: float) -> None:
        self.samples[f"{what}|{unit}"].append((time.monotonic() - self._begun, value))

    def line(self) -> str:
        """The newest values in short."""
        newest = {key: values[-1][1] for key, values in self.samples.items()}
        parts = [f"{key[:-3]} {newest[key]:.0f}" for key in newest if key.endswith("|MB")]
        return f"{time.monotonic() - self._begun:6.0f} s  MB: " + ", ".join(parts)

    def report(self, talks: int) -> bool:
        """Prints the comparison; whether everything is flat."""
        print(f"\n{'':26}{'first third':>12}{'last third':>12}{'ratio':>7}{'per hour':>10}")
        flat = [self._compare(*key.rsplit("|", 1), values) for key, values in self.samples.items()]
        times = next(iter(self.samples.values()))
        seconds = times[-1][0] - times[0][0]
        for name, used in self._cpu.items():
            each = 1000 * (used[-1] - used[0]) / seconds / talks
            print(f"cpu {name:12} {each:6.1f} ms per talk and second")
        return all(flat)

    def _compare(self, what: str, unit: str, values: list[tuple[float, float]]) -> bool:
        warm = values[len(values) // 10 :]
        third = max(1, len(warm) // 3)
        first = statistics.median(value for _, value in warm[:third])
        last = statistics.median(value for _, value in warm[-third:])
        slope = 0.0
        if len(warm) > 2:
            slope = 3600 * statistics.linear_regression(*zip(*warm, strict=True)).slope
        flat = what.endswith(GROWS) or last <= max(FLAT * first, first + SLACK[unit])
        ratio = last / first if first else 1.0
        verdict = "" if flat else "  GROWS"
        print(f"{what:22}{unit:4}{first:12.1f}{last:12.1f}{ratio:7.3f}{slope:+10.1f}{verdict}")
        return flat


async def talk(
    product: Product, gauges: Gauges, tally: Tally, arguments: argparse.Namespace
) -> None:
    """Lets the members live for so long, and looks every now and then."""
    sounds = recordings()
    made = await asyncio.to_thread(make_talks, product, arguments.talks)
    url = product.url.replace("http:", "ws:")
    tasks = []
    for number, (pk, cookie) in enumerate(made):
        one = Member(f"{url}/ws/talk/{pk}/", cookie, sounds, tally, number)
        tasks.append(asyncio.create_task(one.live()))
        await asyncio.sleep(JOIN_S)
    until = time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < until:
        await asyncio.to_thread(gauges.read)
        print(gauges.line(), dict(tally.counts), flush=True)
        broken = [task for task in tasks if task.done()]
        for task in broken:
            tasks.remove(task)
            task.result()
        await asyncio.sleep(arguments.every)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--every", type=float, default=10, help="seconds between two samples")
    arguments = parser.parse_args()
    # Begun with nohup in the background it would ignore Ctrl-C, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        product = Product(Path(name)).open()
        try:
            gauges = Gauges(product)
            asyncio.run(talk(product, gauges, tally, arguments))
            flat = gauges.report(arguments.talks)
        finally:
            product.close()
    print("\n".join(f"{what:28} {count}" for what, count in sorted(tally.counts.items())))
    if tally.waits:
        waits = sorted(tally.waits)
        print(f"end of a turn to the coach's sound: median {statistics.median(waits):.2f} s")
    print("flat" if flat else "NOT FLAT")


if __name__ == "__main__":
    main()
