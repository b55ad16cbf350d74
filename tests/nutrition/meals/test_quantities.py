"""Quantities in words, and what they weigh."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.word_forms import tokens
from coach.nutrition.meals import parse_meal
from coach.nutrition.meals.quantities import amount_at, number_at


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("two", 2), ("twenty five", 25), ("a hundred and fifty", None), ("one hundred fifty", 150),
        ("two hundred and twelve", 212), ("one and a half", 1.5), ("2 1/2", 2.5),
        ("1 and 1/4", 1.25),
        ("½", 0.5), ("1½", 1.5), ("3.25", 3.25), (".5", 0.5), ("one point five", 1.5),
        ("three thousand", 3000), ("5,000", 5000),
    ],
)  # fmt: skip
def test_numbers(said: str, value: float | None) -> None:
    found = number_at(tokens(said), 0)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("said", "count", "unit", "inner"),
    [
        ("half a cup of", 0.5, "cup", None),
        ("three quarters of a cup of", 0.75, "cup", None),
        ("a cup and a half of", 1.5, "cup", None),
        ("a couple of slices of", 2, "slice", None),
        ("a 12 ounce can of", 1, "can", 12),
        ("two 330 ml cans of", 2, "can", 330),
        ("half a dozen", 6, "", None),
        ("two to three", 2.5, "", None),
        ("12 fl oz of", 12, "floz", None),
        ("about two tablespoons of", 2, "tablespoon", None),
    ],
)
def test_quantities(said: str, count: float, unit: str, inner: float | None) -> None:
    words = tokens(said)
    found = amount_at(words, 0)
    assert found is not None
    amount, end = found
    assert (amount.count, amount.unit, amount.inner) == (count, unit, inner)
    assert end == len(words)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 900))
def test_stated_grams_are_kept(grams: int) -> None:
    for said in (f"{grams} g of rice", f"rice, {grams} grams", f"{grams}g rice"):
        items = parse_meal(index_from_files(), said).items
        assert [item.grams for item in items] == [grams]


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_no_text_breaks_it(said: str) -> None:
    parsed = parse_meal(index_from_files(), said)
    assert parsed.items or parsed.question or parsed.nothing_eaten or not said.strip()


def test_spoons_cups_and_millilitres_agree() -> None:
    index = index_from_files()

    def grams(said: str) -> float:
        return parse_meal(index, said).items[0].grams

    assert grams("16 tablespoons of honey") == pytest.approx(grams("a cup of honey"), rel=0.02)
    assert grams("3 teaspoons of milk") == pytest.approx(grams("a tablespoon of milk"), rel=0.02)
    assert grams("237 ml of milk") == pytest.approx(grams("a cup of milk"), rel=0.02)
