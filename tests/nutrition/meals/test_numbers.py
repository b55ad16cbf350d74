"""Numbers, times and days in a sentence about food: `numbers.txt` holds the sentences."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import ParsedMeal, SaidAt, parse_meal
from coach.nutrition.meals.plain_text import FIRST_SIGN, LAST_SIGN, figure, plain_text
from tests.nutrition.meals.sentences import lines

TUESDAY = date(2026, 3, 10)
SAID_AT = SaidAt(TUESDAY, datetime(2026, 3, 10, 14))


def read(said: str) -> ParsedMeal:
    return parse_meal(index_from_files(), said, SAID_AT)


def clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


@pytest.mark.parametrize(("said", "expected"), lines("numbers.txt"))
def test_what_is_said_of_numbers_and_times_is_what_is_written(said: str, expected: str) -> None:
    parsed = read(said)
    found = ", ".join(f"{i.name} {i.grams:.0f} {clock(i.time)}".strip() for i in parsed.items)
    assert f"{found} {'?' * bool(parsed.question)}".strip() == expected


def test_what_is_still_to_come_is_told() -> None:
    assert "still to come" in (read("eggs today and tomorrow I will have pizza").question or "")
    assert read("a pear tomorrow").not_yet


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 900), st.sampled_from(["two eggs", "toast with butter", "200 g of rice"]))
def test_a_number_that_belongs_to_nothing_is_asked_about(number: int, said: str) -> None:
    assert read(f"{said} and {number}").question


@settings(deadline=None, max_examples=60)
@given(st.floats(0.01, 900).map(lambda value: round(value, 2)))
def test_decimals_with_a_comma_or_a_point_weigh_the_same(value: float) -> None:
    point = read(f"{value} g of rice").items
    comma = read(f"{value}".replace(".", ",") + " g of rice").items
    assert [item.grams for item in point] == [item.grams for item in comma]


@given(st.floats(0, 1e6))
def test_a_figure_has_no_exponent(value: float) -> None:
    assert float(figure(value)) == pytest.approx(value, abs=1e-6)


@settings(deadline=None)
@given(st.text(alphabet=[FIRST_SIGN, LAST_SIGN, *"8 atpm:"], max_size=40))
def test_signs_of_a_text_itself_are_none(said: str) -> None:
    plain = plain_text(said, SAID_AT)
    signs = [sign for sign in plain.text if FIRST_SIGN <= sign <= LAST_SIGN]
    assert sorted(signs) == sorted(plain.signs)
