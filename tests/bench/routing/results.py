"""What comes out of a simulated day: waits and breaches by tier, and how even the work is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from handoff.timeouts import TARGET
from tests.bench.routing.policies import ChatwootV2, FirstCome, Ours, Policy, TaskRouter
from tests.bench.routing.simulation import Simulation
from tests.bench.routing.world import make_world

POLICIES: tuple[type[Policy], ...] = (FirstCome, ChatwootV2, TaskRouter, Ours)


@dataclass
class Result:
    """Of one policy: waits for the first word in seconds, by tier, and a share by expert."""

    name: str
    waits: dict[int, list[float]] = field(default_factory=lambda: {tier: [] for tier in range(5)})
    gini: list[float] = field(default_factory=list)

    def median(self, tier: int) -> float:
        return median(self.waits[tier])

    def p95(self, tier: int) -> float:
        return quantiles(self.waits[tier], n=20)[-1]

    def late(self, tier: int) -> float:
        """The share of calls that waited longer than was promised."""
        limit = TARGET[tier].total_seconds()
        return sum(wait > limit for wait in self.waits[tier]) / len(self.waits[tier])


def compare(seeds: Iterable[int]) -> list[Result]:
    """Every policy on the same days."""
    found = []
    days = list(seeds)
    for make in POLICIES:
        result = Result(make.name)
        for seed in days:
            calls, crew = make_world(seed)
            Simulation(calls, crew, make()).run()
            for call in calls:
                assert call.begun is not None  # nobody is dropped, by any of them
                result.waits[call.tier].append(call.begun - call.created)
            result.gini.append(gini([worker.busy_s for worker in crew]))
        found.append(result)
    return found


def gini(values: Sequence[float]) -> float:
    """0: all have as much to do; 1: one has all."""
    ordered, total = sorted(values), sum(values)
    ranks = sum((rank + 1) * value for rank, value in enumerate(ordered))
    return 2 * ranks / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def table(found: Sequence[Result]) -> str:
    """The numbers as text."""
    head = "".join(f"   P{tier} p50   p95  late" for tier in range(5))
    lines = [f"{'':<14}{head}   Gini of work"]
    for result in found:
        cells = "".join(
            f"{result.median(t):9.0f}{result.p95(t):6.0f}{result.late(t):6.0%}" for t in range(5)
        )
        lines.append(f"{result.name:<14}{cells}{median(result.gini):10.2f}")
    return "\n".join(lines)
