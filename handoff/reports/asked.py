"""Which cases a report is about: those that were raised in a span of days, and a choice of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from handoff.models import Escalation, EscalationEvent, ServiceClock, Tier

SPANS = (7, 30, 90)  # days, today among them
DAYS_MAX = 366


@dataclass(frozen=True)
class Asked:
    """Days `first` to `last` in the desk's time zone; an empty choice takes in all."""

    first: date
    last: date
    zone: ZoneInfo
    domain: str = ""
    language: str = ""
    tier: int | None = None

    @property
    def start(self) -> datetime:
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The moment at which the last day is over."""
        return self._midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]

    @property
    def narrowed(self) -> bool:
        return bool(self.domain or self.language or self.tier is not None)

    @property
    def query(self) -> str:
        """The same report as the query of an address."""
        asked = {"first": self.first, "last": self.last, "domain": self.domain}
        asked |= {"language": self.language, "tier": "" if self.tier is None else self.tier}
        return urlencode({name: value for name, value in asked.items() if value != ""})

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def chosen(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """The rows of cases that were chosen, whenever raised, with `asked_tier`.

        `path` leads from a row to its case: "escalation__".
        """
        wanted: dict[str, Any] = {}
        if self.domain:
            wanted[f"{path}domain"] = self.domain
        if self.language:
            wanted[f"{path}language"] = self.language
        rows = rows.order_by().filter(**wanted).annotate(asked_tier=_tier_of_promise(path))
        return rows if self.tier is None else rows.filter(asked_tier=self.tier)

    def raised(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """The rows of chosen cases that were raised in the span."""
        span = {f"{path}created_at__gte": self.start, f"{path}created_at__lt": self.end}
        return self.chosen(rows, path).filter(**span)

    def cases(self) -> QuerySet[Escalation]:
        return self.raised(Escalation.objects.all())

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)


def _tier_of_promise(path: str) -> Case:
    """The tier whose promise a case had.

    It is the case's own, but for a P3 that nobody took in time: that is a P2 from then on, and
    would count as a P2 that was hours late, while no P3 ever was.
    """
    late = EscalationEvent.objects.filter(
        # The clock itself raised it, or the timer that there was before clocks.
        Q(kind__startswith=f"{ServiceClock.Kind.ACCEPT}_") | Q(kind="overdue"),
        escalation=OuterRef(f"{path}pk"),
        changes__tier=int(Tier.P2),
    )
    return Case(
        When(Q(Exists(late), **{f"{path}tier": Tier.P2}), then=Value(int(Tier.P3))),
        default=F(f"{path}tier"),
        output_field=PositiveSmallIntegerField(),
    )
