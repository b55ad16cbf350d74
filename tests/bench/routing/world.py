"""Who calls, who works, how long talks take, and when experts look away. All from one seed.

A time is in seconds from the begin of the day. Every policy meets the same world: the same calls,
and experts who look away from their desk at the same moments without saying so.
"""

from dataclasses import dataclass, field
from random import Random

HOUR = 3600.0
DAY_S = 8 * HOUR
CALLS_AN_HOUR = 115.0
# Share of calls by tier P0 to P4, and the median length of a conversation in seconds.
TIERS = ((0.02, 900.0), (0.07, 720.0), (0.20, 540.0), (0.61, 420.0), (0.10, 300.0))
SPREAD = 0.6  # sigma of the logarithm of a length
CODES = {0: ("SI-3", "MED-E"), 1: ("ED-H", "MED-U"), 2: ("MED-S", "QLT"), 3: ("ASK",), 4: ("ASK",)}
GERMAN, LESSON = 0.2, 0.25  # shares of calls
ANSWER_S = 5.0  # mean time to answer what rings, while one looks
LOOKS_S, AWAY_S = 40 * 60.0, 4 * 60.0  # mean spells at the desk, and away from it
DECLINES = 0.04


@dataclass
class Call:
    """A member who wants a person."""

    pk: int
    tier: int
    code: str
    domain: str
    language: str
    created: float
    length: float
    accepted: float | None = None
    begun: float | None = None  # the first word
    expert: int | None = None


@dataclass
class Worker:
    """An expert: what they can do, what they have, and the spells in which they look away."""

    pk: int
    domains: frozenset[str]
    languages: frozenset[str]
    supervisor: bool
    away: list[tuple[float, float]]
    capacity: int = 3
    has: list[Call] = field(default_factory=list)
    little: frozenset[str] = frozenset()  # languages of which they speak a little
    busy_s: float = 0.0
    released: float = 0.0
    misses: int = 0
    silent_until: float = 0.0  # not asked before, after unanswered offers

    def looks_at(self, at: float) -> float:
        """The next moment from `at` on at which they see what rings."""
        return next((end for start, end in self.away if start <= at < end), at)


def make_world(seed: int, day_s: float = DAY_S) -> tuple[list[Call], list[Worker]]:
    """The calls of a day, in order, and ten experts."""
    chance = Random(seed)
    calls, at = [], 0.0
    while (at := at + chance.expovariate(CALLS_AN_HOUR / HOUR)) < day_s:
        tier = chance.choices(range(5), [share for share, _ in TIERS])[0]
        calls.append(
            Call(
                len(calls),
                tier,
                chance.choice(CODES[tier]),
                "language" if tier > 1 and chance.random() < LESSON else "nutrition",
                "de" if chance.random() < GERMAN else "en",
                at,
                TIERS[tier][1] * chance.lognormvariate(0, SPREAD),
            )
        )
    return calls, [_worker(number, chance, day_s) for number in range(10)]


def _worker(number: int, chance: Random, day_s: float) -> Worker:
    domains = {"language"} if number % 4 == 3 else {"nutrition"}
    if number % 3 == 0:
        domains |= {"crisis", "clinical", "eating_disorders"}
    languages = {"en", "de"} if number % 2 == 0 or number == 3 else {"en"}
    away, at = [], 0.0
    while at < 4 * day_s:
        at += chance.expovariate(1 / LOOKS_S)
        end = at + chance.expovariate(1 / AWAY_S)
        away.append((at, end))
        at = end
    return Worker(number, frozenset(domains), frozenset(languages), number == 0, away)
