"""What a figure is made of: a drawing, and a table that is also its CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.charts import Bar, BarChart, Bars, Part
from coach.spreadsheets import Cell

LEAST_FOR_PERCENT = 10  # of fewer, a percentage would be taken for more than it is
HEIGHT, ABOVE, BELOW, GAP = 140, 6, 22, 0.25  # of standing bars
LEAST_HEIGHT = 2.0
Kind = Literal["text", "count", "seconds", "hours", "percent", "share"]


@dataclass(frozen=True)
class Share:
    """How many of how many; in words a percentage only of enough, and never without its count."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None

    def __str__(self) -> str:
        if not self.whole:
            return "—"
        if self.whole < LEAST_FOR_PERCENT:
            return _("%(part)d of %(whole)d") % {"part": self.part, "whole": self.whole}
        percent = round(100 * self.part / self.whole)
        return _("%(percent)d %% of %(whole)s") % {"percent": percent, "whole": grouped(self.whole)}


Value = str | int | float | Share | None


@dataclass(frozen=True)
class Column:
    """`kind` says how the page writes its values; the CSV has seconds, hours and hundredths."""

    name: str
    kind: Kind = "text"

    @property
    def is_number(self) -> bool:
        return self.kind != "text"

    @property
    def heading(self) -> str:
        """With the unit that a spreadsheet needs."""
        units = {"seconds": _("s"), "hours": _("h"), "percent": "%", "share": "%"}
        return f"{self.name} ({units[self.kind]})" if self.kind in units else self.name


@dataclass(frozen=True)
class ShownCell:
    text: str
    is_number: bool


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]

    def shown(self) -> list[list[ShownCell]]:
        """The cells as they are read."""
        return [
            [
                ShownCell(shown(value, column.kind), column.is_number)
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]

    def sheet(self) -> list[list[Cell]]:
        """The cells as a spreadsheet reads them, the header first."""
        head: list[Cell] = [column.heading for column in self.columns]
        return [head, *([_cell(value) for value in row] for row in self.rows)]


@dataclass(frozen=True)
class Day:
    """A standing bar; `name` is read with it, `short` stands beneath, where there is room."""

    name: str
    value: int
    bar: Bar
    short: str


@dataclass(frozen=True)
class Days:
    """Standing bars, `width` in hundredths each; `top` is the value at the y `upper`."""

    days: Sequence[Day]
    width: float
    height: int
    base: int
    upper: int
    top: int
    kind: str = "days"


@dataclass(frozen=True)
class HeatRow:
    name: str
    cells: Sequence[Part]  # the tone is the step of the shade


@dataclass(frozen=True)
class Heat:
    rows: Sequence[HeatRow]
    marks: Sequence[str]  # names beneath the columns, evenly spread
    kind: str = "heat"


@dataclass(frozen=True)
class Figure:
    """`legend`: what each tone stands for. `chart` None: there is nothing to draw."""

    key: str
    title: str
    note: str
    table: Table
    chart: Bars | Days | Heat | None
    legend: Sequence[tuple[str, str]] = ()
    mark: str = ""  # what the line across the bars is
    headline: tuple[str, str] | None = None  # its one number, for the head of the page


def standing(bars: Sequence[tuple[str, int, str]]) -> Days:
    """Standing bars, of which each has a name, a value and what stands beneath; one is not 0."""
    top = max(value for _name, value, _short in bars)
    chart = BarChart(100, HEIGHT, ABOVE, BELOW, len(bars), GAP, float(top))
    drawn = []
    for place, (name, value, short) in enumerate(bars):
        height = max(chart.length(float(value)), LEAST_HEIGHT) if value else 0.0
        drawn.append(Day(name, value, chart.bar(place, height), short))
    return Days(drawn, round(chart.step * (1 - GAP), 3), HEIGHT, chart.base, ABOVE, top)


def shown(value: Value, kind: Kind) -> str:
    if value is None:
        return "—"
    if kind == "seconds" and isinstance(value, int | float):
        return span_words(value)
    if kind == "hours" and isinstance(value, int | float):
        return _("%(hours)s h") % {"hours": f"{value:.1f}"}
    if kind == "percent" and isinstance(value, int | float):
        return f"{value:.0f} %"
    if isinstance(value, float):
        return f"{value:.1f}"
    return grouped(value) if isinstance(value, int) else str(value)


def grouped(number: int) -> str:
    """A number with its thousands apart, as they are written in the reader's language."""
    return number_format(number, force_grouping=True)


def span_words(seconds: float) -> str:
    """A span in its two largest units: "45 s", "3 min 20 s", "2 h 5 min", "1 d 4 h"."""
    whole = round(seconds)
    units = ((86_400, _("d")), (3600, _("h")), (60, _("min")), (1, _("s")))
    for place, (size, name) in enumerate(units):
        if whole >= size or size == 1:
            words = f"{whole // size} {name}"
            if size > 1 and (rest := whole % size // units[place + 1][0]):
                words += f" {rest} {units[place + 1][1]}"
            return words
    return ""


def cases_words(count: int) -> str:
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": grouped(count)}


def _cell(value: Value) -> Cell:
    if isinstance(value, Share):
        return value.percent
    return round(value, 1) if isinstance(value, float) else value
