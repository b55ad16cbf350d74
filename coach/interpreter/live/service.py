"""The interpreter of one socket: begun when somebody is there, and anew for other languages."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from time import time

from coach.interpreter import limits
from coach.interpreter.direction import Effect, Steer
from coach.interpreter.live.interpreting import Interpreting
from coach.interpreter.live.making import Plan, make
from coach.interpreter.live.party import Party
from coach.interpreter.live.places import Places
from coach.interpreter.live.spending import Spending
from coach.voice import limits as voice_limits
from coach.voice.cancel import cancel, finish
from coach.voice.clock import Clock


class Service:
    """`run` it. Meanwhile, `stopped` says why it may not go on, and `idle` that nobody speaks.

    `put_out` is given the two languages with what was said in them. `wanted` says whether there is
    anybody to interpret for.
    """

    def __init__(
        self,
        party: Party,
        put_out: Callable[[tuple[str, str], list[Effect]], None],
        show_place: Callable[[int], Awaitable[None]],
        wanted: Callable[[], bool],
        clock: Clock,
    ) -> None:
        self._party = party
        self._put_out = put_out
        self._show_place = show_place
        self._wanted = wanted
        self._clock = clock
        self._interpreting: Interpreting | None = None
        self._steer = Steer()
        self._counted_at = float("-inf")
        # Of the newest line. They begin with the second, so that lines of another connection,
        # which may still be on their way, have other numbers.
        self._number = 0
        self._last_seq = 0
        self._line_at = float("-inf")  # when somebody's line was written down
        self.was_ready = False
        self.stopped = ""
        self.idle = False

    @property
    def ready(self) -> bool:
        """What is said now is translated."""
        ready = self._interpreting is not None and self._interpreting.ready
        self.was_ready = self.was_ready or ready
        return ready

    def hear(self, frame: bytes) -> None:
        """A frame of the microphone."""
        if self._interpreting is not None:
            self._interpreting.hear(frame)

    def steer(self, steer: Steer) -> None:
        """Whose words are translated from now on."""
        self._steer = steer
        if self._interpreting is not None:
            self._interpreting.steer(steer)

    async def finish(self) -> None:
        """Wait for the last words."""
        if self._interpreting is not None:
            await self._interpreting.finish()

    async def run(self, plan: Plan) -> None:
        """For ever. Raises the EngineError after which no engine can be had."""
        while True:
            if not self._wanted():
                await asyncio.sleep(voice_limits.TICK_S)
                continue
            places = Places(plan)
            try:
                await places.take(self._show_place)
                await self._serve(plan, places)
            finally:
                await finish(places.leave())

    async def _serve(self, plan: Plan, places: Places) -> None:
        """With one interpreter, for as long as the languages are what they are now."""
        standing = self._party.standing
        version, languages = standing.version, standing.languages
        # What is said last before they are exchanged is still in these.
        put_out = partial(self._put_out_of, languages)
        self._number = max(self._number + 1, int(time()))
        interpreting = make(plan, self._party, languages, put_out, self._number)
        interpreting.steer(self._steer)
        self._interpreting = interpreting
        spending = Spending(self._party, plan)
        running = asyncio.create_task(interpreting.run())
        keeping = asyncio.create_task(places.keep(lambda: self._silent_s(interpreting)))
        try:
            while self._wanted() and self._party.standing.version == version:
                await asyncio.sleep(voice_limits.TICK_S)
                if running.done():
                    running.result()  # without an error, it was asked to finish
                interpreting.tick()
                silent = self._silent_s(interpreting) > limits.IDLE_S
                self.idle = self.idle or silent or keeping.done()
                await self._count(spending, interpreting)
        finally:
            await finish(self._end(interpreting, spending, [running, keeping]))

    def _put_out_of(self, languages: tuple[str, str], effects: list[Effect]) -> None:
        for effect in effects:
            self._number = max(self._number, effect.line.number)
        self._put_out(languages, effects)

    async def _count(self, spending: Spending, interpreting: Interpreting) -> None:
        if self._clock.now() - self._counted_at > limits.COUNT_S:
            self._counted_at = self._clock.now()
            self.stopped = self.stopped or await spending.count(interpreting)

    async def _end(
        self,
        interpreting: Interpreting,
        spending: Spending,
        tasks: "list[asyncio.Task[None]]",
    ) -> None:
        self._interpreting = None  # what is said from now on is not translated: the page says so
        await interpreting.finish()
        await cancel(tasks)
        await spending.count(interpreting)

    def _silent_s(self, interpreting: Interpreting) -> float:
        """For how long nobody has spoken: who only listens is not idle."""
        now, last_seq = self._clock.now(), self._party.standing.last_seq
        if last_seq != self._last_seq:
            self._last_seq, self._line_at = last_seq, now
        return now - max(interpreting.heard_at, self._line_at)
