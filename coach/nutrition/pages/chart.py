"""The week as a drawing: where each bar, label and the target band stand, in SVG units."""

from dataclasses import dataclass
from datetime import date

from coach.nutrition.day import Bar
from coach.nutrition.targets import Target

WIDTH, HEIGHT = 336, 172
TOP, BOTTOM = 22, 24  # room for the numbers above and the weekdays below
BAR = 26
HEADROOM = 1.08


@dataclass(frozen=True)
class Column:
    day: date
    kcal: float | None
    shown: bool
    x: float
    middle: float
    y: float
    height: float
    label_y: float


@dataclass(frozen=True)
class Week:
    """A chart `width` × `height`; the band is None where there is no target."""

    columns: list[Column]
    band_y: float | None
    band_height: float
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    bar: int = BAR
    days_y: int = HEIGHT - 6
    mean: float | None = None  # of the days with something written down


def draw_week(bars: list[Bar], target: Target | None) -> Week:
    written = [bar.kcal for bar in bars if bar.kcal]
    top = max([*written, target.high if target else 0, 1]) * HEADROOM
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = WIDTH / len(bars)

    def y(kcal: float) -> float:
        return round(base - room * kcal / top, 1)

    columns = []
    for index, bar in enumerate(bars):
        upper = min(y(bar.kcal or 0), base - 2)
        middle = round(step * (index + 0.5), 1)
        columns.append(
            Column(
                bar.day,
                bar.kcal,
                bar.shown,
                round(middle - BAR / 2, 1),
                middle,
                upper,
                round(base - upper, 1),
                round(upper - 6, 1),
            )
        )
    return Week(
        columns,
        y(target.high) if target else None,
        round(y(target.low) - y(target.high), 1) if target else 0,
        mean=sum(written) / len(written) if written else None,
    )
