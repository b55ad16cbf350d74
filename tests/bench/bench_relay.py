"""What a relay costs: CPU per session-second of ours, and of a naive one in the same run.

    python -m tests.bench.bench_relay [--sessions 50] [--seconds 10] [--frame-ms 40]

Each session is full duplex: the page sends a binary PCM16 frame every `frame-ms` and a report of
what it played every 100 ms; the engine sends base64 audio deltas at the same pace and a transcript
delta with every tenth. Pages and engine run in a process of their own; the relay's process is
measured. Absolute figures belong to one machine; the ratio carries further.
"""

import argparse
import asyncio
import base64
import json
import multiprocessing
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from websockets.asyncio.client import connect as dial
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from coach import wire
from coach.voice.conversation import Conversation
from coach.voice.inputs import PlaybackProgress
from coach.voice.interfaces import HistoryLine
from coach.voice.realtime import EngineSettings, EngineTarget, connect
from coach.voice.relay import Relay

WARM_S = 3.0
ITEM_S = 8.0


# --- the other side: an engine and the pages, in another process ----------------------------------


async def engine(socket: ServerConnection, frame_ms: int) -> None:
    """Speaks for ever from the first response.create on."""
    await socket.send(json.dumps({"type": "session.created", "session": {"id": "s"}}))
    talking: asyncio.Task[None] | None = None
    try:
        async for raw in socket:
            if b"append" in raw[:48] if isinstance(raw, bytes) else "append" in raw[:48]:
                continue
            kind = json.loads(raw)["type"]
            if kind == "session.update":
                await socket.send(json.dumps({"type": "session.updated", "session": {"id": "s"}}))
            elif kind == "response.create" and talking is None:
                await socket.send(
                    json.dumps({"type": "response.created", "response": {"id": "resp_1"}})
                )
                talking = asyncio.create_task(talk(socket, frame_ms))
    except ConnectionClosed:
        pass  # the run is over
    finally:
        if talking:
            talking.cancel()


async def talk(socket: ServerConnection, frame_ms: int) -> None:
    audio = base64.b64encode(bytes(frame_ms * 48)).decode()
    per_item = int(ITEM_S * 1000 / frame_ms)
    start, number = time.monotonic(), 0
    while True:
        item = f"item_{number // per_item}"
        ids = {"response_id": "resp_1", "item_id": item, "output_index": 0, "content_index": 0}
        if number % 10 == 0:
            kind = "response.output_audio_transcript.delta"
            await socket.send(json.dumps({"type": kind, "event_id": "e", **ids, "delta": "word "}))
        kind = "response.output_audio.delta"
        compact = (",", ":")
        message = {"type": kind, "event_id": f"event_{number}", **ids, "delta": audio}
        await socket.send(json.dumps(message, separators=compact))
        number += 1
        if number % per_item == 0:
            body = {"id": item, "type": "message", "status": "completed"}
            kind = "response.output_item.done"
            await socket.send(json.dumps({"type": kind, "response_id": "resp_1", "item": body}))
        await asyncio.sleep(max(0.0, start + number * frame_ms / 1000 - time.monotonic()))


async def page(url: str, frame_ms: int, got: list[int], delay: float) -> None:
    await asyncio.sleep(delay)
    played: dict[int, int] = {}
    async with dial(url, compression=None) as socket:

        async def listen() -> None:
            with suppress(ConnectionClosed):  # the run is over
                async for frame in socket:
                    if isinstance(frame, bytes):
                        got[0] += 1
                        index = int.from_bytes(frame[4:6], "little")
                        played[index] = played.get(index, 0) + frame_ms

        listener = asyncio.create_task(listen())
        start, number = time.monotonic(), 0
        while True:
            await socket.send(bytes(frame_ms * 48))
            number += 1
            if number * frame_ms % 120 == 0:
                for index, ms in list(played.items())[-2:]:
                    report = {"type": "heard", "generation": 1, "item": index, "ms": ms}
                    await socket.send(json.dumps(report))
            await asyncio.sleep(max(0.0, start + number * frame_ms / 1000 - time.monotonic()))
            if listener.done():
                return


def other_side(pipe: Connection, sessions: int, frame_ms: int) -> None:
    async def run() -> None:
        async with serve(lambda s: engine(s, frame_ms), "127.0.0.1", 0, compression=None) as server:
            pipe.send(next(iter(server.sockets)).getsockname()[1])
            url = f"ws://127.0.0.1:{await asyncio.to_thread(pipe.recv)}/"
            got = [0]
            pages = [
                asyncio.create_task(page(url, frame_ms, got, n * 1.0 / sessions))
                for n in range(sessions)
            ]
            while await asyncio.to_thread(pipe.recv) == "count":
                pipe.send(got[0])
            for task in pages:
                task.cancel()
            await asyncio.gather(*pages, return_exceptions=True)

    asyncio.run(run())


