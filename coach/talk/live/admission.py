"""Admission: the engine takes so many live talks at a time; the others wait in line.

The places of an engine are leases in Redis, so that all web processes share them. A process renews
all that its talks hold in one question; when it dies, they end. Past the limit stands a line, first
come first served: a place in it outlasts the page's socket and the web process, not the member's
leaving. Where Redis cannot be asked, each process counts its own talks: the engine still refuses
what is too much for it.
"""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from coach.talk.live.admission_redis import AdmissionRedis, Answer
from coach.watch import Watch

log = structlog.get_logger(__name__)

LEASE_S = 20  # a place that nobody renews is free after this
RENEW_S = 4.0
LOOK_S = 1.0  # how often one who waits looks whether it is their turn
SEEN_S = 8  # one who has not looked for this long (reloads, a tunnel) is passed over
PATIENCE_S = 120  # and after this has left the line
IDLE_S = 300.0  # a place that nobody uses for this long goes to those who wait
ASK_S = 2.0  # a Redis that takes longer to answer is one that is not there
SETTLE_S = 6  # an empty Redis that has only just started does not know its holders yet

ShowPlace = Callable[[int], Awaitable[None]]

_admitted_here: Counter[str] = Counter()  # talks that this process has let in, by line


class Admission:
    """One talk's place with an engine.

    `line` is the engine's slug: each has a line of its own. `limit`: its places (0: no limit).
    `ticket` stands for the talk in Redis.
    """

    def __init__(self, line: str, limit: int, ticket: UUID) -> None:
        self._line = line
        self._limit = limit
        self._ticket = ticket.hex
        self._held = False
        self._came = ""  # when the line was joined, known again after Redis forgot
        self._idle_s: Callable[[], float] = lambda: 0.0
        self._given_up = asyncio.Event()
        self._redis = AdmissionRedis.here(ASK_S) if limit else None
        self._question: asyncio.Task[Answer] | None = None  # the last one

    async def take(self, show_place: ShowPlace) -> None:
        """Wait until there is a place; returns at once when there is one already.

        `show_place` is called with each new number in the line, and with 0 when the wait is over.
        """
        if self._held:
            return
        shown = 0
        while (number := await self._ask()) > 0:
            if number != shown:
                shown = number
                await show_place(number)
            await asyncio.sleep(LOOK_S * random.uniform(0.8, 1.2))
        self._held = True
        _admitted_here[self._line] += 1
        if shown:
            await show_place(0)

    async def take_now(self) -> bool:
        """Take a place if there is one now, without standing in the line. True: it is held."""
        if self._held:
            return True
        if await self._ask() > 0:
            await self._give_back(self._redis)  # not even the place in the line
            self._came = ""
            return False
        self._held = True
        _admitted_here[self._line] += 1
        return True

    async def keep(self, idle_s: Callable[[], float]) -> None:
        """Renew the place for as long as it is held. Returns when it should be given up: others
        wait, and nobody has said anything here for `idle_s()` of at least `IDLE_S` seconds."""
        self._idle_s = idle_s
        _kept.add(self)
        try:
            await self._given_up.wait()
        finally:
            _kept.discard(self)

    async def leave(self, *, for_good: bool) -> None:
        """The socket is gone. A talk that is over gives its place to the next at once; one whose
        page may come back keeps it for as long as its lease runs."""
        if self._held:
            self._held = False
            _admitted_here[self._line] -= 1
        redis, self._redis = self._redis, None
        if redis is None:
            return
        if self._question is not None:
            # One that is under way would take the place again after it was given back.
            await asyncio.gather(asyncio.shield(self._question), return_exceptions=True)
        if for_good:
            await self._give_back(redis)

    async def _give_back(self, redis: AdmissionRedis | None) -> None:
        if redis is None:
            return
        try:
            async with redis.client.pipeline() as all_of_it:
                for key in self._keys:
                    all_of_it.zrem(key, self._ticket)
                await all_of_it.execute()
        except (RedisError, OSError) as error:
            log.warning("admission_broken", error=type(error).__name__)

    @property
    def _keys(self) -> list[str]:
        # The braces keep the three on one server of a cluster.
        return [f"talk.{{{self._line}}}.{name}" for name in ("leases", "line", "seen")]

    async def _ask(self) -> int:
        """The number in the line; 0: there is a place, and it is held for a lease."""
        if self._redis is None:
            return 0
        question = self._question = self._start(self._redis, [self._ticket], holds=False)
        try:
            admitted, number, _, came = await asyncio.shield(question)
        except (RedisError, OSError) as error:
            log.warning("admission_broken", error=type(error).__name__)
            return max(0, _admitted_here[self._line] + 1 - self._limit)
        self._came = came.decode()
        return 0 if admitted else int(number)

    @classmethod
    async def renew(cls, kept: "list[Admission]") -> None:
        """Renew the places of all these talks, those with one engine in one question."""
        lines: defaultdict[tuple[AdmissionRedis, str], list[Admission]] = defaultdict(list)
        for one in kept:
            if one._held and one._redis is not None:
                lines[one._redis, one._line].append(one)
        for (redis, _), kept_there in lines.items():
            holders = [one for one in kept_there if one._held]  # one may have left meanwhile
            if not holders:
                continue
            tickets = [one._ticket for one in holders]
            question = holders[0]._start(redis, tickets, holds=True)
            for one in holders:
                one._question = question
            try:
                _, _, waiting, _ = await question
            except (RedisError, OSError) as error:
                log.warning("admission_broken", error=type(error).__name__)
                continue
            idle = [one for one in holders if one._idle_s() > IDLE_S]
            for one in sorted(idle, key=lambda one: -one._idle_s())[:waiting]:
                one._given_up.set()

    def _start(
        self, redis: AdmissionRedis, tickets: list[str], *, holds: bool
    ) -> "asyncio.Task[Answer]":
        """Ask for a place for one ticket, or renew those that all of them hold."""
        asked: list[str | float] = [self._limit, int(holds), "" if holds else self._came]
        asked += [LEASE_S * 1000, SEEN_S * 1000, PATIENCE_S * 1000, SETTLE_S, *tickets]
        return asyncio.create_task(redis.ask(self._keys, asked))


_kept = Watch("admission", Admission.renew, every=lambda: RENEW_S)
