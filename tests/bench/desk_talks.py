"""Members and desks of `bench_desk`. It is imported when Django knows the product's rows."""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from coach.talk.actions import record_turn
from coach.talk.models import Session
from handoff import hooks
from handoff.models import Escalation, Offer
from handoff.safety import thresholds
from tests.faults import rows
from tests.faults.experts import ROW, Expert
from tests.faults.members import SMALL_TALK, Member
from tests.faults.site import Site
from tests.faults.stage import Stage

PAUSE_S, EACH_S = 0.15, 0.01  # as static/js/desk/queue/fetched_rows.js waits before it fetches
ALL_IN_S = 20.0
LINES = (*SMALL_TALK, "I had two eggs and toast for breakfast.", "I feel tired today, and hungry.")


class Desk(Expert):
    """Fetches what a push names; notes when what was first seen."""

    def __init__(self, site: Site, pk: int, cookie: str) -> None:
        super().__init__(site, pk, cookie)
        self.rang_at: dict[int, float] = {}
        self.fetched_at: dict[int, float] = {}
        self.shown_at: dict[int, float] = {}
        self.desks = 1
        self._soon = False
        self._fetched_at = float("-inf")

    async def live(self) -> None:
        try:
            await super().live()
        finally:
            for task in self._tasks:
                task.cancel()

    async def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "offer":
            self.rang_at[message["offer"]] = time.monotonic()
        await super()._take(message)
        if kind in ("queue", "offer_gone", "presence"):
            self._begin(self.look_at_cases())

    async def queue(self) -> str:
        """The queue, a moment later; "" when it is being waited for already."""
        if self._soon:
            return ""
        self._soon = True
        turn = self.desks * EACH_S
        rested = self._fetched_at + 2 * turn - time.monotonic()
        await asyncio.sleep(max(PAUSE_S + self.chance.random() * turn, rested))
        self._soon, self._fetched_at = False, time.monotonic()
        fragment = await super().queue()
        now = time.monotonic()
        for case, _state in ROW.findall(fragment):
            self.shown_at.setdefault(int(case), now)
        return fragment

    async def look_at_offers(self) -> None:
        known = set(self.seen)
        await super().look_at_offers()
        for offer in self.seen - known:
            self.fetched_at[offer] = time.monotonic()


async def measure(
    stage: Stage,
    arguments: argparse.Namespace,
    chance: random.Random,
    begin: Callable[[], None],
) -> dict[str, list[float]]:
    """Seconds of each wait. `begin` is called when all have come and are at rest."""
    site = Site(stage.product.url, chance, stage.mails, calls=False)
    members = [
        Member(site, seat.key, seat.cookie, number)
        for number, seat in enumerate(await asyncio.to_thread(rows.make_members, arguments.talks))
    ]
    seats = await asyncio.to_thread(rows.make_experts, arguments.desks)
    desks = [Desk(site, int(seat.key), seat.cookie) for seat in seats]
    for desk in desks:
        desk.desks = len(desks)
    tasks = [asyncio.create_task(desk.live()) for desk in desks]
    for member in members:
        tasks.append(asyncio.create_task(member.visit()))
        await asyncio.sleep(ALL_IN_S / len(members))
    await asyncio.sleep(5)
    begin()
    tasks.append(asyncio.create_task(_small_talk(members, chance)))
    sent: dict[str, float] = {}
    ahead = time.time() - time.monotonic()
    for number in range(min(len(members), int(arguments.seconds / arguments.every))):
        member = members[number]
        sent[member.talk] = time.monotonic()
        await member.call_in_danger()
        await asyncio.sleep(arguments.every)
    await asyncio.sleep(10)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await site.http.aclose()
    return await asyncio.to_thread(_waits, sent, desks, ahead)


async def _small_talk(members: list[Member], chance: random.Random) -> None:
    """Two lines a second, by whoever it may be."""
    while True:
        await asyncio.sleep(0.5)
        await chance.choice(members).say(chance.choice(SMALL_TALK))


def _waits(sent: dict[str, float], desks: list[Desk], ahead: float) -> dict[str, list[float]]:
    """`ahead`: the wall clock less the monotonic one, in which all else is told."""
    found: dict[str, list[float]] = {
        title: [] for title in ("raised", "rung", "offer", "ringing", "queue")
    }
    for case in Escalation.objects.filter(session__in=list(sent)):
        begun = sent[str(case.session_id)]
        made = dict(Offer.objects.filter(escalation=case).values_list("pk", "created_at"))
        offers = set(made)
        found["raised"].append(case.created_at.timestamp() - ahead - begun)
        if made:
            found["rung"].append(min(made.values()).timestamp() - ahead - begun)
        for title, place in (("offer", "rang_at"), ("ringing", "fetched_at")):
            times = [
                at for desk in desks for pk, at in getattr(desk, place).items() if pk in offers
            ]
            if times:
                found[title].append(min(times) - begun)
        found["queue"] += [
            desk.shown_at[case.pk] - begun for desk in desks if case.pk in desk.shown_at
        ]
    return found


def screening(turns: int) -> tuple[float, float, float]:
    """Milliseconds of a member's turn: its rules, its learned score, and all of it."""
    session = Session.objects.filter(ended_at=None).order_by("-started_at")[0]
    thresholds.refresh()
    parts: list[tuple[float, float, float]] = []
    for number in range(turns):
        before = LINES[number % len(LINES)]
        text = f"{LINES[number % 5]} That was at {number} past."  # none is known from before
        begun = time.perf_counter()
        found = hooks.screen(text, "member", "en")
        ruled = time.perf_counter()
        hooks.score([before, text], found)
        scored = time.perf_counter()
        record_turn(session, "member", text, client_id=f"bench-{number}")
        whole = time.perf_counter() - begun  # the turn screens the same text again, from memory
        parts.append((ruled - begun, scored - ruled, whole))
    rules, score, whole = (1000 * statistics.median(column) for column in zip(*parts, strict=True))
    return rules, score, whole