# --- the relays -----------------------------------------------------------------------------------


class BenchPage:
    def __init__(self, socket: ServerConnection) -> None:
        self.socket = socket

    async def send(self, message: wire.ToPage) -> None:
        await self.socket.send(wire.encode(message))

    async def send_audio(self, frame: bytes) -> None:
        await self.socket.send(frame)


class BenchHost:
    async def record_turn(self, turn: Any) -> bool:
        return True

    async def run_tool(self, call_id: str, name: str, arguments: str) -> str:
        return "{}"

    def screen(self, text: Any) -> bool:
        return False

    def show_caption(self, caption: Any) -> None:
        return None

    async def history(self) -> list[HistoryLine]:
        return []

    def directive_delivered(self, ref: int) -> None:
        pass

    def count_usage(self, usage: Any) -> None:
        return None

    def error_message(self, code: str) -> str:
        return code


async def ours(socket: ServerConnection, engine_url: str) -> None:
    relay = Relay(
        conversation=Conversation(greeting="Hello"),
        page=BenchPage(socket),
        host=BenchHost(),
        connect=lambda: connect(EngineTarget(engine_url, "", "m")),
        settings=EngineSettings("Be kind."),
    )
    task = asyncio.create_task(relay.run())
    try:
        async for frame in socket:
            if isinstance(frame, bytes):
                await relay.page_audio(frame)
                continue
            message = wire.read_from_page(frame)
            if isinstance(message, wire.HeardAudio):
                await relay.dispatch(
                    PlaybackProgress(message.generation, message.item, int(message.ms))
                )
    except ConnectionClosed:
        pass  # the run is over
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def naive(socket: ServerConnection, engine_url: str) -> None:
    async with dial(engine_url) as upstream:
        await upstream.send(json.dumps({"type": "session.update", "session": {}}))
        await upstream.send(json.dumps({"type": "response.create"}))

        async def down() -> None:
            index: dict[str, int] = {}
            async for raw in upstream:
                event = json.loads(raw)
                if event["type"] == "response.output_audio.delta":
                    number = index.setdefault(event["item_id"], len(index))
                    head = (1).to_bytes(4, "little") + number.to_bytes(2, "little") + bytes(2)
                    await socket.send(head + base64.b64decode(event["delta"]))
                else:
                    await socket.send(json.dumps(event))

        downward = asyncio.create_task(down())
        try:
            async for frame in socket:
                if isinstance(frame, bytes):
                    audio = base64.b64encode(frame).decode()
                    message = {"type": "input_audio_buffer.append", "audio": audio}
                    await upstream.send(json.dumps(message))
                else:
                    json.loads(frame)
        except ConnectionClosed:
            pass  # the run is over
        finally:
            downward.cancel()
            await asyncio.gather(downward, return_exceptions=True)


async def measure(relay: Any, sessions: int, seconds: float, frame_ms: int) -> tuple[float, float]:
    """CPU milliseconds per session-second, and the share of audio frames that arrived."""
    pipe, far = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=other_side, args=(far, sessions, frame_ms), daemon=True
    )
    child.start()
    engine_port = await asyncio.to_thread(pipe.recv)
    engine_url = f"ws://127.0.0.1:{engine_port}/v1/realtime"
    options = {"compression": None} if relay is ours else {}
    async with serve(lambda s: relay(s, engine_url), "127.0.0.1", 0, **options) as server:
        pipe.send(next(iter(server.sockets)).getsockname()[1])
        await asyncio.sleep(WARM_S)
        pipe.send("count")
        before = await asyncio.to_thread(pipe.recv)
        cpu, start = time.process_time(), time.monotonic()
        await asyncio.sleep(seconds)
        cpu, took = time.process_time() - cpu, time.monotonic() - start
        pipe.send("count")
        frames = await asyncio.to_thread(pipe.recv) - before
        pipe.send("stop")
        await asyncio.to_thread(child.join, 5)
    wanted = sessions * took * 1000 / frame_ms
    return cpu * 1000 / (sessions * took), frames / wanted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--frame-ms", type=int, default=40)
    options = parser.parse_args()
    costs = {}
    for name, relay in (("naive", naive), ("ours", ours)):
        cost, share = asyncio.run(
            measure(relay, options.sessions, options.seconds, options.frame_ms)
        )
        costs[name] = cost
        print(f"{name:6} {cost:6.2f} ms CPU per session-second, {share:6.1%} of frames")
    print(f"ratio  {costs['ours'] / costs['naive']:.2f}")


if __name__ == "__main__":
    main()
