"""Four rules: first come, Chatwoot's assignment v2, TaskRouter's workflow, and ours.

The first two give a conversation to an expert without asking; the others ring and wait for a yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from handoff import line
from handoff.assignment import Candidate, Case, first_ring, specialty, widened
from handoff.fluency import Fluency
from handoff.timeouts import DECLINED_FOR, OFFER_LIFE, RING_STEP, TARGET
from tests.bench.routing.world import Call, Worker

START = datetime(2026, 1, 5, 8, tzinfo=UTC)  # ours counts in moments
RESERVATION_S = 120.0
KNOWS_S = 60.0  # TaskRouter's first target: those with the skill, before anybody
SILENT_S = 300.0  # an expert who has stopped answering is back after that


def moment(at: float) -> datetime:
    return START + timedelta(seconds=at)


@dataclass
class Asked:
    """What rings for a call, and who said no or nothing, and when."""

    ringing: dict[int, float] = field(default_factory=dict)  # until when
    declined: dict[int, float] = field(default_factory=dict)
    missed: dict[int, float] = field(default_factory=dict)
    ring: int = -1
    ring_since: float = 0.0


Choice = tuple[Call, list[int]]


class Policy(Protocol):
    """`choose` says who gets, or is rung for, which of the waiting calls."""

    name: str
    asks: bool  # an expert has to accept

    def choose(
        self, waiting: Sequence[Call], asked: dict[int, Asked], crew: Sequence[Worker], at: float
    ) -> list[Choice]: ...

    def life(self, call: Call) -> float:
        """How long an offer rings."""
        ...


def speaks(call: Call, worker: Worker) -> bool:
    return call.language in worker.languages | worker.little


def knows(call: Call, worker: Worker) -> bool:
    skill = specialty(call.code)
    return call.domain in worker.domains and (not skill or skill in worker.domains)


class FirstCome:
    """The oldest call goes to whoever speaks the language and has most room."""

    name, asks = "first come", False

    def choose(self, waiting, asked, crew, at):  # type: ignore[no-untyped-def]
        chosen, load = [], {w.pk: len(w.has) for w in crew}
        for call in sorted(waiting, key=lambda c: c.created):
            free = [w for w in crew if speaks(call, w) and load[w.pk] < w.capacity]
            if free:
                worker = min(free, key=lambda w: (load[w.pk], w.pk))
                load[worker.pk] += 1
                chosen.append((call, [worker.pk]))
        return chosen

    def life(self, call: Call) -> float:
        return 0.0


class ChatwootV2(FirstCome):
    """Unassigned by age, at most 100; round robin among members of the inbox below their limit.

    The inbox is the domain. The field `priority` is not in its order.
    """

    name = "Chatwoot v2"

    def __init__(self) -> None:
        self.turn: list[int] = []

    def choose(self, waiting, asked, crew, at):  # type: ignore[no-untyped-def]
        self.turn = self.turn or [w.pk for w in crew]
        chosen, load = [], {w.pk: len(w.has) for w in crew}
        by_pk = {w.pk: w for w in crew}
        for call in sorted(waiting, key=lambda c: c.created)[:100]:
            for pk in self.turn:
                worker = by_pk[pk]
                inbox = call.domain in worker.domains and speaks(call, worker)
                if inbox and load[pk] < worker.capacity:
                    load[pk] += 1
                    chosen.append((call, [pk]))
                    self.turn.remove(pk)
                    self.turn.append(pk)
                    break
        return chosen


class TaskRouter:
    """Priority, then age; one reservation of 120 s at a time; the skilled, then anybody."""

    name, asks = "TaskRouter", True

    def choose(self, waiting, asked, crew, at):  # type: ignore[no-untyped-def]
        chosen, load = [], {w.pk: len(w.has) for w in crew}
        for record in asked.values():
            for pk in record.ringing:
                load[pk] += 1
        for call in sorted(waiting, key=lambda c: (c.tier, c.created)):
            record = asked[call.pk]
            if record.ringing:
                continue
            fits = knows if at - call.created < KNOWS_S else speaks
            free = [
                w
                for w in crew
                if speaks(call, w)
                and fits(call, w)
                and load[w.pk] < w.capacity
                and at >= w.silent_until
                and w.pk not in _lately(record.declined, at - DECLINED_FOR.total_seconds())
            ]
            if free:
                worker = min(free, key=lambda w: (w.released, w.pk))  # longest unoccupied
                load[worker.pk] += 1
                chosen.append((call, [worker.pk]))
        return chosen

    def life(self, call: Call) -> float:
        return RESERVATION_S


class Ours:
    """The product's own line: `handoff.line.walk`."""

    name, asks = "Coachline", True

    def choose(self, waiting, asked, crew, at):  # type: ignore[no-untyped-def]
        by_pk = {call.pk: call for call in waiting}
        rung_for: dict[int, tuple[int, ...]] = {}
        for call in waiting:
            for pk in asked[call.pk].ringing:
                rung_for[pk] = (*rung_for.get(pk, ()), call.tier)
        ordered = sorted(waiting, key=place)
        chosen = []
        for found, plan in line.walk(
            (self._waiting(call, asked[call.pk], at) for call in ordered),
            [_candidate(w, rung_for.get(w.pk, ()), at) for w in crew],
        ):
            record = asked[found.case.pk]
            record.ring, record.ring_since = plan.ring, at
            chosen.append((by_pk[found.case.pk], plan.experts))
        return chosen

    def life(self, call: Call) -> float:
        return OFFER_LIFE[call.tier].total_seconds()

    def _waiting(self, call: Call, record: Asked, at: float) -> line.Waiting:
        if record.ring < 0:
            record.ring, record.ring_since = first_ring(call.tier, None), call.created
        step = RING_STEP[call.tier].total_seconds()
        no = record.declined if call.tier == 0 else record.missed | record.declined
        return line.Waiting(
            Case(call.pk, call.tier, call.code, call.domain, call.language),
            widened(record.ring, moment(record.ring_since), call.tier, moment(at)),
            frozenset(record.ringing),
            _lately(record.declined, at - DECLINED_FOR.total_seconds()),
            _lately(record.missed, at - DECLINED_FOR.total_seconds()),
            not _lately(no, at - step),
        )


def place(call: Call) -> tuple[object, ...]:
    """As the rows of escalations are sorted."""
    due = moment(call.created) + TARGET[call.tier]
    return line.place(call.tier, False, due, moment(call.created), call.pk)


def _lately(when: dict[int, float], since: float) -> frozenset[int]:
    return frozenset(pk for pk, at in when.items() if at > since)


def _candidate(worker: Worker, rung_for: tuple[int, ...], at: float) -> Candidate:
    return Candidate(
        worker.pk,
        worker.domains,
        dict.fromkeys(worker.languages, Fluency.FLUENT)
        | dict.fromkeys(worker.little, Fluency.BASIC),
        worker.capacity,
        len(worker.has),
        rung_for=rung_for,
        supervisor=worker.supervisor,
        unresponsive=at < worker.silent_until,
        idle_since=moment(worker.released),
    )
