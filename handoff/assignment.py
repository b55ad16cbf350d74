"""Who is asked next. Pure: no database, no clock of its own.

Escalations are served by tier, then those that lost their expert, then by deadline. Experts are
asked in rings, from the one who knows the member outward; a ring in which nobody is at the desk
is passed at once, a ring in which everybody is busy is waited for one step.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from handoff.timeouts import RING_STEP

P0, P1, P2 = 0, 1, 2

# What each code calls for, beside the talk's own domain.
SPECIALTY = {
    "SI": "crisis",
    "SH": "crisis",
    "PSY": "crisis",
    "VIO": "crisis",
    "OTH": "crisis",
    "ED": "eating_disorders",
    "MED": "clinical",
    "SUP": "clinical",
    "SUB": "clinical",
    "ABU": "safeguarding",
    "AGE": "safeguarding",
}


class Ring(IntEnum):
    KNOWN = 0  # the expert this member had last; never for emergencies
    SPECIALTY = 1
    DOMAIN = 2
    LANGUAGE = 3  # any domain, the member's language
    SUPERVISORS = 4  # P0 and P1: capacity is ignored
    ANYBODY = 5  # P0: whatever language


@dataclass(frozen=True)
class Case:
    """An escalation, as far as routing needs it."""

    pk: int
    tier: int
    code: str
    domain: str
    language: str
    preferred: int | None = None  # pk of the expert who knows the member


@dataclass(frozen=True)
class Candidate:
    """An expert, as far as routing needs them. Loads are counted from rows."""

    pk: int
    domains: frozenset[str]
    languages: frozenset[str]
    capacity: int
    load: int  # conversations they own
    available: bool = True  # chose it, and their page is alive
    ringing: int = 0  # offers they have not answered
    supervisor: bool = False
    asked: bool = False  # has been offered this case and the offer is still open
    declined: bool = False  # declined or missed this case lately
    idle_since: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """Whom to ask now, and the ring that the case stands in after it."""

    ring: int
    experts: list[int] = field(default_factory=list)


def specialty(code: str) -> str:
    """The special skill for a code, or "" when any expert of the domain will do."""
    return SPECIALTY.get(code.split("-")[0], "")


def last_ring(tier: int) -> int:
    """How far out a case of this tier may be asked."""
    if tier == P0:
        return Ring.ANYBODY
    return Ring.SUPERVISORS if tier == P1 else Ring.LANGUAGE


def first_ring(tier: int, preferred: int | None) -> int:
    return Ring.KNOWN if preferred is not None and tier >= P2 else Ring.SPECIALTY


def fan_out(tier: int) -> int:
    """How many experts are rung at once."""
    return {P0: 5, P1: 2}.get(tier, 1)


def widened(ring: int, ring_since: datetime, tier: int, now: datetime) -> int:
    """The ring after time has passed: one further for each full step, up to the tier's last."""
    step: timedelta = RING_STEP[tier]
    return min(ring + max(0, int((now - ring_since) / step)), last_ring(tier))


def in_ring(case: Case, candidate: Candidate, ring: int) -> bool:
    """Whether `candidate` belongs to `ring` for `case`, busy or not."""
    if ring == Ring.ANYBODY:
        return True
    if case.language.split("-")[0] not in candidate.languages:
        return False
    if ring == Ring.KNOWN:
        return candidate.pk == case.preferred
    if ring == Ring.SPECIALTY:
        special = specialty(case.code)
        return case.domain in candidate.domains and (not special or special in candidate.domains)
    if ring == Ring.DOMAIN:
        return case.domain in candidate.domains
    return ring == Ring.LANGUAGE or candidate.supervisor


def has_room(case: Case, candidate: Candidate, ring: int) -> bool:
    """Whether one more conversation fits. One place is kept free for P0 and P1.

    Supervisors who are called as such in an emergency always have room.
    """
    if ring >= Ring.SUPERVISORS and candidate.supervisor:
        return True
    reserve = 1 if case.tier > P1 and candidate.capacity > 1 else 0
    return candidate.load + candidate.ringing + 1 <= candidate.capacity - reserve


def plan(case: Case, candidates: list[Candidate], ring: int, *, again: bool = False) -> Plan:
    """Whom to ask for `case`, which has come as far as `ring`.

    Everybody up to `ring` may be asked, nearest ring first. Rings with nobody at the desk are
    passed at once. Who declined lately is asked only when `again` is set and nobody else is left.
    """
    available = [c for c in candidates if c.available]
    reached = ring
    while reached < last_ring(case.tier) and not _anybody(case, available, reached):
        reached += 1
    free = fan_out(case.tier) - sum(c.asked for c in candidates)
    chosen = _choose(case, available, reached, max(0, free), declined=False)
    if not chosen and again and not any(c.asked for c in candidates):
        chosen = _choose(case, available, reached, max(0, free), declined=True)
    return Plan(reached, chosen)


def _anybody(case: Case, available: list[Candidate], ring: int) -> bool:
    return any(
        in_ring(case, c, r) and not c.declined
        for c in available
        for r in range(first_ring(case.tier, case.preferred), ring + 1)
    )


def _choose(
    case: Case, available: list[Candidate], reached: int, free: int, *, declined: bool
) -> list[int]:
    ranked: list[tuple[int, float, float, int]] = []
    for candidate in available:
        if candidate.asked or candidate.declined != declined:
            continue
        near = next(
            (
                ring
                for ring in range(first_ring(case.tier, case.preferred), reached + 1)
                if in_ring(case, candidate, ring) and has_room(case, candidate, ring)
            ),
            None,
        )
        if near is None:
            continue
        since = candidate.idle_since.timestamp() if candidate.idle_since else 0.0
        ranked.append((near, candidate.load / candidate.capacity, since, candidate.pk))
    return [pk for *_, pk in sorted(ranked)[:free]]
