"""What amounts weigh, and how they are said back: `weights.txt` holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import parse_meal
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.weigh import Weighed, many, nice, number, weigh
from tests.nutrition.meals.sentences import lines


def weighed(food: str, **amount: object) -> Weighed:
    entry = index_from_files().named(food)
    assert entry is not None
    return weigh(entry, Amount(**amount), plural=False)


@pytest.mark.parametrize(("said", "expected"), lines("weights.txt"))
def test_an_amount_of_a_food(said, expected):
    (item,) = parse_meal(index_from_files(), said).items
    assert f"{item.grams:g} | {item.amount}" == expected


@given(st.floats(0.1, 50), st.sampled_from(["egg", "rice", "milk", "toast", "butter", "pizza"]))
def test_twice_as_many_weigh_twice_as_much(count, food):
    for unit in ("", "cup", "slice", "g", "oz", "piece", "bowl", "tbsp"):
        one, two = weighed(food, count=count, unit=unit), weighed(food, count=2 * count, unit=unit)
        if count >= 1:
            assert two.grams == pytest.approx(2 * one.grams)
        assert 0 <= one.grams <= two.grams


@pytest.mark.parametrize("food", ["coffee", "latte", "coke", "milk", "banana", "apple", "pizza"])
def test_larger_sizes_weigh_more(food):
    grams = [weighed(food, count=1.0, size=size).grams for size in ("small", "medium", "large")]
    assert grams == sorted(grams)
    assert grams[0] < grams[2]


@given(st.floats(0, 5000))
def test_numbers_for_a_person_say_what_they_count(value):
    plain = number(value)
    for sign, share in {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}.items():
        if plain.endswith(sign):
            assert float(plain.removesuffix(sign) or 0) + share == pytest.approx(value, abs=0.011)
            return
    assert float(plain) == pytest.approx(value, abs=0.01, rel=0.01)


@pytest.mark.parametrize(
    ("grams", "said"), [(0.25, "0.2"), (5, "5"), (9.96, "10"), (12.4, "12"), (1234.5, "1234")]
)
def test_grams_for_a_person(grams, said):
    assert nice(grams) == said


@pytest.mark.parametrize(
    ("unit", "plural"),
    [
        ("slice", "slices"), ("glass", "glasses"), ("loaf", "loaves"), ("box", "boxes"),
        ("sandwich", "sandwiches"), ("large slice", "large slices"), ("oats", "oats"),
    ],
)  # fmt: skip
def test_units_in_the_plural(unit, plural):
    assert (many(unit, 1), many(unit, 0.5), many(unit, 2)) == (unit, unit, plural)
