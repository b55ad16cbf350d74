"""The loop of events: calls come, offers are answered or run out, conversations end."""

import heapq
from collections.abc import Callable
from itertools import count
from random import Random

from handoff.timeouts import MISSES_UNTIL_UNRESPONSIVE
from tests.bench.routing.policies import SILENT_S, Asked, Choice, Policy
from tests.bench.routing.world import ANSWER_S, DAY_S, DECLINES, Call, Worker

LAST_S = 4 * DAY_S
TICK_S = 5.0  # a walk comes so often while somebody waits, as rings widen with time

Watch = Callable[[list[Choice], list[Call], dict[int, Asked], list[Worker], float], None]


class Simulation:
    """One day of `calls` under `policy`. `watch` sees what is chosen before it is done."""

    def __init__(
        self, calls: list[Call], crew: list[Worker], policy: Policy, watch: Watch | None = None
    ) -> None:
        self.policy, self.crew, self.watch = policy, crew, watch
        self.by_pk = {worker.pk: worker for worker in crew}
        self.waiting: dict[int, Call] = {}
        self.asked: dict[int, Asked] = {}
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()
        self.now = 0.0
        self._tick_at = -1.0
        for call in calls:
            self._at(call.created, lambda call=call: self._arrive(call))  # type: ignore[misc]

    def run(self) -> None:
        """Until nobody waits and nobody talks. Raises RuntimeError if somebody waits for ever."""
        while self._events:
            if self._events[0][0] > LAST_S:
                raise RuntimeError(f"not served: {sorted(self.waiting)}")
            self.now, _, event = heapq.heappop(self._events)
            event()
            while self._events and self._events[0][0] == self.now:
                heapq.heappop(self._events)[2]()
            self._dispatch()

    def _at(self, when: float, event: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, next(self._number), event))

    def _arrive(self, call: Call) -> None:
        self.waiting[call.pk], self.asked[call.pk] = call, Asked()

    def _dispatch(self) -> None:
        waiting = list(self.waiting.values())
        chosen = self.policy.choose(waiting, self.asked, self.crew, self.now)
        if self.watch is not None:
            self.watch(chosen, waiting, self.asked, self.crew, self.now)
        for call, experts in chosen:
            for pk in experts:
                if self.policy.asks:
                    self._ring(call, self.by_pk[pk])
                elif call.pk in self.waiting:
                    self._accept(call, self.by_pk[pk], self.now)
        if self.waiting and self._tick_at <= self.now:
            self._tick_at = self.now + TICK_S
            self._at(self._tick_at, lambda: None)

    def _ring(self, call: Call, worker: Worker) -> None:
        record, until = self.asked[call.pk], self.now + self.policy.life(call)
        record.ringing[worker.pk] = until
        # The same expert thinks as long about the same call, whatever the policy.
        chance = Random(call.pk * 1009 + worker.pk + int(self.now))
        answers = worker.looks_at(self.now) + chance.expovariate(1 / ANSWER_S)
        if answers >= until:
            self._at(until, lambda: self._miss(call, worker))
        elif chance.random() < DECLINES:
            self._at(answers, lambda: self._decline(call, worker))
        else:
            self._at(answers, lambda: self._say_yes(call, worker, until))

    def _say_yes(self, call: Call, worker: Worker, until: float) -> None:
        if self.asked[call.pk].ringing.get(worker.pk) != until:
            return
        del self.asked[call.pk].ringing[worker.pk]
        if len(worker.has) < worker.capacity or (worker.supervisor and call.tier <= 1):
            self._accept(call, worker, self.now)

    def _accept(self, call: Call, worker: Worker, at: float) -> None:
        del self.waiting[call.pk]
        self.asked[call.pk].ringing.clear()
        worker.misses, call.expert, call.accepted = 0, worker.pk, at
        # Whoever was given a call without being asked begins when they look.
        call.begun = worker.looks_at(at) + (0.0 if self.policy.asks else ANSWER_S)
        worker.has.append(call)
        worker.busy_s += call.length
        self._at(call.begun + call.length, lambda: self._end(call, worker))

    def _end(self, call: Call, worker: Worker) -> None:
        worker.has.remove(call)
        worker.released = self.now

    def _miss(self, call: Call, worker: Worker) -> None:
        record = self.asked[call.pk]
        if record.ringing.get(worker.pk) != self.now:
            return
        del record.ringing[worker.pk]
        record.missed[worker.pk] = self.now
        worker.misses += 1
        if worker.misses >= MISSES_UNTIL_UNRESPONSIVE:
            worker.silent_until, worker.misses = self.now + SILENT_S, 0

    def _decline(self, call: Call, worker: Worker) -> None:
        if self.asked[call.pk].ringing.pop(worker.pk, None) is not None:
            self.asked[call.pk].declined[worker.pk] = self.now
