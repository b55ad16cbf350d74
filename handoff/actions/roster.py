"""Read who waits and who could take a call, all at once and without a lock.

However many cases and offers the past has left, only open ones are read: loads are counted by
state, and what was declined is read for those that wait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from handoff import assignment
from handoff.line import Waiting
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Tier
from handoff.opening import on_call_now
from handoff.timeouts import DECLINED_FOR, RING_STEP

MAX_WAITING = 2_000  # calls that one walk looks at, the most urgent first
# Who rings, as `Escalation.rings` tells of one: also what is to be followed up and has nobody, in
# its own place of the line.
CALLING = Q(state__in=(Escalation.State.QUEUED, Escalation.State.OFFERED)) | Q(
    state=Escalation.State.FOLLOW_UP, owner=None
)
# What routing reads of a row, and what the sweeper counts on it.
_READ = (
    *("state", "tier", "code", "domain", "language", "preferred", "ring", "ring_since"),
    *("last_event", "attempts", "retry_at", "session", "created_at"),
)
_REFUSALS = (Offer.State.DECLINED, Offer.State.TIMED_OUT, Offer.State.RELEASED)


@dataclass
class Call:
    """An escalation that rings or wants to, with the experts who were asked for it."""

    row: Escalation
    asked: set[int] = field(default_factory=set)  # their offers still ring
    refused: dict[int, datetime] = field(default_factory=dict)  # when they last said no
    missed: dict[int, datetime] = field(default_factory=dict)  # when they last said nothing

    def waiting(self, at: datetime) -> Waiting:
        """The call as the line sees it. Who declined is asked again after one step of its ring."""
        row, step = self.row, RING_STEP[self.row.tier]
        live = row.state != Escalation.State.FOLLOW_UP
        no = self.refused if row.tier == Tier.P0 else self.missed | self.refused
        return Waiting(
            case_of(row),
            assignment.widened(row.ring, row.ring_since, row.tier, at, live=live),
            asked=frozenset(self.asked),
            declined=_since(self.refused, at - DECLINED_FOR),
            missed=_since(self.missed, at - DECLINED_FOR),
            again=not _since(no, at - step),
        )


def case_of(row: Escalation) -> assignment.Case:
    """The escalation as routing sees it."""
    return assignment.Case(row.pk, row.tier, row.code, row.domain, row.language, row.preferred_id)


def candidate(
    expert: Expert, *, owned: int, spoken: bool, rung_for: tuple[int, ...], any_hour: bool
) -> assignment.Candidate:
    """An expert who is at the desk, as routing sees them; a spoken talk takes all their room.

    `any_hour`: they are a supervisor, or on call now.
    """
    return assignment.Candidate(
        pk=expert.pk,
        domains=frozenset(expert.domains),
        languages=expert.languages,
        capacity=expert.capacity,
        load=max(owned, expert.capacity) if spoken else owned,
        rung_for=rung_for,
        supervisor=any_hour,
        unresponsive=expert.status == Expert.Status.UNRESPONSIVE,
        idle_since=expert.last_released_at,
    )


def candidates(at: datetime, *, ringing: bool = True) -> list[assignment.Candidate]:
    """The experts who are there, with their loads, and with what rings where that is wanted."""
    return as_candidates(at_the_desk(at), at, ringing=ringing)


def as_candidates(
    experts: Iterable[Expert], at: datetime, *, ringing: bool = True
) -> list[assignment.Candidate]:
    """Experts who are there as routing sees them. Few statements, however many there are."""
    experts = list(experts)
    owned: Counter[int | None] = Counter()
    spoken: set[int | None] = set()
    counted = Escalation.objects.filter(state__in=OWNED_STATES, owner__in=experts)
    for pk, mode, number in counted.values_list("owner", "mode").annotate(Count("pk")).order_by():
        owned[pk] += number
        if mode == Escalation.Mode.VOICE:
            spoken.add(pk)
    rung_for: defaultdict[int, list[int]] = defaultdict(list)
    if ringing:
        offers = Offer.objects.filter(state=Offer.State.PENDING, expert__in=experts).order_by()
        for pk, tier in offers.values_list("expert", "escalation__tier"):
            rung_for[pk].append(tier)
    on_call = on_call_now(at) if ringing else set()
    return [
        candidate(
            expert,
            owned=owned[expert.pk],
            spoken=expert.pk in spoken,
            rung_for=tuple(sorted(rung_for[expert.pk])),
            any_hour=expert.supervisor or expert.pk in on_call,
        )
        for expert in experts
    ]


def at_the_desk(at: datetime) -> list[Expert]:
    """Whoever may be rung: they are ready, or were until they missed offers; their page lives."""
    ready = (Expert.Status.AVAILABLE, Expert.Status.UNRESPONSIVE)
    here = Expert.objects.filter(active=True, status__in=ready, lease_until__gt=at)
    return list(here)


def anybody_calls() -> bool:
    return Escalation.objects.filter(CALLING).exists()


def calls(at: datetime, *, offers: bool = True) -> list[Call]:
    """The calls that wait, most urgent first, with their `offers` where those are wanted.

    A row whose last step failed is left out until its next try is due.
    """
    rows = Escalation.objects.filter(CALLING).only(*_READ)
    rows = rows.filter(Q(retry_at=None) | Q(retry_at__lte=at)).in_order()[:MAX_WAITING]
    found = {row.pk: Call(row) for row in rows}
    if found and offers:
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
            missed = state == Offer.State.TIMED_OUT
            last = found[call].missed if missed else found[call].refused
            last[expert] = max(ended, last.get(expert, ended))


def _since(when: dict[int, datetime], since: datetime) -> frozenset[int]:
    return frozenset(pk for pk, at in when.items() if at > since)
