"""Charts as geometry: where bars, lines and labels stand, in SVG units. No framework here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

Value = TypeVar("Value", float, Decimal)


@dataclass(frozen=True)
class Bar:
    """A bar of a chart; `y` is its upper edge, `middle` the x at which its labels are centred."""

    x: float
    y: float
    height: float
    middle: float


@dataclass(frozen=True)
class BarChart(Generic[Value]):
    """The frame of a chart with `count` columns side by side.

    `top` is the value at the upper edge of the plot; `above` and `below` are left free for labels.
    `gap` is the share of a column's width that its bar leaves empty.
    """

    width: int
    height: int
    above: int
    below: int
    count: int
    gap: float
    top: Value

    @property
    def base(self) -> int:
        """The y on which all bars stand."""
        return self.height - self.below

    @property
    def room(self) -> int:
        """The height of a bar of the value `top`."""
        return self.base - self.above

    @property
    def step(self) -> float:
        """The width of a column."""
        return self.width / self.count

    @property
    def bar_width(self) -> float:
        return round(self.step * (1 - self.gap), 1)

    def level(self, value: Value) -> float:
        """The y at which a line for `value` runs."""
        return round(float(self.base - self.room * value / self.top), 1)

    def length(self, value: Value) -> float:
        """The height of a bar for `value`."""
        return round(float(self.room * value / self.top), 1)

    def bar(self, place: int, height: float) -> Bar:
        """The bar in the column `place`, counted from 0."""
        return Bar(
            x=round(self.step * (place + self.gap / 2), 1),
            y=round(self.base - height, 1),
            height=height,
            middle=round(self.step * (place + 0.5), 1),
        )


@dataclass(frozen=True)
class Part:
    """A piece of a lying bar; `x` and `width` in hundredths of the bar's room."""

    x: float
    width: float
    tone: str  # what it stands for, as the sheet colours it
    label: str = ""


@dataclass(frozen=True)
class BarRow:
    """A lying bar with its name before it and its value behind it."""

    name: str
    value: str
    parts: Sequence[Part]
    note: str = ""
    tier: int | None = None


@dataclass(frozen=True)
class Bars:
    """`mark`: where a line stands across all bars, in hundredths."""

    rows: Sequence[BarRow]
    mark: float | None = None
    kind: str = "bars"


def laid(parts: Iterable[tuple[float, str, str]], whole: float) -> list[Part]:
    """Parts (value, tone, label) of `whole` one behind the other; those of nothing are left out."""
    found = []
    at = 0.0
    for value, tone, label in parts:
        width = min(100 * value / whole, 100 - at) if whole else 0
        if width > 0:
            found.append(Part(round(at, 2), round(width, 2), tone, label))
            at += width
    return found


def step_of(value: float, top: float, steps: int) -> int:
    """The step of a shade, 1 to `steps`, for a value up to `top`; 0 for nothing."""
    if value <= 0 or top <= 0:
        return 0
    return min(steps, int(steps * value / top) + 1)
