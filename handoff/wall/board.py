"""Who waits and who is there, as the rows stand now."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, When
from django.utils.functional import Promise

from coach import clock
from handoff.actions.capacity import counted
from handoff.actions.clocks import clocks_of
from handoff.actions.roster import CALLING
from handoff.health import stopped
from handoff.models import (
    OWNED_STATES,
    CrisisResource,
    Debrief,
    Escalation,
    Expert,
    IntakePause,
    Offer,
    ServiceClock,
    Tier,
)
from handoff.wall.talks import LiveTalk, live_talks

LINE_SHOWN, EXPERTS_SHOWN = 50, 60
CASES_SHOWN = 12 * EXPERTS_SHOWN  # no expert may have more than twelve at once
OFFERS_READ = 300
DEBRIEFS_SHOWN = 10
GONE, FULL, FREE = "gone", "full", "free"
STATUSES = ("available", "unresponsive", "draining", "away")  # who is shown first, of many
IN_ORDER = (FREE, FULL, "unresponsive", GONE, "draining", "away", "offline")


@dataclass(frozen=True)
class Tile:
    """How one tier stands."""

    tier: int
    label: str
    waiting: int = 0
    oldest: datetime | None = None
    late: int = 0


@dataclass
class Colleague:
    """An expert, with what they have and what rings at their desk."""

    expert: Expert
    at: datetime
    cases: list[Escalation] = field(default_factory=list)
    rings: list[Offer] = field(default_factory=list)

    @property
    def load(self) -> int:
        return counted(self.expert, [case.mode for case in self.cases])

    @property
    def state(self) -> str:
        """The status they chose, while their page lives; of who is ready, whether there is room."""
        if not self.expert.live(self.at):
            return GONE if self.cases else str(Expert.Status.OFFLINE)
        if self.expert.status == Expert.Status.AVAILABLE:
            return FULL if self.load >= self.expert.capacity else FREE
        return str(self.expert.status)

    @property
    def since(self) -> datetime | None:
        return self.expert.last_seen_at if self.state == GONE else self.expert.status_since


@dataclass
class Board:
    """All that the wall shows at one moment."""

    at: datetime
    tiles: list[Tile]
    line: list[Escalation]
    asked: dict[int, list[Offer]]  # by the key of the case that rings
    experts: list[Colleague]
    here: int  # how many experts are at the desk or have a case
    others: int  # how many are not, and have none
    clocks: dict[int, ServiceClock]
    talks: list[LiveTalk]
    live: int
    pause: IntakePause | None
    stopped: list[Promise]  # processes that are not at work
    unchecked: int  # crisis resources that nobody has looked up for too long
    debriefs: list[Debrief]  # what experts said after emergencies, and nobody has seen yet

    @property
    def waiting(self) -> int:
        return sum(tile.waiting for tile in self.tiles)

    @classmethod
    def read(cls, at: datetime) -> Self:
        line = list(Escalation.objects.filter(CALLING).with_talk().in_order()[:LINE_SHOWN])
        experts, here, others = _experts(at)
        owned = [case.pk for one in experts for case in one.cases]
        talks, live = live_talks()
        pauses = IntakePause.objects.running(at).select_related("by__user")
        return cls(
            at=at,
            tiles=_tiles(at),
            line=line,
            asked=_rings(experts),
            experts=experts,
            here=here,
            others=others,
            clocks=clocks_of([*(case.pk for case in line), *owned]),
            talks=talks,
            live=live,
            pause=pauses.first(),
            stopped=stopped(at),
            unchecked=CrisisResource.objects.unchecked(clock.host_today()).count(),
            debriefs=_debriefs(),
        )


def _debriefs() -> list[Debrief]:
    unseen = Debrief.objects.filter(seen_at=None).exclude(how=Debrief.How.SKIPPED)
    return list(unseen.select_related("expert__user")[:DEBRIEFS_SHOWN])


def _tiles(at: datetime) -> list[Tile]:
    late = ServiceClock.objects.filter(
        escalation=OuterRef("pk"), kind=ServiceClock.Kind.ACCEPT, stopped_at=None, due_at__lte=at
    )
    calling = Escalation.objects.filter(CALLING).order_by().alias(is_late=Exists(late))
    rows = calling.values("tier").annotate(
        waiting=Count("pk"), oldest=Min("created_at"), late=Count("pk", filter=Q(is_late=True))
    )
    found = {
        row["tier"]: Tile(
            row["tier"], str(Tier(row["tier"]).label), row["waiting"], row["oldest"], row["late"]
        )
        for row in rows
    }
    return [found.get(tier, Tile(int(tier), str(tier.label))) for tier in Tier]


def _experts(at: datetime) -> tuple[list[Colleague], int, int]:
    """Who is at the desk or has a case, the readiest first; how many those are, and the others."""
    has = Escalation.objects.filter(owner=OuterRef("pk"), state__in=OWNED_STATES)
    working = Expert.objects.filter(active=True)
    here = working.filter(Q(lease_until__gt=at) | Exists(has))
    ready = Case(*(When(status=name, then=place) for place, name in enumerate(STATUSES)), default=9)
    rows = here.select_related("user").order_by(~Exists(has), ready, "pk")[:EXPERTS_SHOWN]
    found = {row.pk: Colleague(row, at) for row in rows}
    cases = Escalation.objects.with_talk().filter(owner__in=found, state__in=OWNED_STATES)
    for case in cases.in_order()[:CASES_SHOWN]:
        found[case.owner_id or 0].cases.append(case)
    experts = sorted(found.values(), key=lambda one: (IN_ORDER.index(one.state), one.load))
    number = here.count()
    return experts, number, working.count() - number


def _rings(experts: list[Colleague]) -> dict[int, list[Offer]]:
    """The offers that ring, put to the experts at whose desk they do; returned by case."""
    by_expert = {one.expert.pk: one for one in experts}
    by_case: defaultdict[int, list[Offer]] = defaultdict(list)
    pending = Offer.objects.filter(state=Offer.State.PENDING)
    for offer in pending.select_related("expert__user", "escalation").order_by("pk")[:OFFERS_READ]:
        by_case[offer.escalation_id].append(offer)
        if offer.expert_id in by_expert:
            by_expert[offer.expert_id].rings.append(offer)
    return dict(by_case)
