"""The numbers of the console's page on usage: sums of the last days, by day, person and model."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from coach.charts import Bar, BarChart
from coach.personas.engines import DEFAULT, EMBEDDED
from coach.personas.providers import Provider
from coach.talk.models import HouseNotice, Usage
from coach.talk.usage.budgets import site_day
from coach.talk.usage.pricing import whole

DAYS = 30
DAYS_MAX = 366
MEMBERS_SHOWN = 20
EXPORT_ROWS_MAX = 100_000
KINDS = ("text_in", "audio_in", "image_in", "text_out", "audio_out")
CACHED = ("text_cached", "audio_cached", "image_cached")

WIDTH, HEIGHT = 900, 200
ABOVE, BELOW = 14, 26
LEAST_HEIGHT = 1.5
GAP = 0.3  # of a day's width
LABEL_EVERY = 5


@dataclass(frozen=True)
class Day:
    """A day of the chart with its bar. `cost` in USD."""

    day: date
    cost: Decimal
    bar: Bar
    labelled: bool
    today: bool


@dataclass(frozen=True)
class Chart:
    days: list[Day]
    top: Decimal  # USD at the upper edge
    limit_y: float | None  # where the site's budget lies
    bar_width: float
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BELOW
    upper: int = ABOVE
    days_y: int = HEIGHT - 8


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is about, how often, what it cost and its part of the whole."""

    name: str
    count: int
    unpriced: int
    cost: Decimal
    percent: int
    note: str = ""


@dataclass(frozen=True)
class TokenLine:
    """Tokens of one kind; `cached` None where nothing of that kind can be cached."""

    name: str
    count: int
    cached: int | None

    @property
    def cached_percent(self) -> int:
        return round(100 * (self.cached or 0) / self.count) if self.count else 0


@dataclass(frozen=True)
class Page:
    today: date
    spent: Decimal
    limit: Decimal | None
    total: Decimal
    count: int
    unpriced: int
    chart: Chart
    personas: list[Line]
    members: list[Line]
    engines: list[Line]
    tokens: list[TokenLine]
    cached_percent: int
    notice: HouseNotice | None
    members_left: bool

    @property
    def percent(self) -> int | None:
        """Hundredths of today's site budget; None without one."""
        if self.limit is None:
            return None
        return int(self.spent * 100 / self.limit) if self.limit else 100


_SUMS = {
    "count": Count("pk"),
    "unpriced": Count("pk", filter=Q(cost=None)),
    "usd": Sum("cost"),
}


def page_of(now: Any, days: int = DAYS) -> Page:
    """Everything the page shows; six queries, however many rows there are."""
    today = site_day(now)
    rows = _rows(today, days)
    by_day = {row["house_day"]: row for row in rows.values("house_day").annotate(**_SUMS)}
    costs = {day: whole(row["usd"]) for day, row in by_day.items()}
    total = sum(costs.values(), Decimal(0))
    models = list(
        rows.values("provider", "model", "kind")
        .annotate(**_SUMS, **{f"sum_{name}": Sum(name) for name in (*KINDS, *CACHED)})
        .order_by(F("usd").desc(nulls_last=True), "model")
    )
    tokens = _tokens(models)
    members = _members(rows, total)
    return Page(
        today=today,
        spent=costs.get(today, Decimal(0)),
        limit=settings.BUDGET_SITE_USD,
        total=total,
        count=sum(row["count"] for row in by_day.values()),
        unpriced=sum(row["unpriced"] for row in by_day.values()),
        chart=draw(costs, today, days, settings.BUDGET_SITE_USD),
        personas=_personas(rows, total),
        members=members[:MEMBERS_SHOWN],
        engines=_engines(models, total),
        tokens=tokens,
        cached_percent=_percent(
            sum(one.cached or 0 for one in tokens),
            sum(one.count for one in tokens if one.cached is not None),
        ),
        notice=HouseNotice.objects.filter(day=today).order_by("-percent").first(),
        members_left=len(members) > MEMBERS_SHOWN,
    )


def _rows(today: date, days: int) -> Any:
    since = today - timedelta(days=days - 1)
    return Usage.objects.filter(house_day__gte=since, house_day__lte=today).order_by()


def _personas(rows: Any, total: Decimal) -> list[Line]:
    found = rows.values("persona__name").annotate(**_SUMS)
    lines = [_line(row, total, row["persona__name"] or _("deleted")) for row in found]
    return sorted(lines, key=lambda line: (-line.cost, line.name))


