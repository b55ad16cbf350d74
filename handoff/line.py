"""The line: who waits, in which order, and whom each asks. Pure: no database, no clock.

Tiers are strict. Whatever waits is walked by tier, then those that lost their expert, then by
deadline; and whoever could take a call that waits is not asked for one of a later tier, however
many experts the graver call rings already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from handoff.assignment import Candidate, Case, Plan, could_take, plan


@dataclass(frozen=True)
class Waiting:
    """A call in the line: how far it has come, and the experts (keys) that were asked for it."""

    case: Case
    ring: int
    asked: frozenset[int] = frozenset()  # it rings at their desk
    declined: frozenset[int] = frozenset()  # lately, as `missed`
    missed: frozenset[int] = frozenset()
    again: bool = False  # those who declined may be asked once more

    def candidates(self, desk: dict[int, Candidate], held: set[int]) -> list[Candidate]:
        """The experts as they stand towards this call; `held` are there for graver ones."""
        experts = dict(desk)
        for pk in self.asked | self.declined | self.missed | held:
            if pk in experts:
                experts[pk] = replace(
                    experts[pk],
                    asked=pk in self.asked,
                    declined=pk in self.declined,
                    missed=pk in self.missed,
                    held=pk in held,
                )
            elif pk in self.asked:  # gone meanwhile, but it still rings at their desk
                experts[pk] = _gone(pk)
        return list(experts.values())

    @property
    def kind(self) -> "Waiting":
        """All that a plan looks at: it has one answer for the calls of one kind."""
        return replace(self, case=replace(self.case, pk=0))


def place(
    tier: int, at_head: bool, due_at: datetime, created_at: datetime, pk: int
) -> tuple[int, bool, datetime, datetime, int]:
    """Sort key of a call in the line, as `Escalation.objects.in_order()` sorts rows."""
    return (tier, not at_head, due_at, created_at, pk)


def walk(line: Iterable[Waiting], experts: Iterable[Candidate]) -> Iterator[tuple[Waiting, Plan]]:
    """The calls of `line`, which is in order, that ring at somebody now, each with its plan.

    Experts whom one call asks are counted as ringing for those after it.
    """
    desk = {expert.pk: expert for expert in experts}
    held: set[int] = set()  # for graver tiers
    wanted: set[int] = set()  # by the tier that is walked
    nobody_for: set[Waiting] = set()  # places are only given out here, so this holds for the walk
    tier: int | None = None
    for call in line:
        if call.case.tier != tier:
            tier, held, wanted = call.case.tier, held | wanted, set()
        if (kind := call.kind) in nobody_for:
            continue
        candidates = call.candidates(desk, held)
        found = plan(call.case, candidates, call.ring, again=call.again)
        wanted |= could_take(call.case, candidates, found.ring)
        if not found.experts:
            nobody_for.add(kind)
            continue
        for pk in found.experts:
            desk[pk] = replace(desk[pk], rung_for=(*desk[pk].rung_for, call.case.tier))
        yield call, found


def _gone(pk: int) -> Candidate:
    return Candidate(pk, frozenset(), {}, capacity=1, load=1, available=False, asked=True)
