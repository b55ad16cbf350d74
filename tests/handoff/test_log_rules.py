"""What in a member's logs calls a person, and what does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.logs.rules import (
    LoggedDay,
    Weighed,
    Weight,
    blood_pressure,
    blood_sugar,
    very_low_days,
    weight_lost,
)

TODAY = date(2026, 11, 20)
FALLING = (80, 78.8, 77.6, 76.4, 75.2, 74)


def days(*kcals, meals=3, told=False, gap=()):
    return [
        LoggedDay(TODAY - timedelta(days=len(kcals) - place), kcal, meals, told)
        for place, kcal in enumerate(kcals)
        if place not in gap
    ]


def body(*kilos, each=7, **known):
    """A weight every `each` days, the last one today."""
    last = len(kilos) - 1
    weights = [Weight(TODAY - timedelta(days=each * (last - n)), kg) for n, kg in enumerate(kilos)]
    return Weighed(weights, TODAY, **known)


def test_three_whole_days_in_a_row_below_800_kcal_call_a_dietitian():
    found = very_low_days(days(640, 710, 590))
    assert (found.code, found.tier) == ("ED-S", 2)


def test_so_do_days_of_which_the_member_said_that_it_was_all():
    assert very_low_days(days(640, 710, 590, meals=1, told=True))


@pytest.mark.parametrize(
    "logged",
    [
        days(640, 710),
        days(640, 710, 590, meals=2),  # a meal is missing in the diary, not in the day
        days(0, 0, 0),
        days(640, 710, 800),
        days(640, 710, 1900, 590, 700),
        days(640, 710, 590, 620, gap=(1,)),  # a day without an entry is no day without food
        [],
    ],
)
def test_a_diary_with_gaps_is_no_hunger(logged):
    assert very_low_days(logged) is None


def test_a_loss_of_more_than_one_percent_a_week_calls_a_dietitian_even_if_it_is_wanted():
    found = weight_lost(body(*FALLING, wants_to_lose=True))
    assert (found.code, found.tier, found.why) == ("MED-W", 2, "lost_fast")


def test_a_loss_within_the_guard_that_is_wanted_calls_nobody():
    assert weight_lost(body(80, 79.5, 79.1, 78.6, wants_to_lose=True)) is None


def test_five_percent_in_three_months_call_somebody_unless_they_are_wanted():
    kilos = (80, 79.4, 78.8, 78.2, 77.6, 77, 76.4, 75.8, 75.2, 74.6, 74)
    assert weight_lost(body(*kilos)).why == "lost_unplanned"
    assert weight_lost(body(*kilos, wants_to_lose=True)) is None


def test_who_is_underweight_and_gets_lighter_calls_somebody():
    known = {"height_cm": 170, "age": 30, "wants_to_lose": True}
    kilos = (53.6, 53.2, 52.8, 52.4, 52, 51.6)
    assert weight_lost(body(*kilos, **known)).why == "underweight_and_losing"
    assert weight_lost(body(*kilos, **known | {"age": None})) is None
    assert weight_lost(body(52, 52.1, 52, 52.2, **known)) is None


@pytest.mark.parametrize(
    "weights",
    [
        body(80, 76),  # two weights tell nothing
        body(80, 78, 76),  # of three, each end is the same three
        body(80, 80.5, 80, 80, 75.5),
        body(86, 80, 80, 80),
        body(*FALLING[:4], 75.2, each=9),  # a single one is of these days
        body(80, 79.2, 77, each=3),  # water goes fast in the first days
        body(80, 80.2, 62, 80.1, 80),  # misheard, or somebody else on the scales
        body(80, 80.2, 80.1, 64),
        Weighed([], TODAY),
        Weighed(body(*FALLING).weights, TODAY + timedelta(days=8)),
    ],
)
def test_too_few_or_doubtful_weights_call_nobody(weights):
    assert weight_lost(weights) is None


WRONG = st.floats(70, 90) | st.floats(25, 350)
PLACE = st.integers(0, 11)
LIGHT = {"height_cm": 210, "age": 30}


@given(PLACE, WRONG)
def test_one_wrong_number_among_many_weights_calls_nobody(place, wrong):
    kilos = [80.0 + 0.1 * (n % 3) for n in range(12)]
    kilos[place] = wrong
    assert weight_lost(body(*kilos, each=3)) is None
    assert weight_lost(body(*kilos, each=3, **LIGHT)) is None


@given(PLACE, WRONG)
def test_nor_does_it_hide_that_weight_is_lost(place, wrong):
    kilos = [80 - 0.9 * n for n in range(12)]
    kilos[place] = wrong
    assert weight_lost(body(*kilos, each=3, wants_to_lose=True)).why == "lost_fast"


@pytest.mark.parametrize(
    ("value", "unit", "tier"),
    [
        (42, "mg/dL", 0),
        (2.4, "mmol/L", 0),
        (420, "mg/dL", 0),
        (25, "mmol/L", 0),
        (63, "mg/dL", 1),
        (3.6, "mmol/L", 1),
        (18, "mmol/L", 1),
        (310, "mg/dL", 1),
        (95, "mg/dL", None),
        (5.4, "mmol/L", None),
        (190, "mg/dL", None),
    ],
)
def test_an_alarming_blood_sugar_is_known_by_its_unit(value, unit, tier):
    found = blood_sugar(value, unit)
    assert (found.tier if found else None) == tier


@pytest.mark.parametrize(
    ("high", "low", "why"),
    [
        (185, 95, "pressure_high"),
        (150, 122, "pressure_high"),
        (85, 42, "pressure_low"),
        (88, 58, None),
        (140, 90, None),
    ],
)
def test_an_alarming_blood_pressure(high, low, why):
    found = blood_pressure(high, low)
    assert (found.why if found else None) == why
