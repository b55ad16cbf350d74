"""The registry of plans: what a human expert wrote for the coach, kept by other rooms.

A feature asks `plan_of(member)` before it proposes or judges anything; the newest plan counts. What
must hold by construction is an order: see `orders.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from coach.types import Member


@dataclass(frozen=True)
class Plan:
    """`by` is the expert's name, `note` their words, which may be `quotable` to the member."""

    by: str
    note: str
    at: datetime
    quotable: bool = True


Source = Callable[[Member], Plan | None]

_sources: list[Source] = []


def plans_from(source: Source) -> Source:
    """Register where plans of members are kept."""
    _sources.append(source)
    return source


def plan_of(member: Member) -> Plan | None:
    """The newest plan that any room keeps for `member`; None where there is none."""
    found = [plan for source in _sources if (plan := source(member)) is not None]
    return max(found, key=lambda plan: plan.at, default=None)
