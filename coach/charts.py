"""Bar charts as geometry: where bars, lines and labels stand, in SVG units. No framework here."""

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
