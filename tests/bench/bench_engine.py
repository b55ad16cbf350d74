"""A whole turn on the socket: from the end of speech to the first sound of the answer.

    python -m tests.bench.bench_engine [--turns 20]

The engine runs as a process of its own, with its real recogniser, rules and synthesiser. A member
speaks in real time, in frames of 20 ms, with a silence window of 500 ms; the answer is the tool's
sentence after a tool call that takes no time. Memory is the engine's resident set after the last
turn.
"""

import argparse
import asyncio
import base64
import json
import multiprocessing
import statistics
import time
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from coach.engine.server.run import serve
from coach.engine.tts.synthesiser import Synthesiser
from coach.voice.pcm import RATE, Pcm

FRAME = RATE // 50
WINDOW_MS = 500
SENTENCES = (
    "I had two eggs and a slice of toast for breakfast.",
    "Log a banana.",
    "I had a bowl of porridge with honey and blueberries.",
    "For lunch I had a chicken salad with olive oil.",
)
SAYS = "Two eggs and a slice of toast, about 250 kilocalories. Anything else?"
TOOL = {
    "type": "function",
    "name": "log_meal",
    "description": 'Write down what the member ate.\nExamples: "I had two eggs"; "log an apple"; '
    '"for lunch I had a bowl of soup"',
    "parameters": {
        "type": "object",
        "properties": {"said": {"type": "string"}},
        "required": ["said"],
    },
}
Marks = dict[str, float]


def engine(port: Any, over: Any) -> None:
    """The process of its own."""

    async def run() -> None:
        async with serve(key="") as number:
            port.put(number)
            await asyncio.to_thread(over.wait)

    asyncio.run(run())


def resident_mb(pid: int | None) -> float:
    with open(f"/proc/{pid}/status") as status:
        kb = next(line for line in status if line.startswith("VmRSS"))
    return int(kb.split()[1]) / 1024


async def speak(socket: ClientConnection, pcm: Pcm, quiet: asyncio.Event) -> float:
    """Sends the sound in real time, and silence until told; returns when the last word went."""
    begun, sent, ended = time.perf_counter(), 0, 0.0
    while not quiet.is_set():
        frame = pcm[sent * FRAME : (sent + 1) * FRAME]
        if not frame.size:
            ended = ended or time.perf_counter()
            frame = np.zeros(FRAME, dtype=np.int16)
        audio = base64.b64encode(frame.astype("<i2").tobytes()).decode()
        await socket.send(json.dumps({"type": "input_audio_buffer.append", "audio": audio}))
        sent += 1
        await asyncio.sleep(begun + sent * 0.02 - time.perf_counter())
    return ended


async def answer(socket: ClientConnection, quiet: asyncio.Event) -> Marks:
    """Plays the relay: gives the tool's output, asks for the answer; when things happened."""
    marks: Marks = {}
    async for raw in socket:
        event = json.loads(raw)
        kind = event["type"].removeprefix("conversation.item.input_audio_transcription.")
        marks.setdefault(kind, time.perf_counter())
        if kind == "response.function_call_arguments.done":
            output = {"type": "function_call_output", "call_id": event["call_id"]}
            output["output"] = json.dumps({"say": SAYS})
            await socket.send(json.dumps({"type": "conversation.item.create", "item": output}))
        elif kind == "response.done":
            if "response.output_audio.delta" in marks:
                break
            await socket.send(json.dumps({"type": "response.create"}))
        elif kind == "response.output_audio.delta":
            quiet.set()
    return marks


async def turn(socket: ClientConnection, pcm: Pcm) -> Marks:
    quiet = asyncio.Event()
    ended, marks = await asyncio.gather(speak(socket, pcm, quiet), answer(socket, quiet))
    stopped = marks["input_audio_buffer.speech_stopped"]
    return {
        "end of speech to end of turn": stopped - ended,
        "end of turn to final text": marks["completed"] - stopped,
        "end of turn to first audio": marks["response.output_audio.delta"] - stopped,
        "end of speech to first audio": marks["response.output_audio.delta"] - ended,
    }


def trimmed(pcm: Pcm) -> Pcm:
    """Without the silence after the last word."""
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 300)
    return pcm[: int(loud[-1]) + 1]


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=20)
    turns = parser.parse_args().turns
    tts = Synthesiser()
    await tts.start()
    said = [
        trimmed(np.concatenate([one.pcm async for one in tts.synthesise(text)]))
        for text in SENTENCES
    ]
    await tts.close()
    spawn = multiprocessing.get_context("spawn")
    port, over = spawn.Queue(), spawn.Event()
    process = spawn.Process(target=engine, args=(port, over))
    process.start()
    url = f"ws://127.0.0.1:{port.get(timeout=60)}/v1/realtime?model=bench"
    loaded = resident_mb(process.pid)
    async with connect(url) as socket:
        audio = {
            "input": {
                "transcription": {"model": "gpt-transcribe", "language": "en"},
                "turn_detection": {"type": "server_vad", "silence_duration_ms": WINDOW_MS},
            }
        }
        session = {"type": "realtime", "tools": [TOOL], "audio": audio}
        await socket.send(json.dumps({"type": "session.update", "session": session}))
        took = [await turn(socket, said[number % len(said)]) for number in range(turns)]
    for what in took[0]:
        times = sorted(1000 * one[what] for one in took)
        middle, late = statistics.median(times), times[int(0.95 * (len(times) - 1))]
        print(f"{what:32} median {middle:5.0f} ms   p95 {late:5.0f} ms   x{middle / WINDOW_MS:.2f}")
    print(f"x: of the silence window, {WINDOW_MS} ms, in the same run; {turns} turns")
    print(f"memory {resident_mb(process.pid):.0f} MB after the turns, {loaded:.0f} MB when loaded")
    over.set()
    process.join(30)


if __name__ == "__main__":
    asyncio.run(main())
