"""Estimates for those who wait, from the rows as they stand: see `waits` for how they are made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from django.db.models import F, Q

from coach import clock, wire
from coach.after_commit import publish
from coach.talk.models import Session
from handoff import assignment
from handoff.actions import roster
from handoff.assignment import P1, Candidate
from handoff.models import Escalation, Tier
from handoff.opening import Intake, intake, waited
from handoff.waits import USUAL, Standing, expected, range_of, usual_length

HISTORY = timedelta(days=30)
MAX_HISTORY = 200  # the newest conversations that the usual length is learnt from
NEAR = 5  # calls before one that are counted exactly: who is farther away is not told of each
MAX_TOLD = 500  # members who are told of a change in one walk


@dataclass(frozen=True)
class Wait:
    """What a member is told: a range in minutes, or when somebody is there again, or neither."""

    range: tuple[int, int | None] | None = None
    before: int = 0
    opens_at: datetime | None = None
    paused: bool = False  # nobody new is taken until then, though somebody is there

    @property
    def key(self) -> str:
        """As `Escalation.wait_told` keeps it: what differs in it is shown otherwise.

        Each page that is told asks for its place anew, so one departure must not tell all of a
        long line.
        """
        if self.opens_at is not None:
            word = "paused" if self.paused else "opens"
            return f"{word} {self.opens_at:%Y-%m-%dT%H:%M}"
        return f"{self.range} {min(self.before, NEAR + 1)}" if self.range else "nobody"


@dataclass
class Line:
    """Who waits, in order, and the experts who are at the desk."""

    at: datetime
    intake: Intake
    rows: list[Escalation]
    experts: list[Candidate]
    _usual: dict[str, timedelta] = field(default_factory=dict)

    @classmethod
    def read(cls, at: datetime) -> Self:
        rows = [call.row for call in roster.calls(at, offers=False)]
        experts = [e for e in roster.candidates(at, ringing=False) if not e.unresponsive]
        return cls(at, intake(at), rows, experts)

    def waits(self, wanted: Iterable[int]) -> dict[int, Wait]:
        """The estimates of the calls with these keys. None for an emergency: it is told none."""
        keys, told = set(wanted), {}
        groups: dict[frozenset[int], tuple[int, timedelta]] = {}  # served before, and the longest
        for row in self.rows:
            servers = frozenset() if self._rings_from(row) > self.at else self._servers(row)
            if row.pk in keys and row.tier != Tier.P0:
                told[row.pk] = self._wait(row, servers, groups)
            number, longest = groups.get(servers, (0, timedelta(0)))
            if row.state != Escalation.State.FOLLOW_UP:  # of who has left, nobody sees the wait
                longest = max(longest, waited(self.intake.hours, row.created_at, self.at))
            groups[servers] = (number + 1, longest)
        return told

    def _wait(
        self,
        row: Escalation,
        servers: frozenset[int],
        groups: dict[frozenset[int], tuple[int, timedelta]],
    ) -> Wait:
        if (opens_at := self._rings_from(row)) > self.at:
            return Wait(opens_at=opens_at, paused=self.intake.opens_at <= self.at)
        if not servers:
            return Wait()
        before = [group for others, group in groups.items() if others & servers]
        there = [expert for expert in self.experts if expert.pk in servers]
        kept = [1 if row.tier > P1 and expert.capacity > 1 else 0 for expert in there]
        pairs = list(zip(there, kept, strict=True))
        standing = Standing(
            before=sum(number for number, _ in before),
            free=sum(max(0, e.capacity - reserve - e.load) for e, reserve in pairs),
            places=sum(e.capacity - reserve for e, reserve in pairs),
            oldest=max((longest for _, longest in before), default=timedelta(0)),
        )
        usual = self._usual_length(row.domain) if standing.turns else USUAL
        wait = expected(standing, usual)
        return Wait(range_of(wait), standing.before)

    def _rings_from(self, row: Escalation) -> datetime:
        """From when on the call rings; it keeps its place until then."""
        return self.intake.rings_from(row.tier, row.created_at)

    def _servers(self, row: Escalation) -> frozenset[int]:
        """Those at the desk who could serve: of the nearest ring in which there is anybody."""
        case = roster.case_of(row)
        for ring in range(
            assignment.first_ring(row.tier, None), assignment.last_ring(row.tier) + 1
        ):
            if there := [e.pk for e in self.experts if assignment.in_ring(case, e, ring)]:
                return frozenset(there)
        return frozenset()

    def _usual_length(self, domain: str) -> timedelta:
        if domain not in self._usual:
            self._usual[domain] = usual_length(_lengths(domain, self.at))
        return self._usual[domain]


def wait_of(escalation: Escalation) -> Wait:
    """The estimate for one call that waits."""
    line = Line.read(clock.now())
    return line.waits([escalation.pk]).get(escalation.pk, Wait())


def tell_waits(at: datetime) -> int:
    """Push to each member in a live talk whose estimate is no longer what they were last told."""
    waiting = Escalation.objects.filter(roster.CALLING, session__ended_at=None, tier__gt=Tier.P0)
    told = dict(waiting.in_order().values_list("pk", "wait_told")[:MAX_TOLD])
    if not told:
        return 0
    line = Line.read(at)
    sessions = {row.pk: row.session_id for row in line.rows}
    changed = {pk: w.key for pk, w in line.waits(told).items() if w.key != told[pk]}
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for pk, key in changed.items():
        alike[key].append(pk)
    for key, pks in alike.items():  # in a long line most are told the same
        Escalation.objects.filter(pk__in=pks).update(wait_told=key)
    for pk in changed:
        publish(Session(pk=sessions[pk]).group, wire.DataChanged("person"))
    return len(changed)


def _lengths(domain: str, at: datetime) -> list[timedelta]:
    """The newest conversations of experts of `domain`, from accepting to the write-up.

    A case that was followed up after its talk, for hours or days, is no conversation.
    """
    live = Q(session__ended_at=None) | Q(session__ended_at__gte=F("wrap_at"))
    recent = Escalation.objects.filter(
        live, Q(domain=domain), Q(wrap_at__gte=at - HISTORY), accepted_at__isnull=False
    ).order_by(F("wrap_at").desc())
    times = recent.values_list("accepted_at", "wrap_at")[:MAX_HISTORY]
    return [wrap - accepted for accepted, wrap in times if accepted and wrap]
