"""The week of the diary as a drawing: its bars, their labels and the band of the target."""

from dataclasses import dataclass

from coach.charts import Bar, BarChart
from coach.nutrition.day import DayEnergy
from coach.nutrition.targets import Target

WIDTH, HEIGHT = 336, 172
ABOVE, BELOW = 22, 24  # room for the numbers above and the weekdays below
BAR_WIDTH = 26
LEAST_HEIGHT = 2
LABEL_ABOVE = 6
HEADROOM = 1.08


@dataclass(frozen=True)
class Column:
    """A day of the week: its bar, and the y of the number above it."""

    day: DayEnergy
    bar: Bar
    label_y: float


@dataclass(frozen=True)
class Week:
    """A chart `width` × `height`; the band is None where there is no target."""

    columns: list[Column]
    band_y: float | None
    band_height: float
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BELOW
    bar_width: int = BAR_WIDTH
    days_y: int = HEIGHT - 6
    mean: float | None = None  # of the days with something written down


def draw_week(days: list[DayEnergy], target: Target | None) -> Week:
    written = [day.kcal for day in days if day.kcal]
    top = max([*written, target.high if target else 0, 1]) * HEADROOM
    gap = 1 - BAR_WIDTH * len(days) / WIDTH
    chart = BarChart(WIDTH, HEIGHT, ABOVE, BELOW, len(days), gap, top)
    columns = []
    for place, day in enumerate(days):
        height = round(chart.base - chart.level(day.kcal or 0), 1)
        bar = chart.bar(place, max(height, LEAST_HEIGHT))
        columns.append(Column(day, bar, round(bar.y - LABEL_ABOVE, 1)))
    band = (chart.level(target.high), chart.level(target.low)) if target else None
    return Week(
        columns,
        band_y=band[0] if band else None,
        band_height=round(band[1] - band[0], 1) if band else 0,
        mean=sum(written) / len(written) if written else None,
    )
