"""A small picture of risk: what screening found over a talk, from its first line to the newest.

Pure. A talk grows from the left; of a long one each column stands for several lines, and shows the
gravest of what was found in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.charts import BarChart

COLUMNS = 24
CALM = 5  # one more than the latest tier: nothing was found
CHART = BarChart(width=96, height=22, above=1, below=2, count=COLUMNS, gap=0.3, top=float(CALM))


@dataclass(frozen=True)
class Column:
    """A bar of the picture; the graver, the higher."""

    tier: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Picture:
    """`end`: how far the talk has come, as a line beneath the bars."""

    columns: list[Column]
    end: float
    bar_width: float = CHART.bar_width


def picture(lines: int, found: Iterable[tuple[int, int]]) -> Picture:
    """Of a talk of so many `lines`, in which the lines of `found` (number, tier) were flagged."""
    whole = max(lines, COLUMNS)
    gravest: dict[int, int] = {}
    for number, tier in found:
        column = min(COLUMNS - 1, max(0, number - 1) * COLUMNS // whole)
        gravest[column] = min(tier, gravest.get(column, CALM))
    columns = []
    for column, tier in sorted(gravest.items()):
        bar = CHART.bar(column, CHART.length(float(CALM - tier)))
        columns.append(Column(tier, bar.x, bar.y, bar.height))
    return Picture(columns, round(CHART.width * min(lines, whole) / whole, 1))
