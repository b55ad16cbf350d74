"""How much there was to do: cases by day, open cases by hour of the week, hours held by expert."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, DurationField, F, Q, Sum, When
from django.db.models import Value as SqlValue
from django.db.models.functions import Coalesce
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach.charts import BarRow, Bars, Part, laid, step_of
from handoff.models import Offer, Tier
from handoff.reports.offers import EXPERTS_DRAWN, names_of_experts
from handoff.reports.shapes import (
    Column,
    Days,
    Figure,
    Heat,
    HeatRow,
    Share,
    Table,
    Value,
    cases_words,
    grouped,
    standing,
)
from handoff.reports.source import Source

HOUR = 3600.0
SHADES = 5
CELL = 0.93  # of its room, that a cell fills
HOURS_NAMED = ("0", "6", "12", "18")  # beneath the heat map
LABELS = 5  # days that have their name beneath


def raised(source: Source) -> Figure:
    """Cases by the day on which they were raised, and how many of them were grave."""
    asked = source.asked
    every: Counter[Any] = Counter()
    grave: Counter[Any] = Counter()
    for case in source.raised:
        day = asked.day_of(case.raised)
        every[day] += 1
        grave[day] += case.tier <= Tier.P1
    columns = (
        Column(_("Day")),
        Column(_("Cases"), "count"),
        Column(_("P0 and P1"), "count"),
    )
    rows = [(day.isoformat(), every[day], grave[day]) for day in asked.days]
    total = every.total()
    return Figure(
        "cases",
        _("Cases by day"),
        _("By the day on which a person was called, in the time zone of the desk."),
        Table(columns, rows),
        _draw_days(source, every) if total else None,
        headline=(_("Cases"), grouped(total)),
    )


def _draw_days(source: Source, every: Counter[Any]) -> Days:
    days = source.asked.days
    step = max(1, len(days) // LABELS)
    bars = []
    for place, day in enumerate(days):
        short = date_format(day, "j M")
        name = f"{short}: {cases_words(every[day])}"
        bars.append((name, every[day], short if place % step == step // 2 else ""))
    return standing(bars)


def by_hour(source: Source) -> Figure:
    """How many cases were open at the same time, on average, in each hour of the week."""
    means = _open_cases(source)
    top = max(max(row) for row in means)
    names = [str(WEEKDAYS[weekday]) for weekday in range(7)]
    columns = (Column(_("Day")), *(Column(f"{hour:02}:00", "count") for hour in range(24)))
    table: list[list[Value]] = [[name, *row] for name, row in zip(names, means, strict=True)]
    rows = [
        HeatRow(str(WEEKDAYS_ABBR[weekday]), _cells(names[weekday], row, top))
        for weekday, row in enumerate(means)
    ]
    return Figure(
        "open-cases",
        _("Open cases by hour of the week"),
        _("How many were open at the same time, on average. Darkest: %(top)s.")
        % {"top": f"{top:.1f}"},
        Table(columns, table),
        Heat(rows, HOURS_NAMED) if top else None,
    )


def _cells(day: str, means: list[float], top: float) -> list[Part]:
    words = _("%(day)s %(hour)02d:00: %(mean).1f open")
    width = 100 / len(means)
    return [
        Part(
            round(hour * width, 3),
            round(width * CELL, 3),
            str(step_of(mean, top, SHADES)),
            words % {"day": day, "hour": hour, "mean": mean},
        )
        for hour, mean in enumerate(means)
    ]


def _open_cases(source: Source) -> list[list[float]]:
    """The mean of open cases by weekday (Monday first) and hour, over the hours that have been."""
    asked, end = source.asked, source.end
    start = asked.start
    count = max(0, -int(-(end - start).total_seconds() // HOUR))
    seconds = [0.0] * (count + 1)  # in which a case was open, of each hour of the span
    whole = [0] * (count + 2)  # cases that are open from one end to the other, as differences
    for case in source.cases:
        first = max((case.raised - start).total_seconds(), 0.0)
        last = (min(case.over or end, end) - start).total_seconds()
        if last > first:
            _add(seconds, whole, first, last)
    sums = [[0.0] * 24 for _day in range(7)]
    lengths = [[0.0] * 24 for _day in range(7)]
    running = 0
    span = (end - start).total_seconds()
    for hour in range(count):
        running += whole[hour]
        length = min(HOUR, span - hour * HOUR)
        at = (start + timedelta(hours=hour)).astimezone(asked.zone)
        sums[at.weekday()][at.hour] += seconds[hour] + running * length
        lengths[at.weekday()][at.hour] += length
    return [
        [round(total / length, 2) if length else 0.0 for total, length in zip(a, b, strict=True)]
        for a, b in zip(sums, lengths, strict=True)
    ]


def _add(seconds: list[float], whole: list[int], first: float, last: float) -> None:
    """Count a case that is open from second `first` to `last` of the span."""
    begins, ends = int(first // HOUR), int(last // HOUR)
    if begins == ends:
        seconds[begins] += last - first
        return
    seconds[begins] += (begins + 1) * HOUR - first
    seconds[ends] += last - ends * HOUR
    whole[begins + 1] += 1
    whole[ends] -= 1


def by_expert(source: Source) -> Figure:
    """How long each expert held cases, and their share of all that was held."""
    asked, end = source.asked, source.end
    moment = DateTimeField()
    until = Coalesce("ended_at", SqlValue(end, moment), output_field=moment)
    held = (
        asked.chosen(Offer.objects.all(), "escalation__")
        .filter(answered_at__lt=end)
        .filter(Q(ended_at__gt=F("answered_at")) | Q(ended_at__isnull=True))
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gt=asked.start))
        .annotate(since=_later("answered_at", asked.start), until=until)
        .annotate(upto=Case(When(until__gt=end, then=SqlValue(end, moment)), default=F("until")))
    )
    length = Sum(F("upto") - F("since"), output_field=DurationField())
    counted = held.values("expert").annotate(held=length, cases=Count("escalation", distinct=True))
    rows = sorted(counted, key=lambda row: (-row["held"], row["expert"]))
    names = names_of_experts(row["expert"] for row in rows)
    total = sum((row["held"] for row in rows), timedelta())
    lines = [
        (
            names[row["expert"]],
            row["cases"],
            row["held"] / timedelta(hours=1),
            Share(round(row["held"].total_seconds()), round(total.total_seconds())),
        )
        for row in rows
    ]
    top = lines[0][2] if lines else 0.0
    return Figure(
        "load",
        _("Load by expert"),
        _("How long cases were in their hands. Cases held at the same time count each."),
        Table(
            _columns(),
            [(n, c, h, None if s.percent is None else s.percent) for n, c, h, s in lines],
        ),
        Bars([_bar(*line, top) for line in lines[:EXPERTS_DRAWN]]) if lines else None,
    )


def _later(field: str, at: datetime) -> Case:
    """The value of `field`, or `at` where that is later."""
    moment = DateTimeField()
    value = SqlValue(at.astimezone(UTC), moment)
    return Case(When(**{f"{field}__lt": at}, then=value), default=F(field), output_field=moment)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Expert")),
        Column(_("Cases"), "count"),
        Column(_("Held"), "hours"),
        Column(_("Share of all"), "percent"),
    )


def _bar(name: str, cases: int, hours: float, share: Share, top: float) -> BarRow:
    said = _("%(hours)s h, %(percent)d %%") % {
        "hours": f"{hours:.1f}",
        "percent": round(share.percent or 0),
    }
    return BarRow(name, said, laid([(hours, "main", "")], top), cases_words(cases))
