"""The other sides of `bench_path`: an engine, browsers, and a lean relay as the reference.

Each is a process of its own. It prints one line of JSON when it is ready, and answers each line
that it reads with another one. Sound carries the time at which it was sent in its first eight
bytes; all processes of one machine have the same monotonic clock.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any

FRAME_MS = 40
FRAME_BYTES = FRAME_MS * 48
STAMP_BYTES = 8


def stamped() -> bytes:
    """A frame of near silence that says when it was sent."""
    return time.monotonic_ns().to_bytes(STAMP_BYTES, "little") + bytes(FRAME_BYTES - STAMP_BYTES)


def age_ms(sound: bytes) -> float:
    """How long ago the frame was sent that begins so."""
    sent = int.from_bytes(sound[:STAMP_BYTES], "little")
    return (time.monotonic_ns() - sent) / 1e6


def quantiles(values: list[float]) -> dict[str, float]:
    """p50 and p99, in the unit of the values; of none, infinite."""
    ordered = sorted(values)
    if not ordered:
        return {"p50": float("inf"), "p99": float("inf")}
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[int(0.99 * (len(ordered) - 1))]}


def say(message: dict[str, Any]) -> None:
    """One line to whoever started this process."""
    print(json.dumps(message), flush=True)


async def answer_lines(answer: Callable[[str], dict[str, Any]]) -> None:
    """Answer each line that comes, until the input ends."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        say(answer(line.decode().strip()))
