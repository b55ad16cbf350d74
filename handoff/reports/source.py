"""The rows of cases that several figures count, read once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from handoff.models import Escalation
from handoff.opening import desk_hours
from handoff.reports.asked import Asked
from handoff.reports.open_time import OpenTime

MOST_CASES = 50_000  # the newest; a page says so where there are more


class CaseTimes(NamedTuple):
    """When what happened to a case; None: it has not."""

    tier: int
    raised: datetime
    taken: datetime | None
    first_word: datetime | None
    over: datetime | None
    talk_ended: datetime | None


class Source:
    """A report that is being made: what was asked, and the moment at which it is asked."""

    def __init__(self, asked: Asked, now: datetime) -> None:
        self.asked = asked
        self.now = now

    @property
    def end(self) -> datetime:
        """The end of the span, or now where it goes on."""
        return min(self.asked.end, self.now)

    @cached_property
    def cases(self) -> list[CaseTimes]:
        """The cases that were open at some time of the span, the newest first."""
        still = Q(resolved_at__isnull=True) | Q(resolved_at__gte=self.asked.start)
        rows = self.asked.chosen(Escalation.objects.filter(still, created_at__lt=self.asked.end))
        columns = ("created_at", "accepted_at", "first_human_at", "resolved_at")
        found = rows.order_by("-created_at").values_list(
            "asked_tier", *columns, "session__ended_at"
        )
        return [CaseTimes(*row) for row in found[:MOST_CASES]]

    @property
    def is_cut(self) -> bool:
        return len(self.cases) == MOST_CASES

    @cached_property
    def raised(self) -> list[CaseTimes]:
        """The cases that were raised in the span."""
        return [case for case in self.cases if case.raised >= self.asked.start]

    @cached_property
    def open_time(self) -> OpenTime:
        return OpenTime(desk_hours(), self.asked.start, self.now + timedelta(days=1))


def at_share(values: Iterable[float], share: float) -> float | None:
    """The value that `share` (0 to 1) of `values` do not exceed; None without any."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = -(-len(ordered) * round(share * 100) // 100)  # rounded up
    return ordered[max(rank, 1) - 1]
