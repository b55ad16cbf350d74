"""Whom one call asks next. Pure: no database, no clock of its own. `line` has the order of calls.

Experts are asked in rings, from the one who knows the member outward; a ring in which nobody is at
the desk is passed at once, a ring in which everybody is busy is waited for one step. Whoever speaks
the member's language only a little is in none of the near rings.

An offer that rings gives way to a graver call: it takes no room from it. And an expert at whose
desk a graver call rings, or who is held for one, is asked for nothing else meanwhile.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from handoff.fluency import RANK, Fluency, Languages, fluency_in, suffices
from handoff.timeouts import KNOWN_STEP, RING_STEP

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
    RESERVES = 4  # who speaks it a little; for P0 and P1 supervisors too, whose capacity is ignored
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
    languages: Languages
    capacity: int
    load: int  # conversations they own
    available: bool = True  # chose it, and their page is alive
    rung_for: tuple[int, ...] = ()  # the tiers of the offers that they have not answered
    supervisor: bool = False
    unresponsive: bool = False  # missed offers in a row: asked for an emergency, and last
    asked: bool = False  # has been offered this case and the offer is still open
    declined: bool = False  # declined this case lately
    missed: bool = False  # did not answer an offer of this case lately
    held: bool = False  # could take a graver call that waits
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
    return Ring.ANYBODY if tier == P0 else Ring.RESERVES


def first_ring(tier: int, preferred: int | None) -> int:
    return Ring.KNOWN if preferred is not None and tier >= P2 else Ring.SPECIALTY


def fan_out(tier: int) -> int:
    """How many experts are rung at once."""
    return {P0: 5, P1: 2}.get(tier, 1)


def widened(ring: int, ring_since: datetime, tier: int, now: datetime, *, live: bool = True) -> int:
    """The ring after time has passed: one further for each full step, up to the tier's last.

    A member who waits in a `live` talk waits less long for the expert who knows them.
    """
    step: timedelta = RING_STEP[tier]
    if ring == Ring.KNOWN and live:
        ring_since -= step - KNOWN_STEP
    return min(ring + max(0, int((now - ring_since) / step)), last_ring(tier))


def in_ring(case: Case, candidate: Candidate, ring: int) -> bool:
    """Whether `candidate` belongs to `ring` for `case`, busy or not."""
    if ring == Ring.ANYBODY:
        return True
    spoken = fluency_in(case.language, candidate.languages)
    if not spoken or (ring < Ring.RESERVES and not suffices(spoken)):
        return False
    if ring == Ring.KNOWN:
        return candidate.pk == case.preferred
    if ring == Ring.SPECIALTY:
        special = specialty(case.code)
        return case.domain in candidate.domains and (not special or special in candidate.domains)
    if ring == Ring.DOMAIN:
        return case.domain in candidate.domains
    if ring == Ring.LANGUAGE:
        return True
    return not suffices(spoken) or (candidate.supervisor and case.tier <= P1)


def beyond_capacity(tier: int, ring: int) -> bool:
    """Whether a supervisor who is asked in `ring` is called as such, however much they have."""
    return tier <= P1 and ring >= Ring.RESERVES


def has_room(case: Case, candidate: Candidate, ring: int, *, kept: bool = True) -> bool:
    """Whether one more conversation fits. One place is `kept` free for P0 and P1, by routing.

    What rings for a later tier takes no room. Supervisors who are called as such in an emergency
    always have room.
    """
    if candidate.supervisor and beyond_capacity(case.tier, ring):
        return True
    reserve = 1 if kept and case.tier > P1 and candidate.capacity > 1 else 0
    ringing = sum(tier <= case.tier for tier in candidate.rung_for)
    return candidate.load + ringing + 1 <= candidate.capacity - reserve


def plan(case: Case, candidates: list[Candidate], ring: int, *, again: bool = False) -> Plan:
    """Whom to ask for `case`, which has come as far as `ring`.

    Everybody up to `ring` may be asked, nearest ring first. Rings with nobody at the desk are
    passed at once. Who declined or missed it lately is asked only when `again` is set and nobody
    else is left. An emergency never stops ringing: who missed it is rung again at once, and when
    it rings nowhere, those who have stopped answering are rung too.
    """
    available = [c for c in candidates if c.available and not c.unresponsive]
    reached = ring
    while reached < last_ring(case.tier) and not _anybody(case, available, reached):
        reached += 1
    rings = sum(c.asked for c in candidates)
    free = max(0, fan_out(case.tier) - rings)
    chosen = _choose(case, [c for c in available if not _refused(case, c)], reached, free)
    if not chosen and not rings:
        chosen = _choose(case, _last_resort(case, candidates, again), reached, free)
    return Plan(reached, chosen)


def could_take(case: Case, candidates: list[Candidate], reached: int) -> set[int]:
    """Who could take `case` now, asked or not: nobody of them is asked for a later tier.

    For an emergency, everybody in any of its rings.
    """
    ring = last_ring(case.tier) if case.tier == P0 else reached
    return {
        c.pk
        for c in candidates
        if c.asked
        or (
            c.available
            and not c.unresponsive
            and not _refused(case, c)
            and _nearest(case, c, ring) is not None
        )
    }


class Unfit(StrEnum):
    """Why an expert who is at the desk cannot be chosen for a call."""

    UNRESPONSIVE = "unresponsive"
    LANGUAGE = "language"
    ASKED = "asked"
    DECLINED = "declined"
    GRAVER = "graver"
    FULL = "full"


def place_for(case: Case, candidate: Candidate) -> int | Unfit:
    """The nearest ring in which a person may choose this expert for `case`, or why in none.

    A person may use the place that routing keeps free, and choose whoever missed it lately.
    """
    rings = range(first_ring(case.tier, case.preferred), last_ring(case.tier) + 1)
    belongs = [ring for ring in rings if in_ring(case, candidate, ring)]
    if candidate.unresponsive and case.tier != P0:
        return Unfit.UNRESPONSIVE
    if not belongs:
        return Unfit.LANGUAGE
    if candidate.asked:
        return Unfit.ASKED
    if candidate.declined:
        return Unfit.DECLINED
    if any(tier < case.tier for tier in candidate.rung_for):
        return Unfit.GRAVER
    fits = [ring for ring in belongs if has_room(case, candidate, ring, kept=False)]
    return fits[0] if fits else Unfit.FULL


def _refused(case: Case, candidate: Candidate) -> bool:
    """An emergency that was missed was not refused."""
    return candidate.declined or (candidate.missed and case.tier != P0)


def _last_resort(case: Case, candidates: list[Candidate], again: bool) -> list[Candidate]:
    """Who is asked when nobody else is left."""
    return [
        c
        for c in candidates
        if c.available
        and (case.tier == P0 or not c.unresponsive)
        and (c.unresponsive or again)
        and (again or not c.declined)
    ]


def _anybody(case: Case, available: list[Candidate], ring: int) -> bool:
    return any(
        in_ring(case, c, r) and not _refused(case, c)
        for c in available
        for r in range(first_ring(case.tier, case.preferred), ring + 1)
    )


def _nearest(case: Case, candidate: Candidate, reached: int) -> int | None:
    """The nearest ring up to `reached` in which the expert could take the case."""
    for ring in range(first_ring(case.tier, case.preferred), reached + 1):
        if in_ring(case, candidate, ring) and has_room(case, candidate, ring):
            return ring
    return None


def _choose(case: Case, willing: list[Candidate], reached: int, free: int) -> list[int]:
    ranked: list[tuple[bool, int, int, float, float, int]] = []
    for candidate in willing:
        graver = any(tier < case.tier for tier in candidate.rung_for)
        near = _nearest(case, candidate, reached)
        if near is None or candidate.asked or candidate.held or graver:
            continue
        since = candidate.idle_since.timestamp() if candidate.idle_since else 0.0
        load = candidate.load / candidate.capacity
        words = _distance(case, candidate)
        ranked.append((candidate.missed, near, words, load, since, candidate.pk))
    return [pk for *_, pk in sorted(ranked)[:free]]


def _distance(case: Case, candidate: Candidate) -> int:
    """How far from the member the expert's words are. In an emergency the mother tongue counts."""
    spoken = fluency_in(case.language, candidate.languages)
    if spoken == Fluency.NATIVE and case.tier != P0:
        spoken = Fluency.FLUENT
    return RANK.get(spoken, len(RANK))
