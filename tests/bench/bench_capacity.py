"""How many people one core of the engine hears at once.

    python -m tests.bench.bench_capacity [--talkers 12] [--seconds 40] [--cores 1]

The engine runs as a process of its own on `--cores` cores. First all talkers are there and silent,
then all speak at once: recorded sentences of several voices in real time, frames of 20 ms, a second
of pause between two. Processor time is the engine's own, by the kernel's account, and holds on a
busy machine too as long as the engine keeps up; waits do not. The references, in the same run: a
silent session, and the bare recogniser, greedy and one word at a time, over the same sentences.
`stopped` is the event that ends a turn; the window of silence before it is 500 ms.
"""

import argparse
import asyncio
import base64
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil
from websockets.asyncio.client import ClientConnection, connect

from coach.engine.server.run import serve
from coach.engine.stt.moonshine import Moonshine
from coach.voice.pcm import RATE, STT_RATE, resample, to_bytes, to_float
from tests.bench.sounds import Said, recordings

FRAME = RATE // 50
SILENCE = bytes(2 * FRAME)
PAUSE_S = 1.0
WINDOW_MS = 500
KEPT_UP = 0.7  # of the turns must have been heard by the end, or the figures mean nothing
PREFIX = "conversation.item.input_audio_transcription."


@dataclass
class Heard:
    """What came of the turns of all talkers; seconds."""

    said: int = 0
    speech_s: float = 0.0
    partials: int = 0
    empty: int = 0
    after_stop: list[float] = field(default_factory=list)
    after_speech: list[float] = field(default_factory=list)


def engine(cores: int, port: Any, over: Any) -> None:
    """The process of its own."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])

    async def run() -> None:
        async with serve(key="") as number:
            port.put(number)
            await asyncio.to_thread(over.wait)

    asyncio.run(run())


def event(pcm: bytes) -> str:
    audio = base64.b64encode(pcm).decode()
    return json.dumps({"type": "input_audio_buffer.append", "audio": audio})


async def send(socket: ClientConnection, sounds: Sequence[Said], first: int, heard: Heard) -> None:
    """Speaks in real time until cancelled; says nothing where there are no sounds."""
    quiet, frames = event(SILENCE), iter(())
    begun, sent, turn = time.monotonic() + first * 0.137 % 1, 0, first
    while True:
        frame = next(frames, None)
        if frame is None and sounds:
            said = sounds[turn % len(sounds)]
            turn += 1
            heard.said += 1
            heard.speech_s += said.seconds
            pcm = np.pad(said.pcm, (0, int(PAUSE_S * RATE)))
            data = to_bytes(pcm)
            frames = iter([data[at : at + 2 * FRAME] for at in range(0, len(data), 2 * FRAME)])
            frame = next(frames)
        await socket.send(quiet if frame is None else event(frame))
        sent += 1
        await asyncio.sleep(max(0.0, begun + 0.02 * sent - time.monotonic()))


async def take(socket: ClientConnection, heard: Heard) -> None:
    stopped: dict[str, float] = {}
    async for raw in socket:
        told = json.loads(raw)
        kind = told["type"]
        if kind == "input_audio_buffer.speech_stopped":
            stopped[told["item_id"]] = time.monotonic()
        elif kind == f"{PREFIX}delta":
            heard.partials += 1
        elif kind == f"{PREFIX}completed":
            heard.empty += not told["transcript"]
            heard.after_stop.append(time.monotonic() - stopped.pop(told["item_id"]))
        elif kind in (f"{PREFIX}failed", "error"):
            raise RuntimeError(raw)


async def talker(url: str, sounds: Sequence[Said], number: int, heard: Heard) -> None:
    async with connect(url, compression=None, max_size=None) as socket:
        detection = {"type": "server_vad", "silence_duration_ms": WINDOW_MS}
        audio = {
            "input": {
                "transcription": {"model": "gpt-transcribe", "language": "en"},
                "turn_detection": {**detection, "create_response": False},
            }
        }
        session = {"type": "realtime", "audio": audio}
        await socket.send(json.dumps({"type": "session.update", "session": session}))
        await asyncio.gather(send(socket, sounds, number, heard), take(socket, heard))


async def phase(
    url: str, engine: psutil.Process, sounds: Sequence[Said], arguments: argparse.Namespace
) -> tuple[float, float, Heard]:
    """Milliseconds of processor per session and second, resident MB at the end, and the rest."""
    heard = Heard()
    tasks = [
        asyncio.create_task(talker(url, sounds, number, heard))
        for number in range(arguments.talkers)
    ]
    await asyncio.sleep(3)
    before, begun = sum(engine.cpu_times()[:2]), time.monotonic()
    done, _ = await asyncio.wait(tasks, timeout=arguments.seconds)
    for task in done:
        task.result()
    used = sum(engine.cpu_times()[:2]) - before
    cost = 1000 * used / (time.monotonic() - begun) / arguments.talkers
    memory = engine.memory_info().rss / 2**20
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return cost, memory, heard


def bare(sounds: Sequence[Said]) -> float:
    """Milliseconds of processor for a second of speech, decoded once and greedily."""
    model = Moonshine()
    spent = 0.0
    for said in sounds:
        samples = to_float(resample(said.pcm, RATE, STT_RATE))
        begun = time.thread_time()
        model.transcribe(samples, quick=True)
        spent += time.thread_time() - begun
    return 1000 * spent / sum(said.seconds for said in sounds)


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))]


async def measure(url: str, process: psutil.Process, arguments: argparse.Namespace) -> None:
    sounds = recordings()
    reference = bare(sounds[:12])
    loaded = process.memory_info().rss / 2**20
    silent, _, _ = await phase(url, process, [], arguments)
    cost, memory, heard = await phase(url, process, sounds, arguments)
    part = heard.speech_s / (heard.speech_s + heard.said * PAUSE_S)
    print(
        f"{arguments.talkers} talkers on {arguments.cores} core(s), {part:.0%} of the time speech"
    )
    print(f"silent session            {silent:7.1f} ms per session and second")
    print(f"speaking session          {cost:7.1f} ms per session and second  x{cost / silent:.2f}")
    print(f"bare greedy recogniser    {reference:7.1f} ms per second of speech")
    print(
        f"everything per s of speech{cost / part:7.1f} ms  x{cost / part / reference:.2f} of bare"
    )
    if len(heard.after_stop) < KEPT_UP * heard.said:
        print("VOID: the machine was too busy for the engine to keep up with the talkers")
    else:
        print(f"people at once per core   {1000 / cost:7.1f} at most, by processor time")
    print(f"memory                    {(memory - loaded) / arguments.talkers:7.2f} MB per session")
    print(f"turns said {heard.said}, heard {len(heard.after_stop)}, empty {heard.empty}; ", end="")
    print(f"{heard.partials / max(1, len(heard.after_stop)):.1f} partial texts each")
    if heard.after_stop:
        waits = heard.after_stop
        print(
            f"stopped to final text     {1000 * statistics.median(waits):7.0f} ms median, ", end=""
        )
        print(f"{1000 * percentile(waits, 0.95):.0f} ms p95")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--talkers", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--cores", type=int, default=1)
    arguments = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    port, over = spawn.Queue(), spawn.Event()
    process = spawn.Process(target=engine, args=(arguments.cores, port, over))
    process.start()
    url = f"ws://127.0.0.1:{port.get(timeout=120)}/v1/realtime?model=bench"
    try:
        asyncio.run(measure(url, psutil.Process(process.pid), arguments))
    finally:
        over.set()
        process.join(30)


if __name__ == "__main__":
    main()
