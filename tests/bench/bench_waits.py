"""What everybody notices of one slow tool, of a locked database and of a Redis that hangs.

    python -m tests.bench.bench_waits [--talks 50] [--server daphne]

The whole product runs on data of its own, with the embedded engine. Members type a question every
few seconds, some write an emergency, an expert's page pings. Then, in the same run, each trouble
comes and goes. Milliseconds, median / 95th percentile / most; a calm stretch is the reference:

    answer     text sent to the first sound of the coach
    row        text sent to its turn in the thread, as the page is told of it
    safety     an emergency sent to the floor's move to the safety hold
    heartbeat  ping to pong of an expert's desk
    desk       the queue as HTTP
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from tests.bench.talks import make_talks, sign_in_expert
from tests.support.product import Product

QUESTIONS = ("How much protein is in an egg?", "How many calories are left?", "Hello there.")
SLOW = "dawdle for a while please"
EMERGENCY = "I want to kill myself"
EVERY_S, GIVE_UP_S = 6.0, 60.0
ALL_IN_S, TROUBLE_S, AFTER_S = 15.0, 10.0, 20.0
ALARMS = 5  # members in danger, in each trouble
SLOW_TALKS = 8


class Waits:
    """Milliseconds by what was waited for; a wait belongs to the stretch in which it began."""

    def __init__(self) -> None:
        self._stretches: list[tuple[str, dict[str, list[float]]]] = []

    def begin(self, title: str) -> None:
        print(f"… {title}", file=sys.stderr)
        self._stretches.append((title, defaultdict(list)))

    async def take(self, what: str, happened: "asyncio.Future[None]") -> None:
        begun = time.monotonic()
        found = self._stretches[-1][1][what]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(happened), GIVE_UP_S)
        found.append(1000 * (time.monotonic() - begun))

    def show(self) -> None:
        for title, found in self._stretches:
            print(title)
            for what in ("answer", "row", "safety", "heartbeat", "desk"):
                if times := sorted(found[what]):
                    p95 = times[round(0.95 * (len(times) - 1))]
                    median = statistics.median(times)
                    print(f"  {what:10} {median:7.0f} {p95:7.0f} {times[-1]:7.0f}  of {len(times)}")


class Page:
    """One talk's page; `happened` gives a future for the next thing of a kind."""

    def __init__(self, url: str, path: str, cookie: str, waits: Waits) -> None:
        self._url, self._path, self._cookie = url, path, cookie
        self._waits = waits
        self._expected: dict[str, list[asyncio.Future[None]]] = defaultdict(list)
        self._number = 0

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[ClientConnection]:
        headers = {"Cookie": f"sessionid={self._cookie}", "Origin": self._url}
        address = self._url.replace("http:", "ws:") + self._path
        async with connect(
            address,
            additional_headers=headers,
            compression=None,
            max_size=None,
            open_timeout=GIVE_UP_S,  # a busy machine opens all of them at once
        ) as socket:
            listening = asyncio.create_task(self._listen(socket))
            try:
                yield socket
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, socket: ClientConnection) -> None:
        async for raw in socket:
            if isinstance(raw, bytes):
                self._is("sound")
            elif (message := json.loads(raw))["type"] == "turn" and message["client_id"]:
                self._is("row " + message["client_id"])
            elif message["type"] == "floor":
                self._is("floor " + message["floor"])
            else:
                self._is(message["type"])

    def _is(self, what: str) -> None:
        for future in self._expected.pop(what, []):
            if not future.done():
                future.set_result(None)

    def happens(self, what: str) -> "asyncio.Future[None]":
        future = asyncio.get_running_loop().create_future()
        self._expected[what].append(future)
        return future

    async def write(self, socket: ClientConnection, text: str, *waits: tuple[str, str]) -> None:
        """Type `text`; each of `waits` is what the wait is called and what is waited for."""
        self._number += 1
        id_ = f"t{self._number}"
        takes = [(name, self.happens(what.replace("ID", id_))) for name, what in waits]
        await socket.send(json.dumps({"type": "text", "id": id_, "text": text}))
        await asyncio.gather(*(self._waits.take(name, future) for name, future in takes))

    async def talk(self, slow: asyncio.Event | None, chance: random.Random) -> None:
        """Ask again and again; with `slow`, ask for the slow tool when it is set."""
        async with self.open() as socket:
            await socket.send(json.dumps({"type": "hello", "since": 0}))
            await asyncio.sleep(chance.uniform(0, EVERY_S))
            while True:
                if slow is not None:
                    await slow.wait()
                    await self.write(socket, SLOW, ("slow", "row ID"))
                else:
                    question = chance.choice(QUESTIONS)
                    await self.write(socket, question, ("answer", "sound"), ("row", "row ID"))
                await asyncio.sleep(EVERY_S)

    async def raise_alarm(self, turn: "asyncio.Future[None]") -> None:
        """A member who is in danger says so when it is their turn."""
        async with self.open() as socket:
            await socket.send(json.dumps({"type": "hello", "since": 0}))
            await turn
            await self.write(socket, EMERGENCY, ("safety", "floor safety_hold"))

    async def keep_desk(self) -> None:
        """An expert's page: it pings each second and fetches the queue."""
        request = urllib.request.Request(
            self._url + "/desk/queue/", headers={"Cookie": f"sessionid={self._cookie}"}
        )
        async with self.open() as socket:
            fetches: set[asyncio.Task[None]] = set()
            while True:
                fetched = asyncio.ensure_future(asyncio.to_thread(_fetch, request))
                fetch = asyncio.create_task(self._waits.take("desk", fetched))
                fetches.add(fetch)
                fetch.add_done_callback(fetches.discard)
                pong = self.happens("pong")
                await socket.send(json.dumps({"type": "ping"}))
                await self._waits.take("heartbeat", pong)
                await asyncio.sleep(1)