def _members(rows: Any, total: Decimal) -> list[Line]:
    """The dearest, and one more where there are more."""
    found = (
        rows.values("member_id", "member__email", "member__display_name")
        .annotate(**_SUMS)
        .order_by(F("usd").desc(nulls_last=True), "member__email")
    )
    return [
        _line(
            row,
            total,
            row["member__display_name"]
            or row["member__email"]
            or _("the site, and deleted accounts"),
            row["member__email"] or "",
        )
        for row in found[: MEMBERS_SHOWN + 1]
    ]


def _engines(rows: list[dict[str, Any]], total: Decimal) -> list[Line]:
    """By provider, model and kind. Our own engine is asked in the protocol by names of hosted
    models that it does not run, so it stands without them, once for each kind."""
    names = dict(Provider.objects.values_list("slug", "name"))
    names = {DEFAULT: _("engine of the server's settings"), EMBEDDED: own_engine()} | names
    summed: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        kind, slug = str(Usage.Kind(row["kind"]).label), row["provider"]
        named = [row["model"]] if row["model"] and slug != EMBEDDED else []
        key = names.get(slug, slug) or "—", " · ".join([*named, kind])
        into = summed.setdefault(key, {"count": 0, "unpriced": 0, "usd": None})
        into["count"] += row["count"]
        into["unpriced"] += row["unpriced"]
        if row["usd"] is not None:
            into["usd"] = (into["usd"] or 0) + row["usd"]
    return [_line(row, total, name, note) for (name, note), row in summed.items()]


def own_engine() -> str:
    """What the engine that came with the product is called where no row names it."""
    return _("Our own engine")


def _line(row: dict[str, Any], total: Decimal, name: str, note: str = "") -> Line:
    usd = whole(row["usd"])
    return Line(name, row["count"], row["unpriced"], usd, _percent(usd, total), note)


def _tokens(models: list[dict[str, Any]]) -> list[TokenLine]:
    sums = {name: sum(row[f"sum_{name}"] or 0 for row in models) for name in (*KINDS, *CACHED)}
    return [
        TokenLine(_("text, read"), sums["text_in"], sums["text_cached"]),
        TokenLine(_("audio, heard"), sums["audio_in"], sums["audio_cached"]),
        TokenLine(_("pictures, seen"), sums["image_in"], sums["image_cached"]),
        TokenLine(_("text, written"), sums["text_out"], None),
        TokenLine(_("audio, spoken"), sums["audio_out"], None),
    ]


def _percent(part: Decimal | int, total: Decimal | int) -> int:
    return round(100 * part / total) if total else 0


def draw(costs: dict[date, Decimal], today: date, days: int, limit: Decimal | None) -> Chart:
    """A bar for each of the last days; the budget as a line where it is within reach."""
    highest = max([*costs.values(), Decimal(0)])
    top = max(highest, limit if limit is not None and limit <= highest * 4 else Decimal(0))
    top = top or Decimal(1)
    chart = BarChart(WIDTH, HEIGHT, ABOVE, BELOW, days, GAP, top)
    drawn = []
    for place in range(days):
        day = today - timedelta(days=days - 1 - place)
        cost = costs.get(day, Decimal(0))
        # Little is still something.
        height = max(chart.length(cost), LEAST_HEIGHT) if cost else 0.0
        labelled = (days - 1 - place) % LABEL_EVERY == 0
        drawn.append(Day(day, cost, chart.bar(place, height), labelled, day == today))
    limit_y = chart.level(limit) if limit is not None and limit <= top else None
    return Chart(drawn, top, limit_y, chart.bar_width)


# --- export ---------------------------------------------------------------------------------------

HEADER = (
    *("day", "member", "persona", "provider", "model", "kind", "count", "without_price"),
    *KINDS,
    *CACHED,
    *("reasoning", "seconds", "cost_usd"),
)


def export(now: Any, days: int) -> Iterator[list[str]]:
    """Rows for a spreadsheet, the header first: a sum for each day, member, persona and model."""
    yield list(HEADER)
    summed = (*KINDS, *CACHED, "reasoning", "seconds")
    found = (
        _rows(site_day(now), days)
        .values("house_day", "member__email", "persona__name", "provider", "model", "kind")
        .annotate(**_SUMS, **{f"sum_{name}": Sum(name) for name in summed})
        .order_by("house_day", "member__email", "persona__name", "provider", "model", "kind")
    )
    for row in found[:EXPORT_ROWS_MAX].iterator(chunk_size=2000):
        names = (row["member__email"], row["persona__name"], row["provider"], row["model"])
        yield [
            row["house_day"].isoformat(),
            *(name or "" for name in names),
            row["kind"],
            str(row["count"]),
            str(row["unpriced"]),
            *("" if row[f"sum_{name}"] is None else str(row[f"sum_{name}"]) for name in summed),
            "" if row["usd"] is None else f"{whole(row['usd']):f}",
        ]
