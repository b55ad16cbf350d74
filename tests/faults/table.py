"""What a fault is, and what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.course import Course

Injector = Callable[["Course"], Awaitable[None]]  # it counts how often in `injected`


@dataclass(frozen=True)
class Fault:
    """`offer_s`: an emergency is offered by then, at the 95th percentile; None: that may be later.

    `once`: no mail comes twice either. Elsewhere a crash after the mail server has taken one, and
    before that is written down, sends it again.
    """

    name: str
    title: str
    inject: Injector
    offer_s: float | None = 2.0
    once: bool = False
    database: str = ""  # where it can be injected; "": anywhere


@dataclass
class Outcome:
    fault: Fault
    times: int
    cases: int
    delays: list[float]
    lost: list[str]
    doubled: list[str]
    broken: list[str]
    notes: list[str]
    seconds: float

    def delay(self, part: float) -> float | None:
        """A percentile, in seconds."""
        return self.delays[round(part * (len(self.delays) - 1))] if self.delays else None

    @property
    def faults(self) -> list[str]:
        """Whatever must not be."""
        return [*self.lost, *self.broken, *(self.doubled if self.fault.once else ())]

    @property
    def late(self) -> bool:
        p95 = self.delay(0.95)
        return self.fault.offer_s is not None and p95 is not None and p95 > self.fault.offer_s

    @property
    def verdict(self) -> str:
        if self.faults:
            return "**fails**"
        return "late" if self.late else "holds"
