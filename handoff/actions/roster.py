"""Read who waits and who could take a call, all at once and without a lock.

However many cases and offers the past has left, only open ones are read: loads are counted by
state, and what was declined is read for those that wait.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from django.db.models import Count, Q

from handoff import assignment
from handoff.models import OWNED_STATES, Escalation, Expert, Offer
from handoff.timeouts import DECLINED_FOR, RING_STEP

MAX_WAITING = 2_000  # calls that one walk looks at, the most urgent first
CALLING = (Escalation.State.QUEUED, Escalation.State.OFFERED)
# What routing reads of a row, and what the sweeper counts on it.
_READ = (
    *("tier", "code", "domain", "language", "preferred", "ring", "ring_since"),
    *("last_event", "attempts", "retry_at"),
)
_REFUSALS = (Offer.State.DECLINED, Offer.State.TIMED_OUT, Offer.State.RELEASED)


@dataclass
class Call:
    """An escalation that rings or wants to, with the experts who were asked for it."""

    row: Escalation
    asked: set[int] = field(default_factory=set)  # their offers still ring
    refused: dict[int, datetime] = field(default_factory=dict)  # when they last said no, or nothing

    def plan(self, roster: "Roster", at: datetime) -> assignment.Plan:
        """Whom to ask now. Who declined lately is asked one step later, if nobody else is left."""
        candidates = roster.candidates(self.asked, self._refused_since(at - DECLINED_FOR))
        return assignment.plan(
            case_of(self.row), candidates, self._ring(at), again=self._ask_again(at)
        )

    def kind(self, at: datetime) -> Hashable:
        """All that `plan` looks at: it has one answer for the calls of one kind."""
        return (
            replace(case_of(self.row), pk=0),
            self._ring(at),
            self._ask_again(at),
            frozenset(self.asked),
            self._refused_since(at - DECLINED_FOR),
        )

    def _ring(self, at: datetime) -> int:
        return assignment.widened(self.row.ring, self.row.ring_since, self.row.tier, at)

    def _ask_again(self, at: datetime) -> bool:
        return not self._refused_since(at - RING_STEP[self.row.tier])

    def _refused_since(self, since: datetime) -> frozenset[int]:
        return frozenset(pk for pk, when in self.refused.items() if when > since)


class Roster:
    """The experts who are there, with their loads; calls planned with it are counted as ringing."""

    def __init__(self, experts: list[assignment.Candidate]) -> None:
        self._experts = {expert.pk: expert for expert in experts}

    @classmethod
    def read(cls, at: datetime) -> Self:
        """The experts who are there, and two grouped counts."""
        owned: Counter[int | None] = Counter()
        spoken: set[int | None] = set()
        counted = Escalation.objects.filter(state__in=OWNED_STATES, owner__isnull=False)
        for pk, mode, number in (
            counted.values_list("owner", "mode").annotate(Count("pk")).order_by()
        ):
            owned[pk] += number
            if mode == Escalation.Mode.VOICE:
                spoken.add(pk)
        ringing = Offer.objects.filter(state=Offer.State.PENDING).values_list("expert")
        rings = dict(ringing.annotate(Count("pk")).order_by())
        here = Expert.objects.filter(
            active=True, status=Expert.Status.AVAILABLE, lease_until__gt=at
        )
        return cls(
            [
                candidate(
                    expert,
                    owned=owned[expert.pk],
                    spoken=expert.pk in spoken,
                    ringing=rings.get(expert.pk, 0),
                )
                for expert in here
            ]
        )

    def candidates(self, asked: set[int], declined: frozenset[int]) -> list[assignment.Candidate]:
        """The experts as they stand towards one call."""
        experts = dict(self._experts)
        for pk in asked | declined:
            if pk in experts:
                experts[pk] = replace(experts[pk], asked=pk in asked, declined=pk in declined)
            elif pk in asked:  # gone meanwhile, but it still rings at their desk
                experts[pk] = _gone(pk)
        return list(experts.values())

    def has_room(self) -> bool:
        """Whether anybody at all could take one more call."""
        return any(
            expert.supervisor or expert.load + expert.ringing < expert.capacity
            for expert in self._experts.values()
        )

    def count(self, pks: list[int]) -> None:
        """These experts are asked: the calls that are planned next see it."""
        for pk in pks:
            expert = self._experts[pk]
            self._experts[pk] = replace(expert, ringing=expert.ringing + 1)


def case_of(row: Escalation) -> assignment.Case:
    """The escalation as routing sees it."""
    return assignment.Case(row.pk, row.tier, row.code, row.domain, row.language, row.preferred_id)


def candidate(expert: Expert, *, owned: int, spoken: bool, ringing: int) -> assignment.Candidate:
    """An expert who is at the desk, as routing sees them; a spoken talk takes all their room."""
    return assignment.Candidate(
        pk=expert.pk,
        domains=frozenset(expert.domains),
        languages=frozenset(expert.languages),
        capacity=expert.capacity,
        load=max(owned, expert.capacity) if spoken else owned,
        ringing=ringing,
        supervisor=expert.supervisor,
        idle_since=expert.last_released_at,
    )


def anybody_calls() -> bool:
    return Escalation.objects.filter(state__in=CALLING).exists()


def calls(at: datetime, pk: int | None = None) -> list[Call]:
    """The calls that wait, most urgent first, or the one with this `pk` if it waits.

    A row whose last step failed is left out until its next try is due.
    """
    rows = Escalation.objects.filter(state__in=CALLING).only(*_READ)
    if pk is None:
        rows = rows.filter(Q(retry_at=None) | Q(retry_at__lte=at)).in_order()[:MAX_WAITING]
    else:
        rows = rows.filter(pk=pk)
    found = {row.pk: Call(row) for row in rows}
    if found:
        _add_offers(found, at)
    return list(found.values())


def _add_offers(found: dict[int, Call], at: datetime) -> None:
    since = at - max(DECLINED_FOR, *RING_STEP)
    offers = Offer.objects.filter(escalation__in=found).filter(
        Q(state=Offer.State.PENDING) | Q(state__in=_REFUSALS, ended_at__gt=since)
    )
    for call, expert, state, ended in offers.values_list(
        "escalation", "expert", "state", "ended_at"
    ):
        if state == Offer.State.PENDING:
            found[call].asked.add(expert)
        elif ended is not None:
            refused = found[call].refused
            refused[expert] = max(ended, refused.get(expert, ended))


def _gone(pk: int) -> assignment.Candidate:
    return assignment.Candidate(
        pk, frozenset(), frozenset(), capacity=1, load=1, available=False, asked=True
    )
