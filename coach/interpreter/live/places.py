"""The places that a meeting needs with its engine: all of them, or none is held."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

from django.conf import settings

from coach.interpreter.live.making import Plan
from coach.talk.live.admission import Admission
from coach.voice.cancel import cancel

AGAIN_S = 2.0  # until it is looked anew whether there are places for both directions


class Places:
    """`take` them first, `keep` them meanwhile, and `leave` them in any case."""

    def __init__(self, plan: Plan) -> None:
        self._line, self._count = plan.engine.provider, plan.sessions
        limit = plan.engine.max_sessions or settings.ENGINE_SESSIONS
        # Where an engine takes one session, nobody waits for a second place for ever.
        self._limit = max(limit, self._count) if limit else 0
        self._held: list[Admission] = []

    async def take(self, show_place: Callable[[int], Awaitable[None]]) -> None:
        """Wait until there are places. Two meetings that held one each would wait for ever."""
        while True:
            self._held = [Admission(self._line, self._limit, uuid4()) for _ in range(self._count)]
            first, *others = self._held
            await first.take(show_place)
            if all([await other.take_now() for other in others]):
                return
            await self.leave()
            await show_place(1)
            await asyncio.sleep(AGAIN_S)

    async def keep(self, idle_s: Callable[[], float]) -> None:
        """Renew them. Returns when they should be given up: others wait, and nobody speaks."""
        keeping = [asyncio.create_task(place.keep(idle_s)) for place in self._held]
        try:
            await asyncio.wait(keeping, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancel(keeping)

    async def leave(self) -> None:
        held, self._held = self._held, []
        for place in held:
            await place.leave(for_good=True)
