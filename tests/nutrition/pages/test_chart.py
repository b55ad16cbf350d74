"""The drawing of a week, and the bar charts that it and the console's page on usage are made of."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.charts import BarChart
from coach.nutrition.day import DayEnergy
from coach.nutrition.pages.chart import HEIGHT, LEAST_HEIGHT, WIDTH, draw_week
from coach.nutrition.targets import Target

SUNDAY = date(2026, 3, 15)
energies = st.lists(st.none() | st.floats(0, 9000), min_size=7, max_size=7)
targets = st.none() | st.integers(1000, 5000).map(Target.around)


def week_of(kcal, target=None):
    days = [SUNDAY - timedelta(days=back) for back in range(6, -1, -1)]
    return draw_week(
        [DayEnergy(d, k, d == SUNDAY) for d, k in zip(days, kcal, strict=True)], target
    )


@given(energies, targets)
def test_everything_stands_within_the_drawing(kcal, target):
    week = week_of(kcal, target)
    for column in week.columns:
        bar = column.bar
        assert 0 <= bar.x <= bar.x + week.bar_width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
        assert bar.height >= LEAST_HEIGHT
        assert column.label_y > 0
    if week.band_y is not None:
        assert 0 <= week.band_y <= week.band_y + week.band_height <= week.base


@given(energies)
def test_more_energy_is_no_shorter_bar(kcal):
    drawn = sorted((column.day.kcal or 0, column.bar.height) for column in week_of(kcal).columns)
    assert [height for _, height in drawn] == sorted(height for _, height in drawn)


@given(energies)
def test_bars_stand_on_one_line_and_beside_each_other(kcal):
    week = week_of(kcal)
    assert {round(c.bar.y + c.bar.height, 1) for c in week.columns} == {week.base}
    for left, right in zip(week.columns, week.columns[1:], strict=False):
        assert left.bar.x + week.bar_width <= right.bar.x
        assert left.bar.middle == pytest.approx(left.bar.x + week.bar_width / 2)


def test_the_mean_counts_only_days_with_something_written_down():
    assert week_of([None, 2000, None, 1000, None, None, 0]).mean == 1500
    assert week_of([None] * 7).mean is None


def test_the_target_is_a_band_from_its_low_to_its_high_end():
    week = week_of([2000] * 7, Target(2000, 1800, 2200))
    top = 2200 * 1.08
    room = week.base - 22
    assert week.band_y == pytest.approx(week.base - room * 2200 / top, abs=0.1)
    assert week.band_height == pytest.approx(room * 400 / top, abs=0.2)
    assert week_of([2000] * 7).band_y is None


@given(st.integers(1, 366), st.floats(0, 0.9))
def test_columns_fill_the_width(count, gap):
    chart = BarChart(900, 200, 14, 26, count, gap, 1.0)
    bars = [chart.bar(place, 10.0) for place in range(count)]
    assert bars[0].x == pytest.approx(chart.step * gap / 2, abs=0.1)
    assert bars[-1].x + chart.bar_width == pytest.approx(900 - chart.step * gap / 2, abs=0.2)


@pytest.mark.parametrize(
    ("value", "length", "level"),
    [(Decimal(0), 0.0, 174.0), (Decimal(5), 80.0, 94.0), (Decimal(10), 160.0, 14.0)],
)
def test_money_is_drawn_to_scale(value, length, level):
    chart = BarChart(900, 200, 14, 26, 30, 0.3, Decimal(10))
    assert (chart.length(value), chart.level(value)) == (length, level)