def _fetch(request: urllib.request.Request) -> None:
    with urllib.request.urlopen(request, timeout=GIVE_UP_S) as answer:
        answer.read()


@contextlib.contextmanager
def calm(_product: Product, _slow: asyncio.Event) -> Iterator[None]:
    yield


@contextlib.contextmanager
def slow_tools(_product: Product, slow: asyncio.Event) -> Iterator[None]:
    """Some members ask for a tool that takes 15 s."""
    slow.set()
    yield
    slow.clear()


@contextlib.contextmanager
def locked(product: Product, _slow: asyncio.Event) -> Iterator[None]:
    """Somebody else writes to the database and does not end."""
    with sqlite3.connect(product.var / "coachline.sqlite3", isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


@contextlib.contextmanager
def hanging(product: Product, _slow: asyncio.Event) -> Iterator[None]:
    """Redis takes connections and commands, and says nothing."""
    redis = product.pids()["redis"]
    os.kill(redis, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(redis, signal.SIGCONT)


TROUBLES = {
    "calm": calm,
    f"{SLOW_TALKS} tools of 15 s": slow_tools,
    "Redis hangs": hanging,
    "the database is locked": locked,
}


async def run(product: Product, pages: list[tuple[str, str]], talks: int) -> None:
    waits, slow, chance = Waits(), asyncio.Event(), random.Random(1)
    made = [Page(product.url, path, cookie, waits) for path, cookie in pages]
    desk = made.pop()
    turns = [asyncio.get_running_loop().create_future() for _ in range(ALARMS * len(TROUBLES))]
    work = [made.pop().raise_alarm(turn) for turn in turns]
    work += [page.talk(slow, chance) for page in made[:SLOW_TALKS]]
    work += [page.talk(None, chance) for page in made[SLOW_TALKS:talks]]
    waits.begin("while all come in")
    tasks = [asyncio.create_task(one) for one in [*work, desk.keep_desk()]]
    await asyncio.sleep(ALL_IN_S)
    for title, trouble in TROUBLES.items():
        waits.begin(title)
        with trouble(product, slow):
            for _ in range(ALARMS):
                await asyncio.sleep(TROUBLE_S / ALARMS)
                turns.pop().set_result(None)
        waits.begin(f"after: {title}")
        await asyncio.sleep(AFTER_S)
    for task in tasks:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    waits.show()


def pages(product: Product, talks: int) -> list[tuple[str, str]]:
    """Path of the socket and session cookie of each talk, and at last of an expert's desk."""
    made = make_talks(product, talks, ["dawdle"])
    members = [(f"/ws/talk/{talk.pk}/", talk.cookie) for talk in made]
    return [*members, ("/ws/desk/", sign_in_expert(product))]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--talks", type=int, default=50)
    arguments.add_argument("--server", default="daphne")
    options = arguments.parse_args()
    settings = {
        "COACH_SERVER": options.server,
        "COACH_ENGINE_SESSIONS": "200",
        "DJANGO_SETTINGS_MODULE": "tests.bench.slow_tool.settings",
    }
    with tempfile.TemporaryDirectory() as name:
        product = Product(Path(name), settings=settings).open()
        try:
            asyncio.run(
                run(product, pages(product, options.talks + ALARMS * len(TROUBLES)), options.talks)
            )
        finally:
            product.close()


if __name__ == "__main__":
    main()
