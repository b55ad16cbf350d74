"""A diary day and a week, put together from the rows; and how templates write their numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import clock
from coach.nutrition import actions
from coach.nutrition.day import Day, Progress, day_for, total, week_for
from coach.nutrition.models.diary import NUTRIENTS, MealItem
from coach.nutrition.targets import Target, Targets
from coach.nutrition.templatetags import diary
from tests.support.diary import NOON, make_member

TODAY = NOON.date()


@pytest.fixture
def member(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_member()


def eat(member, said: str, day: date = TODAY) -> None:
    logged = actions.log_meal(member, said, day=day)
    assert isinstance(logged, actions.LoggedMeal), logged


def test_meals_stand_in_the_order_of_the_day(member):
    for said in ("a salad for dinner", "two eggs for breakfast", "a banana as a snack"):
        eat(member, said)
    page = day_for(member)
    assert [str(group.slot) for group in page.slots] == ["breakfast", "snack", "dinner"]
    assert [item.name for group in page.slots for item in group.items] == [
        "Eggs", "Banana", "Salad",
    ]  # fmt: skip
    assert page.totals["kcal"] == pytest.approx(sum(g.totals["kcal"] for g in page.slots))


def test_a_removed_meal_counts_nowhere(member):
    eat(member, "two eggs for breakfast")
    actions.delete_meal(member, day_for(member).meals[0].pk)
    assert day_for(member).slots == []
    assert {bar.kcal for bar in week_for(member, TODAY)} == {None}


def test_somebody_elses_meals_are_not_seen(member):
    eat(make_member("other@example.org"), "two eggs for breakfast")
    assert day_for(member).totals["kcal"] == 0


def test_the_week_ends_today_while_the_day_is_within_it(member):
    eat(member, "two eggs", TODAY - timedelta(days=2))
    shown = TODAY - timedelta(days=2)
    week = week_for(member, shown)
    assert [bar.day for bar in week] == [TODAY - timedelta(days=back) for back in range(6, -1, -1)]
    assert [bar.day for bar in week if bar.shown] == [shown]
    assert [bar.day for bar in week if bar.kcal] == [shown]


def test_the_week_of_an_older_day_ends_with_it(member):
    shown = TODAY - timedelta(days=30)
    assert week_for(member, shown)[-1].day == shown


@pytest.mark.parametrize(("back", "following"), [(0, 1), (1, 0), (7, -6), (-1, None)])
def test_tomorrow_may_be_planned_and_nothing_after_it(back, following):
    page = Day(TODAY - timedelta(days=back), TODAY, [], {}, Targets())
    expected = None if following is None else TODAY + timedelta(days=following)
    assert (page.previous, page.next) == (page.day - timedelta(days=1), expected)
    assert page.is_today == (back == 0)


def test_unknown_nutrients_count_as_nothing():
    sums = total([MealItem(kcal=100.0, fibre_g=None), MealItem(kcal=20.0, fibre_g=2.5)])
    assert (sums["kcal"], sums["fibre_g"]) == (120.0, 2.5)
    assert set(sums) == set(NUTRIENTS)
    assert set(total([]).values()) == {0}


@given(st.floats(0, 10_000), st.integers(1, 5000).map(Target.around) | st.none())
def test_progress_is_between_nothing_and_all(eaten, target):
    progress = Progress("kcal", eaten, target)
    assert 0 <= progress.percent <= 100
    assert progress.left >= 0
    if target is None:
        assert (progress.percent, progress.left, progress.within) == (0, 0, False)
    else:
        assert progress.within == (target.low <= eaten <= target.high)


# --- numbers in templates -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "kcal", "grams", "whole"),
    [
        (0, "0", "0", "0"),
        (None, "0", "0", "0"),
        (0.25, "0", "0.2", "0.2"),
        (5, "5", "5", "5"),
        (9.94, "10", "9.9", "9.9"),
        (1234.5, "1,234", "1,234", "1234"),
    ],
)
def test_numbers_are_as_exact_as_they_are_known(value, kcal, grams, whole):
    assert (diary.kcal(value), diary.grams(value), diary.whole(value)) == (kcal, grams, whole)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("2", "× 2"), ("½", "× ½"), ("1½", "× 1½"), ("2 slices", "2 slices"), ("1", ""), ("an", ""),
        ("150 g", ""), ("about 25 g", ""), ("1 large", "1 large"), ("", ""),
    ],
)  # fmt: skip
def test_an_amount_is_shown_where_it_says_more_than_the_weight(amount, shown):
    assert diary.amount_shown(amount) == shown


def test_every_meal_has_a_sign_and_every_drawn_nutrient_a_colour():
    assert {diary.slot_icon(slot) for slot in ("breakfast", "lunch", "snack", "dinner")} == {
        "sunrise", "sun", "apple", "moon",
    }  # fmt: skip
    series = [
        diary.nutrient_series(name) for name in ("kcal", "protein_g", "carbohydrate_g", "fat_g")
    ]
    assert series == [1, 2, 3, 4]
    assert [str(diary.nutrient_short(n)) for n in ("carbohydrate_g", "fat_g")] == ["carbs", "fat"]
    assert diary.amount_of({"kcal": 3.0}, "kcal") == 3.0
    assert diary.amount_of({}, "kcal") == 0
