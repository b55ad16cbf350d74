"""Experts at their desks, over real sockets and forms: they answer what rings, write, hand back."""

import asyncio
import contextlib
import json
import re
from collections.abc import Coroutine
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.faults.page import LOST, Page
from tests.faults.site import Site

OFFER = re.compile(r'data-offer="(\d+)"')
ROW = re.compile(r'data-case="(\d+)" data-state="(\w+)"')
PING_S, LIVE_S, DOWN_S = 5.0, 15.0, 4.0  # as static/js/desk/refresh.js polls
WORK = ("assigned", "active")


class Expert(Page):
    """One page of one expert. `answers`: what rings is answered; `works`: cases are worked on."""

    def __init__(self, site: Site, pk: int, cookie: str) -> None:
        super().__init__(site, "/ws/desk/", cookie, pk)
        self.pk = pk
        self.said: dict[str, str] = {}  # client id: what came of it
        self.colleagues: list[int] = []
        self.answers = self.works = True
        self.seen: set[int] = set()
        self.busy: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- the page ---------------------------------------------------------------------------------

    async def live(self) -> None:
        await self.post("/desk/presence/", status="available")
        await asyncio.gather(self.visit(), self._poll())

    async def _attend(self, socket: ClientConnection) -> None:
        pinging = asyncio.create_task(self._ping(socket))
        try:
            await super()._attend(socket)
        finally:
            pinging.cancel()

    async def _ping(self, socket: ClientConnection) -> None:
        with contextlib.suppress(*LOST):
            while True:
                await socket.send(json.dumps({"type": "ping"}))
                await asyncio.sleep(PING_S)

    async def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "ready":
            self.ready = True
        if kind in ("ready", "offer"):
            self._begin(self.look_at_offers())
        if kind in ("ready", "owned"):
            self._begin(self.look_at_cases())

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(LIVE_S if self.ready else DOWN_S)
            await self.here.wait()
            if not self.ready:
                await self.post("/desk/alive/", patience_s=0)
            await self.look_at_offers()
            await self.look_at_cases()

    async def look_at_offers(self) -> None:
        fragment = await self.site.get("/desk/offers/", self.cookie)
        for offer in map(int, OFFER.findall(fragment)):
            if offer not in self.seen:
                self.seen.add(offer)
                self._begin(self._answer(offer))

    async def queue(self) -> str:
        return await self.site.get("/desk/queue/", self.cookie)

    async def look_at_cases(self) -> None:
        """What is theirs, whatever answer of the server got lost."""
        fragment = await self.queue()
        mine = fragment.partition(">Mine</h2>")[2].partition("</ul>")[0]
        for case, state in ROW.findall(mine):
            if state in WORK and int(case) not in self.busy and self.works:
                self._begin(self.work(int(case)))

    async def post(self, path: str, patience_s: float = 75.0, **form: str) -> dict[str, Any] | None:
        """What the server says to a form, with its `status`; None: nothing."""
        answer = await self.site.post(path, self.cookie, patience_s, **form)
        if answer is None:
            return None
        with contextlib.suppress(ValueError):
            return {"status": answer.status_code, **answer.json()}
        return {"status": answer.status_code}

    # --- the expert -------------------------------------------------------------------------------

    async def _answer(self, offer: int) -> None:
        await asyncio.sleep(self.chance.uniform(0.2, 1.2))
        if not self.answers or not self.here.is_set():
            return
        will = self.chance.random()
        if will < 0.88:
            told = await self.post(f"/desk/offers/{offer}/accept/")
            if told is not None and "case" in told and self.works:
                await self.work(told["case"])
        elif will < 0.96:
            await self.post(f"/desk/offers/{offer}/decline/", reason="at lunch")

    async def work(self, case: int) -> None:
        """Join, write a few lines, and hand back, pass on or give up."""
        if case in self.busy:
            return
        self.busy.add(case)
        try:
            told = await self.post(f"/desk/cases/{case}/mode/", mode="text")
            if told is not None and told.get("code") == "ended":
                await self.post(f"/desk/cases/{case}/call/", result="reached", note="at home")
            elif told is None or told["status"] != 200:
                return
            for _ in range(self.chance.randint(1, 3)):
                await self.say(case)
                await asyncio.sleep(self.chance.uniform(0.3, 1.2))
            await self._finish(case)
        finally:
            self.busy.discard(case)

    async def say(self, case: int) -> None:
        id_ = f"e{self.pk}-{len(self.said)}"
        self.said[id_] = "open"
        told = await self.post(f"/desk/cases/{case}/say/", text=f"Line {id_}.", client_id=id_)
        taken = told is not None and told["status"] == 200
        self.said[id_] = "taken" if taken else "no answer" if told is None else "refused"

    async def _finish(self, case: int) -> None:
        will = self.chance.random()
        if will < 0.08:
            await self.post(f"/desk/cases/{case}/release/", reason="must go")
        elif will < 0.16 and self.colleagues:
            to, how = str(self.chance.choice(self.colleagues)), self.chance.choice(("warm", "cold"))
            await self.post(f"/desk/cases/{case}/transfer/", to=to, how=how, note="please")
        else:
            await self.hand_back(case)

    async def hand_back(self, case: int) -> None:
        note = {"note": "All is well.", "outcome": "advised", "may_quote": "1"}
        await self.post(f"/desk/cases/{case}/hand-back/", **note)
