"""One course: people use the product, faults come one after another, and all rows are looked at."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from coach import clock
from tests.faults import rows
from tests.faults.experts import Expert
from tests.faults.members import Member
from tests.faults.site import Site
from tests.faults.stage import Stage
from tests.faults.table import Fault, Outcome
from tests.support.laws import left_lying

LEFT_LYING = timedelta(seconds=4)  # two walks of the sweeper, on a machine with other work
ALL_IN_S = 6.0
CALM_S = 10.0  # so long an injector waits for a member who is not in a case
INJECTED_WITHIN_S = 240.0  # beyond the fault's own time
T = TypeVar("T")


@dataclass
class Course:
    """`seconds`: how long a fault goes on; `patience_s`: until everything is at rest after it.

    What an injector finds itself stands in `found`.
    """

    stage: Stage
    site: Site
    chance: random.Random
    seconds: float
    patience_s: float
    members: list[Member] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)
    crowd: list[rows.Seat] = field(default_factory=list)
    injected: int = 0
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _tasks: list["asyncio.Task[Any]"] = field(default_factory=list)

    # --- for the injectors ------------------------------------------------------------------------

    async def ask(self, question: Callable[..., T], *arguments: object, **more: object) -> T:
        """Ask the rows, beside the loop, however long the database is away."""
        return await asyncio.to_thread(rows.asked_again, question, *arguments, **more)

    async def moments(self, every_s: float, most: int = 1000) -> AsyncIterator[int]:
        """Random instants until the fault's time is over; one at least."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.seconds
        for number in range(most):
            await asyncio.sleep(self.chance.uniform(0.3, 1.7) * every_s)
            if number and loop.time() > until:
                return
            self.injected += 1
            yield number

    async def calm_member(self) -> Member:
        """A member with whom nobody is, and for whom nobody is called; if need be, any that is."""
        await self.until(lambda: any(one.ready and one.is_calm for one in self.members), CALM_S)
        here = [one for one in self.members if not one.left]
        calm = [one for one in here if one.ready and one.is_calm]
        return self.chance.choice(calm or here)

    async def until(self, happened: Callable[[], object], seconds: float) -> bool:
        """Whether it happened in time."""
        until = asyncio.get_running_loop().time() + seconds
        while not happened():
            if asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(0.05)
        return True

    # --- the course -------------------------------------------------------------------------------

    async def open(self, members: int, experts: int, crowd: int) -> None:
        """Everybody comes in."""
        for number, seat in enumerate(await self.ask(rows.make_members, members)):
            self.members.append(Member(self.site, seat.key, seat.cookie, number))
        for seat in await self.ask(rows.make_experts, experts):
            self.experts.append(Expert(self.site, int(seat.key), seat.cookie))
        for expert in self.experts:
            expert.colleagues = [one.pk for one in self.experts if one is not expert]
        self.crowd = await self.ask(rows.make_experts, crowd, active=False, prefix="crowd")
        await self.ask(rows.make_absent)
        lives = [expert.live() for expert in self.experts]
        for member in self.members:
            lives += [member.visit(), member.will()]
        self._tasks = [asyncio.create_task(life) for life in lives]
        await asyncio.sleep(ALL_IN_S)
        await self.settle()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        ended = await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.site.http.aclose()
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def run(self, fault: Fault) -> Outcome:
        """Inject, let everything come to rest, and look."""
        print(f"… {fault.name} {fault.title}", file=sys.stderr, flush=True)
        self.injected, self.found, self.notes = 0, [], []
        self.site.troubles = Counter()
        self._fail_early()
        mailed = self._mailed()
        begun, since = asyncio.get_running_loop().time(), await self.ask(clock.now)
        self.site.calls = True
        try:
            async with asyncio.timeout(self.seconds + INJECTED_WITHIN_S):
                await fault.inject(self)
        except TimeoutError:
            self.found.append("the injector did not come to its end")
        unsettled = await self.settle()
        verdict = await self.ask(rows.check, since, self.members, self.experts)
        self.site.calls = True
        return Outcome(
            fault,
            times=self.injected,
            cases=verdict.cases,
            delays=verdict.delays,
            lost=self._new([*verdict.lost, *unsettled]),
            doubled=[
                f"mail {key} came {n} times"
                for key, n in self._mailed().items()
                if n > max(1, mailed[key])
            ],
            broken=self._new([*verdict.broken, *self.found]),
            notes=[*self.notes, *(f"{what} ×{n}" for what, n in self.site.troubles.items())],
            seconds=asyncio.get_running_loop().time() - begun,
        )

    async def settle(self) -> list[str]:
        """Nobody calls any more: what has not come to rest in time."""
        self.site.calls = False
        until = asyncio.get_running_loop().time() + self.patience_s
        while restless := await self._restless():
            if asyncio.get_running_loop().time() > until:
                return restless
            await asyncio.sleep(0.5)
        return []

    async def _restless(self) -> list[str]:
        found = [
            f"talk {member.talk[:8]}: its page did not come back"
            for member in self.members
            if member.here.is_set() and not member.left and not member.ready
        ]
        found += [f"expert {one.pk} did not come back" for one in self.experts if not one.ready]
        found += [id_ for one in self.members if one.ready for id_ in one.undecided]
        found += await self.ask(rows.lacking, self.members)
        found += await self.ask(rows.late_mails)
        return found + await self.ask(left_lying, LEFT_LYING)

    def _new(self, found: list[str]) -> list[str]:
        """What no fault before has left."""
        fresh = [one for one in found if one not in self._known]
        self._known |= set(found)
        return fresh

    def _mailed(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.site.mails)

    def _fail_early(self) -> None:
        for task in self._tasks:
            if task.done() and task.exception() is not None:
                task.result()
