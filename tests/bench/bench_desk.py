"""From a member's words of danger to the desks, with many talks live and many desks open.

    python -m tests.bench.bench_desk [--talks 200] [--desks 50] [--seconds 120] [--every 2]

The whole product runs on data of its own, under uvicorn. Members sit in their talks and type now
and then; desks are pages with a socket, which fetch what a push names, as their scripts do. At a
steady rate one member after another types words of danger. Milliseconds, median / p95 / most:

    raised    the words are sent; the row of the case is written
    rung      … and that of the first offer
    offer     the words are sent; the push of the offer is at the first desk that rings
    ringing   … and that desk has fetched the offer
    queue     … and a desk has fetched the queue with the case: all desks, each case
    screening of one member's turn, by rules and by the learned score, beside the whole turn

The limit is one second for `offer` and `queue`, at the 95th percentile. Load of others is shown:
only a quiet machine is worth quoting. So is the processor time of each part: the pages of the bench
stand on the same cores as the product, and real ones do not. Where both together fill the machine,
the waits above are those of a smaller machine than the product would have.
"""

import argparse
import asyncio
import importlib
import os
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import django
import psutil

from tests.faults.stage import opened

QUIET_CORES = 0.3  # used by others, at most
TURNS = 200  # of which screening is timed


def show(title: str, seconds: list[float]) -> None:
    if not seconds:
        print(f"{title:10} nothing came")
        return
    times = sorted(1000 * one for one in seconds)
    p95 = times[round(0.95 * (len(times) - 1))]
    middle = statistics.median(times)
    print(f"{title:10} {middle:7.0f} {p95:7.0f} {times[-1]:7.0f}  of {len(times)}", flush=True)


def foreign(before: "psutil._pslinux.scputimes", ours: float, begun: float) -> float:
    """Cores that others have used meanwhile; `ours`: seconds of processor of our own processes."""
    now = psutil.cpu_times()
    busy = (sum(now) - now.idle - now.iowait) - (sum(before) - before.idle - before.iowait)
    return max(0.0, (busy - ours) / (time.monotonic() - begun))


def parts_of(stage: Any) -> dict[str, psutil.Process]:
    """The product's processes, what stands behind it, and `bench`: all pages of this program."""
    pids = {**stage.product.pids(), "redis": stage.redis.process.pid, "bench": os.getpid()}
    if stage.postgres is not None:
        pids["postgres"] = stage.postgres.pid
    return {name: psutil.Process(pid) for name, pid in pids.items()}


def processor(parts: dict[str, psutil.Process]) -> dict[str, float]:
    """Seconds of processor that each has used, with its children; those of `bench` are others."""
    used: dict[str, float] = {}
    for name, main in parts.items():
        family = [main] if name == "bench" else [main, *main.children(recursive=True)]
        used[name] = float(sum(sum(one.cpu_times()[:2]) for one in family))
    return used


def show_processor(used: dict[str, float], seconds: float) -> None:
    """How much of a core each part had; a process of Python can have one, whatever it asks for."""
    cores = {name: used[name] / seconds for name in sorted(used, key=lambda name: -used[name])}
    told = ", ".join(f"{name} {share:.2f}" for name, share in cores.items() if share >= 0.005)
    bench = cores.pop("bench")
    print(f"cores used: {told}")
    print(f"  the product {sum(cores.values()):.2f}, the bench's own pages {bench:.2f}", end="")
    print(f", of {os.cpu_count()}", flush=True)


async def measure(stage: Any, arguments: argparse.Namespace, work: Any) -> None:
    parts = parts_of(stage)
    room: Callable[..., Awaitable[Any]] = work.measure
    busy: dict[str, float] = {}

    def begin() -> None:
        """The members are in their talks: what is used from here on is counted."""
        busy.update(processor(parts), at=time.monotonic())

    before, used, begun = psutil.cpu_times(), processor(parts), time.monotonic()
    found = await room(stage, arguments, random.Random(1), begin)
    now = processor(parts)
    others = foreign(before, sum(now.values()) - sum(used.values()), begun)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{arguments.talks} talks, {arguments.desks} desks; load {load} on {os.cpu_count()} cores"
    )
    print(f"others used {others:.2f} cores meanwhile")
    if others > QUIET_CORES:
        print("VOID: the machine was too busy for these figures to mean anything")
    seconds = time.monotonic() - busy.pop("at")
    show_processor({name: now[name] - spent for name, spent in busy.items()}, seconds)
    for title, waits in found.items():
        show(title, waits)
    rules, score, whole = await asyncio.to_thread(work.screening, TURNS)
    print(
        f"screening  rules {rules:.2f} ms, score {score:.2f} ms, of a turn of {whole:.1f} ms: ",
        end="",
    )
    print(f"{(rules + score) / whole:.0%}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--talks", type=int, default=200)
    parser.add_argument("--desks", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two calls")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    arguments = parser.parse_args()
    with opened(arguments.database) as stage:
        os.environ.update(stage.product.environment, DJANGO_SETTINGS_MODULE="coach.settings")
        django.setup()
        asyncio.run(measure(stage, arguments, importlib.import_module("tests.bench.desk_talks")))


if __name__ == "__main__":
    sys.exit(main())
